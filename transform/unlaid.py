"""Whole reports in one piece, as layouts and conversions leave them: back to prose and tables.

A table that holds the headings of the report is no table of figures: its rows of one text are the
report's paragraphs, and what stands between them its tables. A paragraph that holds the headings
lost its line breaks: at them it is cut, and at every blank, for cells stood there too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.document import Block, Cell, Paragraph, Table
from transform.labels import label_key

_NUMBERED = re.compile(r"\s*[一二三四五六][、.．]")
_NUMERALS = "一二三四五六"
# In sections of tables a text alone in its row is a paragraph if it is a sentence.
_TABLE_SECTIONS = frozenset([2, 3, 4])
# Prose may name a heading or two; a report that became one line is longer than this.
_LEAST_HEADINGS = 3
_LEAST_LINE = 200


def without_layout(blocks: Sequence[Block], headings: Mapping[int, str]) -> list[Block]:
    """Give the blocks with all that holds several headings taken apart; others as they are."""
    numbers = {label_key(heading): number for number, heading in headings.items()}
    parted: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            is_long = len(block.text) >= _LEAST_LINE
            parted += _cut(block, headings) if is_long else [block]
        elif any(_number(cell.text, numbers) for cell in block.cells):
            parted += _parted(block, numbers)
        else:
            parted.append(block)
    return parted


def _cut(line: Paragraph, headings: Mapping[int, str]) -> list[Block]:
    starts = [line.text.find(f"{_NUMERALS[n - 1]}、{heading}") for n, heading in headings.items()]
    found = [(at, headings[n]) for n, at in zip(headings, starts, strict=True) if at >= 0]
    if len(found) < _LEAST_HEADINGS or found != sorted(found):
        return [line]
    texts = line.text[: found[0][0]].split()
    ends = [at for at, _ in found[1:]] + [len(line.text)]
    for (at, heading), end in zip(found, ends, strict=True):
        behind = at + len(heading) + 2
        texts += [line.text[at:behind], *line.text[behind:end].split()]
    return [replace(line, text=text) for text in texts]


def _number(text: str, numbers: Mapping[str, int]) -> int | None:
    """Give the number of the section a text is the heading of, from end to end."""
    return numbers.get(label_key(text)) if _NUMBERED.match(text) else None


def _parted(table: Table, numbers: Mapping[str, int]) -> Iterator[Block]:
    section = None
    kept: list[Cell] = []
    for row in table.rows():
        texts = [cell.text for cell in row if cell.text]
        number = _number(texts[0], numbers) if len(texts) == 1 else None
        section = number or section
        if number or (len(texts) == 1 and _is_prose(texts[0], section)):
            yield from _table(table, kept)
            kept = []
            yield from (Paragraph(line.strip()) for line in texts[0].split("\n") if line.strip())
        else:
            kept += row
    yield from _table(table, kept)


def _is_prose(text: str, section: int | None) -> bool:
    return section not in _TABLE_SECTIONS or "。" in text


def _table(table: Table, cells: list[Cell]) -> Iterator[Table]:
    if any(cell.text for cell in cells):
        yield replace(table, cells=tuple(cells))
