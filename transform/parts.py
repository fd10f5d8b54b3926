"""One document, several reports: only the first is read, and it is said that there are others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.document import Block, Paragraph, Table
from transform.labels import label_key, similarity
from transform.records import Finding
from transform.title import differ, is_title

# A heading of another report must be beyond doubt.
_LEAST_LIKENESS = 0.85
_LONGEST_LINE = 60
# Behind this section a report does not begin anew.
_FAR = 3
_MOST_LINES_OF_HEAD = 12
_LAST_SECTIONS = (6, 5)
# A day is no year of a table: signatures have one.
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*年(?!\s*\d{1,2}\s*月)")
_ONLY_YEAR = re.compile(r"20[0-4]\d\s*年度?(?:情况|数据|统计表?)?[:：]?")
_LAST_YEAR = re.compile(r"(?:上一?年度?|去年|往年).{0,20}(?:情况|数据|统计|报告|表)")


class Parts(NamedTuple):
    """The blocks of the first report, and what is said of further ones."""

    blocks: Sequence[Block]
    findings: tuple[Finding, ...] = ()


class _Head(NamedTuple):
    at: int
    number: int


def first_report(
    blocks: Sequence[Block], headings: Mapping[int, str], page_titles: Sequence[str] = ()
) -> Parts:
    """Leave out what follows behind the first report of a document that holds several.

    Another one begins where the first section stands again behind the third, under another title
    or with another text: a table of contents and a page printed twice are one report.
    """
    heads = list(_heads(blocks, headings)) if _may_begin_again(blocks, headings) else []
    again = _begins_again(blocks, heads)
    if again is None:
        return _of_own_year(blocks, headings, page_titles)
    first = heads[0].at
    own = [text for text in _lines(blocks[:first]) if is_title(text)]
    last = max(head.at for head in heads if head.at < again)
    start = max(last + 1, again - _MOST_LINES_OF_HEAD)
    titles = [at for at in range(start, again) if _is_titled(blocks[at])]
    if titles:
        title = _text(blocks[titles[0]])
        if own and not all(differ(title, each) for each in own):
            return Parts(blocks)
    elif _section(blocks, heads, first) == _section(blocks, heads, again):
        return Parts(blocks)
    cut = titles[0] if titles else again
    message = (
        f"文件里不止一份报告，从“{_text(blocks[cut])[:40]}”起是另一份，没有读取；请分成几个文件。"
    )
    return Parts(blocks[:cut], (Finding("several_reports", message, evidence=_text(blocks[cut])),))


def _of_own_year(
    blocks: Sequence[Block], headings: Mapping[int, str], page_titles: Sequence[str]
) -> Parts:
    """Leave out tables of another year, printed to compare with.

    They are known by the line above them, which names the year: behind the last section any such
    line, before it a year alone where the table of the own year stands under one too. Where the
    title names no year nothing is left out.
    """
    end = _end_of_sections(blocks, headings)
    beside = [
        at for at, block in enumerate(blocks[:-1]) if _is_year_of_table(block, blocks[at + 1])
    ]
    if end is None and len(beside) < 2:
        return Parts(blocks)
    lines = [text for text in _lines(blocks[:end]) if len(text) <= _LONGEST_LINE]
    titles = [text for text in lines if is_title(text)] or list(filter(is_title, page_titles))
    own = {year for title in titles for year in _YEAR.findall(title)}
    years = {at: set(_YEAR.findall(_text(blocks[at]))) for at in beside}
    left_out: dict[int, str] = {}
    if own and any(own & named for named in years.values()):
        left_out = {at + 1: _text(blocks[at]) for at, named in years.items() if not own & named}
    if own and end is not None:
        left_out.update(_behind(blocks, end, own))
    kept = [block for at, block in enumerate(blocks) if at not in left_out]
    return Parts(kept, _other_years(list(left_out.values()))) if left_out else Parts(blocks)


def _is_year_of_table(line: Block, table: Block) -> bool:
    return isinstance(table, Table) and _ONLY_YEAR.fullmatch(_text(line)) is not None


def _behind(blocks: Sequence[Block], end: int, own: set[str]) -> Iterator[tuple[int, str]]:
    """Give the tables of other years behind the last section, and the lines that say so."""
    other = ""
    for at, block in enumerate(blocks[end:], start=end):
        text = _text(block)
        if len(text) > _LONGEST_LINE:
            continue
        if years := set(_YEAR.findall(text)):
            other = "" if years & own else text
        elif _LAST_YEAR.search(text):
            other = text
        if other and isinstance(block, Table):
            yield at, other


def _end_of_sections(blocks: Sequence[Block], headings: Mapping[int, str]) -> int | None:
    """Give the last section's heading if a table stands behind it, as in few documents."""
    last = max((at for at, block in enumerate(blocks) if isinstance(block, Table)), default=0)
    for key in (label_key(headings[number]) for number in _LAST_SECTIONS):
        for at in range(last - 1, -1, -1):
            if _likeness(blocks[at], key) >= _LEAST_LIKENESS:
                return at
    return None


def _other_years(left_out: Sequence[str]) -> tuple[Finding, ...]:
    line = left_out[0]
    message = f"另有其他年度的表，没有读取：“{line[:40]}”以下{len(left_out)}张。"
    return (Finding("several_reports", message, evidence=line),)


def _may_begin_again(blocks: Sequence[Block], headings: Mapping[int, str]) -> bool:
    """Tell quickly whether the first section can stand twice: in most documents it does not."""
    key = label_key(headings[1])
    return sum(_likeness(block, key) >= _LEAST_LIKENESS for block in blocks) > 1


def _heads(blocks: Sequence[Block], headings: Mapping[int, str]) -> Iterator[_Head]:
    keys = {number: label_key(heading) for number, heading in headings.items()}
    for at, block in enumerate(blocks):
        likeness, number = max((_likeness(block, key), number) for number, key in keys.items())
        if likeness >= _LEAST_LIKENESS:
            yield _Head(at, number)


def _likeness(block: Block, key: str) -> float:
    """Tell how much a line is like a heading; what a line break left of one is none."""
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINE:
        return 0.0
    own = label_key(block.text)
    return similarity(own, key) if len(own) >= len(key) - 1 else 0.0


def _begins_again(blocks: Sequence[Block], heads: Sequence[_Head]) -> int | None:
    """Give where the first section stands again behind a report that has some content.

    A table of contents has nothing between its headings.
    """
    far = next((index for index, head in enumerate(heads) if head.number >= _FAR), len(heads))
    last = max((head.at for head in heads if head.number > 1), default=0)
    first = heads[0].at if heads else len(blocks)
    content = next((at for at in range(first, len(blocks)) if _is_content(blocks[at])), last)
    for before, head in pairwise(heads[far:]):
        if head.number == 1 and content < before.at and head.at < last:
            return head.at
    return None


def _is_content(block: Block) -> bool:
    return isinstance(block, Table) or "。" in _text(block)


def _section(blocks: Sequence[Block], heads: Sequence[_Head], start: int) -> list[str]:
    end = next((head.at for head in heads if head.at > start), len(blocks))
    return list(_lines(blocks[start + 1 : end]))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    yield from (block.text for block in blocks if isinstance(block, Paragraph))


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _is_titled(block: Block) -> bool:
    return len(_text(block)) <= _LONGEST_LINE and is_title(_text(block))
