"""Workbooks (xlsx, xls, xlsb, ods) to blocks: headings and prose between tables, sheet by sheet.

A sheet does not say where a table ends: blank rows part tables, and so does a row in which one
cell speaks alone, across the table or as a heading. Hidden sheets are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.document import Block, Cell, Content, Paragraph, Table
from extract.exceptions import UnreadableFileError
from extract.sheet.book import Position, Sheet, read_book
from extract.sheet.forms import refuse_several

# The longest official label has 40 characters; what is longer and stands alone is prose.
_PROSE = 60
_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*、")
# A merged cell belongs to the form up to this size; beyond it somebody merged whole columns.
_MOST_COLUMNS = 100
_MOST_ROWS = 500
_MOST_CELLS = 200_000
# Of a table's width, the least that a line of text merged across it covers.
_ACROSS = 0.5


class _Row(NamedTuple):
    """A row's cells; `line` is the one that speaks alone in it, where one does."""

    cells: list[Cell]
    line: Cell | None


def read_sheet(data: bytes) -> Content:
    """Give the paragraphs and tables of every visible sheet, in order.

    Raises `UnreadableFileError` for a workbook that is damaged, locked, larger than any report or
    empty, or that holds several reports.
    """
    sheets = read_book(data)
    refuse_several(sheets)
    blocks = [block for sheet in sheets for block in sheet_blocks(sheet)]
    if not blocks:
        raise UnreadableFileError(
            "EmptyFile", "No visible sheet of this workbook holds anything.", "Fetch it again."
        )
    return Content(tuple(blocks))


def sheet_blocks(sheet: Sheet) -> Iterator[Block]:
    """Give the paragraphs and tables of one sheet, in order."""
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    merged: dict[int, dict[int, Position]] = defaultdict(dict)
    for (row, column), text in sheet.cells.items():
        texts[row][column] = text
    for (row, column), last in sheet.merged:
        if 0 <= last[0] - row < _MOST_ROWS and 0 <= last[1] - column < _MOST_COLUMNS:
            merged[row][column] = last
    filled = set(texts)
    for row, column in sheet.cells:
        filled.update(range(row, merged.get(row, {}).get(column, (row, 0))[0] + 1))
    for run in _runs(sorted(filled)):
        yield from _run_blocks(_placed(run, texts, merged))


def _runs(rows: Sequence[int]) -> Iterator[range]:
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at] != rows[at - 1] + 1:
            yield range(rows[start], rows[at - 1] + 1)
            start = at


def _placed(
    run: range, texts: dict[int, dict[int, str]], merged: dict[int, dict[int, Position]]
) -> list[_Row]:
    """Give the rows of a run with every cell, blank ones too, from its first column to its last."""
    ranges = [(row, a, *last) for row in run for a, last in merged.get(row, {}).items()]
    columns = [column for row in run for column in texts.get(row, {})]
    left, right = min(columns), max([*columns, *(last for _, _, _, last in ranges)])
    covering = sum((c - row + 1) * (d - a + 1) for row, a, c, d in ranges)
    if len(run) * (right - left + 1) + covering > _MOST_CELLS:
        raise UnreadableFileError(
            "TooLarge",
            "A sheet of this workbook is larger than any report.",
            "Delete what stands far from the report's tables and save it anew.",
        )
    covered = {
        (under, column)
        for row, a, c, d in ranges
        for under in range(row, c + 1)
        for column in range(a, d + 1)
        if (under, column) != (row, a)
    }
    reached = {under for row, _, c, _ in ranges for under in range(row + 1, c + 1)}
    rows = []
    for row in run:
        cells = [
            _cell(row, column, texts.get(row, {}).get(column, ""), merged.get(row, {}).get(column))
            for column in range(left, right + 1)
            if (row, column) not in covered
        ]
        rows.append(_Row(cells, None if row in reached else _line(cells, right - left + 1)))
    return rows


def _cell(row: int, column: int, text: str, last: Position | None) -> Cell:
    lines = (line.strip() for line in text.splitlines())
    text = "\n".join(line for line in lines if line)
    if last is None:
        return Cell(text, row, column)
    return Cell(text, row, column, last[0] - row + 1, last[1] - column + 1)


def _line(cells: Sequence[Cell], width: int) -> Cell | None:
    """Give the one cell that speaks alone in a row, as a line of text does."""
    filled = [cell for cell in cells if cell.text]
    if len(filled) != 1 or any(cell.row_span > 1 for cell in cells):
        return None
    # Blank merged cells beside it are values that were left blank.
    if any(cell.column_span > 1 for cell in cells if not cell.text):
        return None
    span = filled[0].column_span
    return filled[0] if span in {1, width} or span >= _ACROSS * width else None


def _run_blocks(rows: Sequence[_Row]) -> Iterator[Block]:
    """Part the rows of a run: lines of text by themselves, what is between them as tables."""
    rows_of_table = [at for at, row in enumerate(rows) if row.line is None]
    first, last = (rows_of_table[0], rows_of_table[-1]) if rows_of_table else (len(rows), -1)
    kept: list[list[Cell]] = []
    for at, row in enumerate(rows):
        is_outside = at < first or (at > last and _is_set_apart(row, rows[0].cells[0].column))
        if row.line is not None and (is_outside or _is_text(row.line)):
            yield from _table(kept)
            kept = []
            yield from map(Paragraph, row.line.text.split("\n"))
        else:
            kept.append(row.cells)
    yield from _table(kept)


def _is_set_apart(row: _Row, left: int) -> bool:
    """Below a table: a line merged across or set off from the labels, not a label left blank."""
    return row.line is not None and (row.line.column_span > 1 or row.line.column > left)


def _is_text(line: Cell) -> bool:
    return len(line.text) > _PROSE or _HEADING.match(line.text) is not None


def _table(rows: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    """Give rows as a table, moved to its own first row and column."""
    filled = [cell for row in rows for cell in row if cell.text]
    if len(filled) < 2:
        yield from (Paragraph(line) for cell in filled for line in cell.text.split("\n"))
        return
    top, left = rows[0][0].row, min(cell.column for cell in filled)
    spans = [cell for row in rows for cell in row if cell.text or cell.column_span > 1]
    right = max(cell.column + cell.column_span for cell in spans)
    yield Table(
        tuple(
            cell._replace(row=cell.row - top, column=cell.column - left)
            for row in rows
            for cell in row
            if left <= cell.column < right
        ),
        has_grid=True,
    )
