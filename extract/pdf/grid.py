"""Ruled tables: rulings to cells with their true places, merged ones included.

Where the lines meet is worked out by pdfplumber's table finder; it is given the rulings as they
are seen, so that lines and characters share one geometry and nothing is read twice.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges

from extract.document import Cell, Table
from extract.pdf.lines import cell_text, is_narrow, lines_of
from extract.pdf.page import NO_CHARACTER, Char, too_complex
from extract.pdf.rulings import Ruling

Box = tuple[float, float, float, float]
_Edge = dict[str, Any]

# How far lines may miss each other, in points: less than half of any line of text.
_TOLERANCE = 3.0
# No table has more lines; a drawing of more is no table.
_MOST_CROSSINGS = 250_000
_MOST_CORNERS = 2_500
# A character that reaches this far (of its width) over a border belongs to no side of it.
_OVER_BORDER = 0.2
# Characters of one number are no further apart, in parts of the font size.
_TOUCHING = 0.2


@dataclass(frozen=True)
class Grid:
    """The cells of one ruled table as boxes (left, top, right, bottom)."""

    boxes: list[Box]

    @cached_property
    def frame(self) -> Box:
        """What the table covers."""
        left, top, right, bottom = zip(*self.boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)

    @cached_property
    def columns(self) -> list[float]:
        """Where columns begin and end."""
        return distinct_places(x for box in self.boxes for x in (box[0], box[2]))

    def holds(self, char: Char) -> bool:
        """Whether a character stands in the table."""
        left, top, right, bottom = self.frame
        return left <= char.middle <= right and top <= char.height <= bottom


def grids_of(rulings: Sequence[Ruling]) -> list[Grid]:
    """Find the tables that rulings make, from top to bottom."""
    edges = merge_edges([_edge(ruling) for ruling in rulings], *[_TOLERANCE] * 4)
    grids = []
    for part in _connected(edges):
        boxes = intersections_to_cells(_crossings(_closed(part)))
        if len(boxes) > 1:
            grids.append(Grid(boxes))
    return sorted(grids, key=lambda grid: grid.frame[1])


def _edge(ruling: Ruling) -> _Edge:
    x0, top, x1, bottom = ruling
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if ruling.is_level else "v",
    }


def _crossings(edges: list[_Edge]) -> dict[tuple[float, float], dict[str, list[_Edge]]]:
    level = sum(edge["orientation"] == "h" for edge in edges)
    if level * (len(edges) - level) > _MOST_CROSSINGS:
        raise too_complex("a page with a drawing of too many lines")
    found = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    if len(found) > _MOST_CORNERS:
        raise too_complex("a page with a drawing of too many lines")
    crossings: dict[tuple[float, float], dict[str, list[_Edge]]] = found
    return crossings


def _connected(edges: list[_Edge]) -> list[list[_Edge]]:
    """Part the edges into those that touch each other."""
    neighbours: dict[int, set[int]] = {}
    by_id = {id(edge): edge for edge in edges}
    for corner in _crossings(edges).values():
        met = {id(edge) for side in ("v", "h") for edge in corner[side]}
        for one in met:
            neighbours.setdefault(one, set()).update(met)
    parts, seen = [], set[int]()
    for start in neighbours:
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            part.append(by_id[one])
            waiting += neighbours[one] - seen
            seen |= neighbours[one]
        parts.append(part)
    return parts


def _closed(edges: list[_Edge]) -> list[_Edge]:
    """Add the outer lines that a table does without, and those that a page end cuts off."""
    level = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    left, right = min(e["x0"] for e in edges), max(e["x1"] for e in edges)
    top, bottom = min(e["top"] for e in edges), max(e["bottom"] for e in edges)
    if len(level) > 1:
        for x in (left, right):
            if all(abs(edge["x0"] - x) > _TOLERANCE for edge in upright):
                edges = [*edges, _edge(Ruling(x, top, x, bottom))]
    if len(upright) > 1:
        for y in (top, bottom):
            if all(abs(edge["top"] - y) > _TOLERANCE for edge in level):
                edges = [*edges, _edge(Ruling(left, y, right, y))]
    return edges


def distinct_places(values: Iterable[float]) -> list[float]:
    """Sort, and keep one of each group of nearly equal ones."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _TOLERANCE:
            kept.append(value)
    return kept


def _index(edges: Sequence[float], value: float) -> int:
    """Which of the edges this is."""
    return max(bisect_right(edges, value + _TOLERANCE) - 1, 0)


def table_of(grid: Grid, chars: Sequence[Char], columns: Sequence[float]) -> Table:
    """Fill a grid with the characters that stand in it; `columns` are where columns begin."""
    xs = columns
    ys = distinct_places(y for box in grid.boxes for y in (box[1], box[3]))
    owner: dict[tuple[int, int], Cell] = {}
    for box in grid.boxes:
        left, right = _index(xs, box[0]), _index(xs, box[2])
        first, last = _index(ys, box[1]), _index(ys, box[3])
        cell = Cell("", first, left, max(last - first, 1), max(right - left, 1))
        for row in range(first, first + cell.row_span):
            for column in range(left, left + cell.column_span):
                owner.setdefault((row, column), cell)
    # A place that no box covers lacks a line somewhere: what stands there must not be lost.
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            owner.setdefault((row, column), Cell("", row, column))
    texts: dict[Cell, list[Char]] = {cell: [] for cell in owner.values()}
    for line in lines_of(chars):
        for run, middle, height in _runs(line, xs, ys, owner):
            texts[owner[_place(xs, ys, middle, height)]] += run
    cells = (
        cell._replace(
            text=cell_text(
                inside, xs[min(cell.column + cell.column_span, len(xs) - 1)] - xs[cell.column]
            )
        )
        for cell, inside in texts.items()
    )
    return Table(tuple(sorted(cells, key=lambda cell: cell[1:3])), has_grid=True)


def _place(xs: Sequence[float], ys: Sequence[float], x: float, y: float) -> tuple[int, int]:
    row, column = bisect_right(ys, y) - 1, bisect_right(xs, x) - 1
    return min(max(row, 0), len(ys) - 2), min(max(column, 0), len(xs) - 2)


def _runs(
    line: Sequence[Char],
    xs: Sequence[float],
    ys: Sequence[float],
    owner: dict[tuple[int, int], Cell],
) -> Iterable[tuple[list[Char], float, float]]:
    """Cut a line of a table at its gaps and at the borders of cells, never through a number.

    A number too wide for its cell reaches over the border: it stays whole, and stands where its
    middle is. Where a border runs between two figures that touch, they may be one number or two:
    they are marked as unknown.
    """
    runs: list[list[Char]] = []
    here: Cell | None = None
    for char in line:
        cell = owner[_place(xs, ys, char.middle, char.height)]
        last = runs[-1][-1] if runs else None
        if last is None or here is None or char.x0 - last.x1 > _TOUCHING * char.size:
            runs.append([char])
        elif cell is here or _is_crossed(last, char, here, cell, xs):
            runs[-1].append(char)
        elif is_narrow(last.text) and is_narrow(char.text):
            runs[-1][-1] = last._replace(text=NO_CHARACTER)
            runs[-1].append(char)
        else:
            runs.append([char])
        here = cell
    for run in runs:
        yield run, (run[0].x0 + run[-1].x1) / 2, run[len(run) // 2].height


def _is_crossed(last: Char, char: Char, here: Cell, cell: Cell, xs: Sequence[float]) -> bool:
    """Whether one of two characters lies across the border between their cells."""
    # Only the two borders between the cells count: other rows have theirs elsewhere.
    borders = (xs[min(here.column + here.column_span, len(xs) - 1)], xs[cell.column])
    return any(_is_through(border, one) for border in borders for one in (last, char))


def _is_through(border: float, char: Char) -> bool:
    least = _OVER_BORDER * (char.x1 - char.x0)
    return not char.text.isspace() and char.x0 + least < border < char.x1 - least


def is_prose(table: Table, longest: int = 400) -> bool:
    """Whether boxes only frame text: no cell of a form holds this much."""
    return any(len(cell.text) > longest for cell in table.cells)


def same_width(one: Grid, other: Grid) -> bool:
    """Whether one table may be the continuation of the other."""
    pairs = zip(one.frame[::2], other.frame[::2], strict=True)
    return all(abs(a - b) <= _TOLERANCE for a, b in pairs)
