"""Rows of an HTML table to a grid, or to the layout they are where they hold a page.

Half of all older sites lay their pages out with tables, so a `<table>` is data only if it looks
like data: several short cells side by side, and no article in one of them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from extract.document import Cell, Table
from extract.html.boxes import Box, lines_of, table_box

# No form has more columns; a page that claims them wants memory, not a table.
MOST_COLUMNS = 100
# Layout cells hold whole articles; the longest official label has 40 characters.
PROSE_CELL = 400
# A note inside a data table may be long; an article is longer.
_LONGEST_NOTE = 1_500
# So many short cells a long one make data, and so many cells around a small table in a cell.
_CELLS_A_NOTE = 20
_CELLS_AROUND_TABLE = 6
_NUMBER = re.compile(r"\s*\+?(\d{1,9})")
# What stands in the place of a picture: a figure may be one, and no blank.
PICTURE = "\ufffc"
# Where groups of rows stand: browsers print the head first and the foot last.
_HEAD, _BODY, _FOOT = range(3)


class HtmlCell(NamedTuple):
    """One `<td>` or `<th>` with its spans, of which 0 rows are all that are left in the group.

    `text` is that of the box where it is known before the box is filled.
    """

    box: Box
    row_span: int = 1
    column_span: int = 1
    text: str | None = None


class HtmlRow(NamedTuple):
    """One `<tr>`: `group` is the row group it stands in, `kind` the tag of that."""

    group: int
    kind: str
    cells: list[HtmlCell]
    is_flat: bool = False


class OpenTable:
    """A table whose end is not reached: its name, the table around it and the rows so far."""

    __slots__ = ("around", "group", "kind", "name", "rows")

    def __init__(self, name: str, around: "OpenTable | None" = None) -> None:
        self.name = name
        self.around = around
        self.rows: list[HtmlRow] = []
        self.group = 0
        self.kind = "tbody"

    def begin_group(self, kind: str) -> None:
        """Rows to come stand in another group."""
        self.group += 1
        self.kind = kind

    def begin_row(self, *, is_flat: bool) -> None:
        """Cells to come stand in another row."""
        self.rows.append(HtmlRow(self.group, self.kind, [], is_flat))

    def take_picture(self) -> None:
        """Remember of the last cell, and of the one around, that a picture stands in it."""
        if self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1].box.is_picture = True
        if self.around:
            self.around.take_picture()


def cell_of(box: Box, attributes: Mapping[str, str], text: str | None = None) -> HtmlCell:
    """Give the cell that a box fills; its spans are read as browsers do."""
    height, width = attributes.get("rowspan"), attributes.get("colspan")
    return HtmlCell(
        box, _number(height) if height else 1, max(_number(width), 1) if width else 1, text
    )


def _number(written: str) -> int:
    """Read the leading digits; 1 where there are none."""
    match = _NUMBER.match(written)
    return int(match[1]) if match else 1


def table_or_layout(rows: list[HtmlRow]) -> Box:
    """Give a table as a box: a data table, or its cells in reading order, or stretches of both."""
    rows = _as_printed(rows)
    if _is_data(rows):
        return _data(rows)
    layout = Box("layout")
    stretch: list[HtmlRow] = []
    for row in rows:
        if _is_prose_row(row):
            _take_stretch(layout, stretch)
            _take_stretch(layout, [row])
            stretch = []
        else:
            stretch.append(row)
    _take_stretch(layout, stretch)
    return layout


def _as_printed(rows: list[HtmlRow]) -> list[HtmlRow]:
    """Order the row groups as browsers do, without rows that have no height and no text.

    Word ends its tables with such a row to fix the widths of columns.
    """
    rows = [row for row in rows if not (row.is_flat and _is_blank(row))]
    heads = [row.group for row in rows if row.kind == "thead"][:1]
    feet = [row.group for row in rows if row.kind == "tfoot"][:1]
    if not heads and not feet:
        return rows
    place = {**dict.fromkeys(heads, _HEAD), **dict.fromkeys(feet, _FOOT)}
    return sorted(rows, key=lambda row: place.get(row.group, _BODY))


def _is_blank(row: HtmlRow) -> bool:
    return not any(cell.box.chars for cell in row.cells)


def _is_data(rows: list[HtmlRow]) -> bool:
    filled = [cell.box for row in rows for cell in row.cells if cell.box.chars]
    is_links = 2 * sum(box.linked for box in filled) > sum(box.chars for box in filled)
    if not filled or is_links or all(len(row.cells) < 2 for row in rows):
        return False
    holders = [box for box in filled if box.cells]
    notes = [box for box in filled if box.chars > PROSE_CELL]
    plain = len(filled) - len(holders) - len(notes)
    if holders:
        inner = sum(box.cells for box in holders)
        if plain < max(_CELLS_AROUND_TABLE, 2 * inner) or any(box in notes for box in holders):
            return False
    if not notes:
        return True
    is_article = any(box.chars > _LONGEST_NOTE for box in notes)
    links = sum(box.is_links() for box in filled)
    return not is_article and plain - links >= _CELLS_A_NOTE * len(notes)


def _is_prose_row(row: HtmlRow) -> bool:
    """Tell whether a row holds prose and nothing beside it: it parts the table in two."""
    filled = [cell.box for cell in row.cells if cell.box.chars]
    return len(filled) == 1 and (filled[0].chars > PROSE_CELL or filled[0].cells > 0)


def _take_stretch(layout: Box, rows: list[HtmlRow]) -> None:
    """Add rows between prose: as a table if they are data and no links, else cell by cell."""
    is_grid = any(sum(bool(cell.box.chars) for cell in row.cells) > 1 for row in rows)
    if is_grid and _is_data(rows):
        layout.take_box(_data(rows))
        return
    for row in rows:
        row_box = Box("row")
        for cell in row.cells:
            row_box.take_box(cell.box)
        layout.take_box(row_box)


def _data(rows: list[HtmlRow]) -> Box:
    linked = sum(cell.box.linked for row in rows for cell in row.cells)
    return table_box(Table(tuple(_placed(rows)), has_grid=True), linked)


def _placed(rows: list[HtmlRow]) -> list[Cell]:
    """Put each cell at its grid column, past the columns that cells above still cover."""
    placed: list[Cell] = []
    covered: dict[int, int] = {}  # column -> first row that is free again
    ends = _ends_of_groups(rows)
    edge = 0
    for row_index, row in enumerate(rows):
        column, left = 0, ends[row_index] - row_index
        for box, row_span, column_span, text in row.cells:
            while column in covered and covered[column] > row_index:
                column += 1
            if column >= MOST_COLUMNS:
                break
            height = 1 if row_span == 1 else min(row_span or left, left)
            width = min(column_span, MOST_COLUMNS + 1 - column)
            shown = _text(box) if text is None else text
            placed.append(Cell(shown, row_index, column, height, width))
            if height > 1:
                # A span beyond all columns covers those that are left and no more.
                last = min(column + width, MOST_COLUMNS)
                covered.update(dict.fromkeys(range(column, last), row_index + height))
            column += width
        edge = max(edge, column)
    return placed if edge <= MOST_COLUMNS else _within(placed)


def _ends_of_groups(rows: list[HtmlRow]) -> list[int]:
    """Give for each row the row behind its group: no cell reaches further down."""
    ends = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        is_last = rows[index].group != rows[index + 1].group
        ends[index] = index + 1 if is_last else ends[index + 1]
    return ends


def _within(placed: list[Cell]) -> list[Cell]:
    """Cut spans that reach beyond all columns at the right edge of the other cells."""
    edge = max(
        cell.column + (cell.column_span if cell.column + cell.column_span <= MOST_COLUMNS else 1)
        for cell in placed
    )
    return [cell._replace(column_span=min(cell.column_span, edge - cell.column)) for cell in placed]


def _text(box: Box) -> str:
    text = "\n".join(line for line in lines_of(box) if line)
    return PICTURE if box.is_picture and not text.strip() else text
