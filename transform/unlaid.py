"""Whole reports in one piece, as layouts and conversions leave them: back to prose and tables.

A table that holds the title or the headings of the report is no table of figures: its rows of one
text are the report's paragraphs, and what stands between them its tables. A paragraph that holds
the headings lost its line breaks: at them it is cut, and at every blank, for cells stood there too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.document import Block, Cell, Paragraph, Table
from transform.labels import label_key
from transform.title import is_title

_NUMBERED = re.compile(r"\s*第?[一二三四五六](?:[、.．]|部分)")
_NUMERALS = "一二三四五六"
# What the headings of tables end in, which are telling without their numbers.
_TABLE_ENDING = "政府信息情况", "申请情况", "诉讼情况"
_MAY_BE_PROSE = re.compile("。|报告|年报|总体情况|政府信息情况|申请情况|诉讼情况|改进情况")
# In sections of tables a text alone in its row is a paragraph only if it is a sentence.
_TABLE_SECTIONS = frozenset([2, 3, 4])
# Prose may name a heading or two; a report that became one line is longer than this.
_LEAST_HEADINGS = 3
_LEAST_LINE = 200
_LONGEST_MARK = 2


def without_layout(blocks: Sequence[Block], headings: Mapping[int, str]) -> list[Block]:
    """Give the blocks with all that holds several headings taken apart; others as they are."""
    numbers = {label_key(heading): number for number, heading in headings.items()}
    parted: list[Block] = []
    for block in blocks:
        for piece in _parted(block, numbers) if isinstance(block, Table) else [block]:
            if isinstance(piece, Paragraph) and len(piece.text) >= _LEAST_LINE:
                parted += _cut(piece, headings)
            else:
                parted.append(piece)
    return parted


def _cut(line: Paragraph, headings: Mapping[int, str]) -> list[Block]:
    """Cut a line at its headings, the official ones or else its numerals, and at blanks."""
    official = [f"{_NUMERALS[n - 1]}、{heading}" for n, heading in headings.items()]
    found = _in_order(line.text, official) or _in_order(line.text, [f"{n}、" for n in _NUMERALS])
    if not found:
        return [line]
    texts = line.text[: found[0][0]].split()
    ends = [at for at, _ in found[1:]] + [len(line.text)]
    for (at, mark), end in zip(found, ends, strict=True):
        first, *others = line.text[at + len(mark) : end].split() or [""]
        is_whole = len(mark) > _LONGEST_MARK
        texts += [mark, *([first] * bool(first)), *others] if is_whole else [mark + first, *others]
    return [replace(line, text=text) for text in texts]


def _in_order(text: str, marks: Sequence[str]) -> list[tuple[int, str]]:
    """Give where marks stand, each behind the one before; nothing where most are missing."""
    found: list[tuple[int, str]] = []
    for mark in marks:
        at = text.find(mark, found[-1][0] + 1 if found else 0)
        if at >= 0:
            found.append((at, mark))
    return found if len(found) >= _LEAST_HEADINGS else []


def _parted(table: Table, numbers: Mapping[str, int]) -> Iterator[Block]:
    """Take a layout apart; in a table of figures a sentence is a note, and stays there."""
    printed = "\n".join([cell.text for cell in table.cells])
    if not _MAY_BE_PROSE.search(printed):
        yield table
        return
    rows = [(row, [cell.text for cell in row if cell.text]) for row in table.rows()]
    opens = any(len(texts) == 1 and _opens(texts[0], numbers) for _, texts in rows)
    if not opens and any(len(texts) > 1 for _, texts in rows):
        yield table
        return
    section = None
    kept: list[Cell] = []
    for row, texts in rows:
        number = _number(texts[0], numbers) if len(texts) == 1 else None
        section = number or section
        if number or (len(texts) == 1 and _is_prose(texts[0], section)):
            yield from _table(table, kept)
            kept = []
            yield from (Paragraph(line.strip()) for line in texts[0].split("\n") if line.strip())
        else:
            kept += row
    yield from _table(table, kept)


def _opens(text: str, numbers: Mapping[str, int]) -> bool:
    return _number(text, numbers) is not None or is_title(text)


def _number(text: str, numbers: Mapping[str, int]) -> int | None:
    """Give the number of the section a text is the heading of, from end to end."""
    is_heading = _NUMBERED.match(text) or text.endswith(_TABLE_ENDING)
    return numbers.get(label_key(text)) if is_heading else None


def _is_prose(text: str, section: int | None) -> bool:
    is_sentence = "。" in text and text[0] not in "(（"
    return is_sentence or section not in _TABLE_SECTIONS


def _table(table: Table, cells: list[Cell]) -> Iterator[Table]:
    if any(cell.text for cell in cells):
        yield replace(table, cells=tuple(cells))
