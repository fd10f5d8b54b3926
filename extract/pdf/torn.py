"""Ruled tables made whole: what page ends have cut in two, and borders drawn a little askew."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.document import Cell, Table

# What a line leaves free where the next character had no place: that, and the cell's own margins,
# in parts of the font size, and in points where the print is small.
_FREE = 2.3
_SMALL_FREE = 11.0
# What may not begin a line takes the character in front of it along to the next.
_NEVER_FIRST = "、，。；：！？）》〉」』】”’,.;:!?)"
# In points.
_SLIVER = 7.0
# What begins with a number is another row; what holds one is no rest of a label.
_FIGURES = re.compile(r"\d|^[-－—–/]+$")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


class Part(NamedTuple):
    """What one page holds of a table: also where its columns begin, and the size of its print."""

    table: Table
    columns: Sequence[float]
    size: float


def joined_parts(upper: Part, lower: Part) -> Part:
    """Put what stands on the next page below what stands on this one."""
    height = len(upper.table.rows())
    torn = _torn(upper, lower, height - 1)
    if torn is None:
        rest = (cell._replace(row=cell.row + height) for cell in lower.table.cells)
        return upper._replace(table=Table((*upper.table.cells, *rest), has_grid=True))
    texts = {one: "\n".join(filter(None, (one.text, two.text))) for one, two in torn}
    cells = (cell._replace(text=texts.get(cell, cell.text)) for cell in upper.table.cells)
    rest = (
        cell._replace(row=cell.row + height - 1)
        if cell.row
        else cell._replace(row=height, row_span=cell.row_span - 1)
        for cell in lower.table.cells
        if cell.row or cell.row_span > 1
    )
    whole = sorted((*cells, *rest), key=lambda cell: cell[1:3])
    return upper._replace(table=Table(tuple(whole), has_grid=True))


def _torn(upper: Part, lower: Part, last: int) -> list[tuple[Cell, Cell]] | None:
    """Give the two pieces of each cell of a torn row; None where no row was torn.

    A row is torn if a label breaks off at the end of a full line and goes on below, and each figure
    stands in one of the two pieces only, or if nothing but figures goes on below figures.
    """
    above = {cell.column: cell for cell in upper.table.cells if cell.row == last}
    first = (cell for cell in lower.table.cells if cell.row == 0 and cell.row_span == 1)
    below = {cell.column: cell for cell in first}
    pairs = [(above[at], below[at]) for at in above if at in below]
    torn = [pair for pair in pairs if pair[0].text and pair[1].text]
    others = [pair for pair in pairs if pair not in torn]
    if not torn or not others:
        return None
    is_torn = all(_breaks_off(one, other, upper) for one, other in torn)
    return pairs if is_torn or _are_figures(torn, others) else None


def _are_figures(torn: Sequence[tuple[Cell, Cell]], others: Sequence[tuple[Cell, Cell]]) -> bool:
    """Tell whether numbers are broken by the page's end: below is no label, nor any other figure.

    What the two halves are together is for nobody to say: one below the other they are no number.
    """
    are_numbers = all(one.text.isdecimal() and other.text.isdecimal() for one, other in torn)
    has_label = any(one.text and _FIGURES.search(one.text[-1]) is None for one, _ in others)
    return are_numbers and has_label and not any(other.text for _, other in others)


def _breaks_off(one: Cell, other: Cell, part: Part) -> bool:
    line = one.text.rpartition("\n")[2]
    used = sum(1.0 if ord(char) > 0x2000 else 0.5 for char in line) * part.size
    end = min(one.column + one.column_span, len(part.columns) - 1)
    width = part.columns[end] - part.columns[one.column]
    taken_along = other.text[1:2] in _NEVER_FIRST and len(other.text) > 1
    free = max(_FREE * part.size, _SMALL_FREE + 1.1 * part.size) + taken_along * part.size
    is_full = width - used < free
    return is_full and not _ORDINAL.match(other.text) and not _FIGURES.search(other.text)


def without_slivers(part: Part) -> Table:
    """Give the table without columns too narrow for a character: borders moved in single rows."""
    places = [0]
    for left, right in pairwise(part.columns):
        places.append(places[-1] + (right - left > _SLIVER))
    cells = []
    for cell in part.table.cells:
        end = places[min(cell.column + cell.column_span, len(places) - 1)]
        span = end - places[cell.column]
        if span:
            cells.append(cell._replace(column=places[cell.column], column_span=span))
        elif cell.text:
            return part.table
    return Table(tuple(cells), has_grid=True)
