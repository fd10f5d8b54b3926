"""Where the cells of a Word table stand: true columns, with lines that all but meet made one."""

from collections.abc import Sequence
from typing import NamedTuple

from extract.opc import Element
from extract.word.xml import (
    TC,
    TR,
    Properties,
    W,
    children,
    integer,
    is_on,
    number,
    properties_of,
    value,
)

# Word itself has 63 columns at most; tables whose borders were dragged have a few more lines.
_MOST_COLUMNS = 100
# A border dragged by less than 2.5 mm (in twentieths of a point) was meant to be straight.
_NEAR = 142

_CELLS = frozenset({TC})
_ROWS = frozenset({TR})


class Place(NamedTuple):
    """A `w:tc` and the grid lines it stands between."""

    cell: Element
    start: int
    end: int


def places(table: Element) -> list[list[Place]]:
    """Give the cells of each row that is still there, with their columns."""
    rows = [row for row in children(table, _ROWS) if not _is_deleted(row)]
    spans = [_spans(row) for row in rows]
    columns = _column_widths(table)
    counted = (before + sum(span or 1 for _, span in cells) for before, cells in spans)
    width = max([len(columns), *counted])
    found = [_placed(before, cells, width) for before, cells in spans if cells]
    lines = _lines(columns, found)
    return [
        [Place(cell, _line(lines, start), _line(lines, end)) for cell, start, end in row]
        for row in found
    ]


def merges(cell: Element) -> tuple[bool, bool, bool]:
    """Tell of a cell: is it merged downwards, does it continue one above, one to the left."""
    properties = properties_of(cell, "tcPr")
    tracked = properties.get(W + "cellMerge")
    vertical = _merge(properties, "vMerge")
    if tracked is not None:
        vertical = {"cont": "continue", "rest": "restart"}.get(tracked.get(W + "vMerge") or "")
    return vertical is not None, vertical == "continue", _merge(properties, "hMerge") == "continue"


def _merge(properties: Properties, name: str) -> str | None:
    """Give `restart` or `continue`, which is what an element without a value means."""
    if W + name not in properties:
        return None
    return "restart" if value(properties, name) == "restart" else "continue"


def _is_deleted(row: Element) -> bool:
    properties = properties_of(row, "trPr")
    if W + "del" in properties:
        return True
    # A row is hidden only if all that stands in it is.
    return bool(is_on(properties, "hidden")) and all(
        is_on(properties_of(run, "rPr"), "vanish") for run in row.iter(W + "r")
    )


def _spans(row: Element) -> tuple[int, list[tuple[Element, int]]]:
    """Give the columns left free in front, and each cell with its span: 0 where that is absurd."""
    before = number(properties_of(row, "trPr"), "gridBefore") or 0
    cells = []
    for cell in children(row, _CELLS):
        properties = properties_of(cell, "tcPr")
        if W + "cellDel" not in properties:
            said = value(properties, "gridSpan")
            span = 1 if said is None else integer(said) or 0
            cells.append((cell, span if 0 < span <= _MOST_COLUMNS else 0))
    return (before if 0 < before <= _MOST_COLUMNS else 0), cells


def _placed(before: int, cells: Sequence[tuple[Element, int]], width: int) -> list[Place]:
    """Set cells side by side; an absurd span reaches as far as the others leave room."""
    row, at = [], before
    for index, (cell, span) in enumerate(cells):
        rest = sum(later or 1 for _, later in cells[index + 1 :]) if not span else 0
        end = at + (span or max(width - at - rest, 1))
        row.append(Place(cell, at, end))
        at = end
    return row


def _column_widths(table: Element) -> list[int]:
    grid = table.find(W + "tblGrid")
    columns = [] if grid is None else list(grid.iterchildren(W + "gridCol"))
    return [integer(column.get(W + "w")) or 0 for column in columns]


def _lines(widths: Sequence[int], rows: Sequence[Sequence[Place]]) -> list[int]:
    """Number the grid lines anew, lines that are near each other alike.

    A border dragged in one row gives the table a sliver of a column. A column in which some cell
    stands alone is none.
    """
    alone = {place.start for row in rows for place in row if place.end == place.start + 1}
    lines, at, sliver = [0], 0, 0
    for column, width in enumerate(widths):
        sliver += width
        is_sliver = width > 0 and sliver <= _NEAR and column not in alone
        at, sliver = (at, sliver) if is_sliver else (at + 1, 0)
        lines.append(at)
    keeps_all = all(_line(lines, p.start) < _line(lines, p.end) for row in rows for p in row)
    return lines if keeps_all else list(range(len(widths) + 1))


def _line(lines: Sequence[int], line: int) -> int:
    return lines[line] if line < len(lines) else lines[-1] + line - len(lines) + 1
