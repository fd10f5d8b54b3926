"""Tables cut in pieces: by the end of a page, by a site that keeps headers apart.

A piece goes on with the table above where nothing of the report stands between them and it begins
with figures, or with the header once more.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from transform.labels import label_key
from transform.rows import Row

# What stands between the pieces of a table on two pages.
_PAGE_LINE = re.compile(r"[-—–\s]*(?:第?\s*\d{1,3}\s*页?(?:[,，/\s共]*\d{1,3}\s*页?)?)[-—–\s]*")
_LONGEST_PAGE_LINE = 60
_DASHES = "-—–"
_CONTINUED = frozenset(["续表", "续上表", "接上页", "续"])
# This much of a header stands in its repetition.
_LEAST_REPEATED = 0.8


def continued(
    above: Sequence[Row], between: Sequence[str], piece: Sequence[Row], known: frozenset[str]
) -> list[Row] | None:
    """Give the rows of a piece as further rows of the table `above`, or None if it is no piece.

    `between` are the lines that stand between them; `known` the official label keys. Where a row
    line broke inside its first label, the front of it stands there and comes back into its cell.
    """
    lines = [text for text in between if not _is_page_line(text)]
    rows = list(piece)
    if rows and len(lines) == 1:
        whole = _with_front(rows[0], lines[0], known)
        if whole is None:
            return None
        rows[0] = whole
    elif lines:
        return None
    if not rows or not _goes_on(above, rows):
        return None
    offset = above[-1].row_index + 1
    keeps_grid = _width(above) == _width(rows)
    return [
        replace(
            row,
            table_index=above[0].table_index,
            row_index=row.row_index + offset,
            has_grid=row.has_grid and keeps_grid,
        )
        for row in rows
    ]


def is_page_mark(text: str) -> bool:
    """Tell whether a line is the number of a page beyond doubt: between dashes, or with 页."""
    is_marked = "页" in text or (text[:1] in _DASHES and text[-1:] in _DASHES and len(text) > 1)
    return is_marked and any(map(str.isdecimal, text)) and _is_page_line(text)


def _is_page_line(text: str) -> bool:
    is_short = len(text) <= _LONGEST_PAGE_LINE
    return is_short and (_PAGE_LINE.fullmatch(text) is not None or label_key(text) in _CONTINUED)


def _with_front(row: Row, front: str, known: frozenset[str]) -> Row | None:
    """Put the front of a broken label back, if that makes an official label."""
    at = next((index for index, cell in enumerate(row.cells) if cell.text), None)
    if at is None or label_key(front + row.cells[at].text) not in known:
        return None
    cell = row.cells[at]._replace(text=f"{front}\n{row.cells[at].text}")
    return replace(row, cells=(*row.cells[:at], cell, *row.cells[at + 1 :]))


def _goes_on(above: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Tell whether rows begin with figures, or with the header of the table above."""
    first = next((row for row in rows if row.has_figures or any(row.label_texts)), None)
    if first is None:
        return False
    if first.has_figures:
        return True
    printed = _keys(first)
    header = {key for row in _header(above) for key in _keys(row)}
    return bool(printed) and len(printed & header) >= _LEAST_REPEATED * len(printed)


def _header(rows: Sequence[Row]) -> list[Row]:
    figures = (at for at, row in enumerate(rows) if row.has_figures)
    return list(rows[: next(figures, len(rows))])


def _keys(row: Row) -> set[str]:
    return {key for cell in row.cells if (key := label_key(cell.text))}


def _width(rows: Sequence[Row]) -> int:
    return max((cell.column + cell.column_span for row in rows for cell in row.cells), default=0)
