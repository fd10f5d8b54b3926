"""Text whose cells are parted by commas, semicolons or wide bars: a CSV, or rows typed so.

A CSV is a sheet: all its rows are of one width, what a merged cell covered is blank, and it is read
as sheets are. Where widths differ, merged cells stand once: then the marks between cells become
bars, and it is read as text. Prose has these marks too, so only rows full of figures tell.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from extract.document import Block
from extract.sheet.book import Sheet
from extract.sheet.read import sheet_blocks
from extract.text import read_text
from extract.text_tabs import HEADING, LONGEST_LABEL

_MARKS = ",;｜"
_FIGURE = re.compile(r'[\s"]*[-+－]?[0-9０-９]+(?:[.．][0-9０-９]+)?\s*[件项]?[\s"]*')
# The table of requests has so many rows with so many figures each; prose does not.
_LEAST_ROWS, _LEAST_FIGURES = 5, 4
# Of the rows of a CSV so many are of one width; the others are damaged.
_LEAST_ALIKE = 0.8
# Labels aside a row is no longer than this for each of its figures.
_FIGURE_WIDTH = 8
# What stands for a character that nobody knows.
_UNKNOWN = "\ufffd"
_LEAST_MARKS = _LEAST_ROWS * _LEAST_FIGURES


def read_separated(text: str) -> tuple[Block, ...] | None:
    """Give the blocks of such a text, None where it is none."""
    for mark in _MARKS:
        if text.count(mark) >= _LEAST_MARKS and _has_rows(text, mark):
            return _read(text, mark)
    return None


def _has_rows(text: str, mark: str) -> bool:
    rows = 0
    for line in text.split("\n"):
        count = line.count(mark)
        if count >= _LEAST_FIGURES and len(line) < 2 * LONGEST_LABEL + _FIGURE_WIDTH * count:
            fields = line.split(mark)
            figures = sum(_FIGURE.fullmatch(field) is not None for field in fields)
            blanks = sum(not field.strip('" \t') for field in fields)
            rows += figures >= _LEAST_FIGURES and 2 * (figures + blanks) > len(fields)
    return rows >= _LEAST_ROWS


def _read(text: str, mark: str) -> tuple[Block, ...]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        rows = [line.split(mark) for line in text.split("\n")]
    rows = [[" ".join(field.split()) for field in row] for row in rows]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    (width, count), *_ = widths.most_common(1) or [(0, 0)]
    if count < _LEAST_ALIKE * widths.total():
        return read_text(_with_bars(rows, mark))
    cells = {
        (at, column): field
        for at, row in enumerate(rows)
        for column, field in enumerate(row if len(row) in {1, width} else _without_places(row))
        if field
    }
    return tuple(sheet_blocks(Sheet("", cells, [])))


def _without_places(row: Sequence[str]) -> list[str]:
    """Spoil the figures of a row that lost a field or has one too many, and the place behind."""
    fields = list(row)
    spoilt = [at for at, field in enumerate(fields) if _FIGURE.fullmatch(field)]
    for at in spoilt:
        fields[at] += _UNKNOWN
    behind = spoilt[-1] + 1 if spoilt else len(fields)
    return [*fields[:behind], _UNKNOWN, *fields[behind + 1 :]] if spoilt else fields


def _with_bars(rows: Sequence[Sequence[str]], mark: str) -> str:
    """Put cells between bars: in rows, in what stands close to them, and in one cell among them."""
    counts = [len(row) - 1 if _is_short(row) else -1 for row in rows]
    is_row = [count > 1 for count in counts]
    last = len(rows) - 1
    for at, step in [
        *((at, 1) for at in range(1, last)),
        *((at, -1) for at in range(last - 1, 0, -1)),
    ]:
        is_close = is_row[at - step] and (counts[at] == 1 or counts[at] == 0 < counts[at + step])
        is_row[at] = is_row[at] or is_close
    lines = []
    for fields, is_cells in zip(rows, is_row, strict=True):
        line = "|".join(field.replace("|", "｜") for field in fields)
        lines.append(f"|{line}|" if is_cells else mark.join(fields).rstrip(mark))
    return "\n".join(lines)


def _is_short(row: Sequence[str]) -> bool:
    """Whether each field may be a cell, and there is no heading between two tables."""
    fields = [field for field in row if field]
    is_heading = len(fields) == 1 and HEADING.match(fields[0]) is not None
    is_cell = 0 < max(map(len, fields), default=0) <= LONGEST_LABEL
    return is_cell and not is_heading and not any("。" in field for field in fields)
