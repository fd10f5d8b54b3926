"""Tables whose markup has been seen before: only the texts of their cells are read.

A program prints its tables in a few shapes: between the texts stands the same markup on every page.
Unless it is long, what a cell says decides nothing about where it stands. So the places of a
shape's cells are found out once, by the walk itself, which is then saved for most of the tables.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extract.document import Cell, Table
from extract.html.boxes import Box, table_box
from extract.html.pieces import lines_in
from extract.html.tables import PROSE_CELL

# A text stands behind the opening tags in a cell and before the first closing one.
_TEXT = re.compile(r"(<(?!/|t(?!d|h[ >])|col)[^>]*+>)([^<]*+(?:<br>[^<]*+)*+)(?=</)")
# How many shapes are kept, marks of those seen once, and cells for each place of a shape: most
# say what others said before.
_MOST_SHAPES = 64
_MOST_MARKS = 4_096
_MOST_CELLS = 8

_Place = tuple[int, int, int, int]


class _Cells(dict[str, Cell]):
    """The cells that stood in one place of a shape, by their text in markup."""

    def __init__(self, place: _Place) -> None:
        self._place = place

    def __missing__(self, text: str) -> Cell:
        cell = Cell("\n".join(lines_in(text)), *self._place)
        if len(self) < _MOST_CELLS:
            self[text] = cell
        return cell


class _Shape(NamedTuple):
    """What a page calls a table, its cells in order, and of how many texts each of them is made."""

    name: str
    cells: tuple[_Cells, ...]
    counts: tuple[int, ...]

    def filled(self, texts: Sequence[str]) -> Box:
        """Give the table with these texts in it."""
        if len(texts) > len(self.cells):
            following = iter(texts)
            texts = ["<br>".join([next(following) for _ in range(n)]) for n in self.counts]
        cells = [cells[text] for cells, text in zip(self.cells, texts, strict=True)]
        box = table_box(Table(tuple(cells), has_grid=True))
        box.name = self.name
        return box


class _Walked(NamedTuple):
    """What the walk gives for a table: its name, and texts and places of its cells."""

    name: str
    texts: list[str]
    places: list[_Place]


class Shapes:
    """The shapes seen lately; `read` walks over the markup of a whole table."""

    def __init__(self, read: Callable[[str], Box]) -> None:
        self._read = read
        self._marks: set[int] = set()
        self._known: dict[str, _Shape | None] = {}

    def table_in(self, markup: str) -> Box | None:
        """Give a table of a shape that is known; None where it must be walked over."""
        parts = _TEXT.split(markup)
        texts = parts[2::3]
        del parts[2::3]
        shape = self._shape("".join(parts))
        if shape is None or max(map(len, texts)) > PROSE_CELL:
            return None
        box = shape.filled(texts)
        # No text at all makes no table.
        return box if box.chars else None

    def _shape(self, markup: str) -> _Shape | None:
        """Look up a shape by its markup without texts; it is found out when it comes again."""
        if markup in self._known:
            return self._known[markup]
        mark = hash(markup)
        if mark not in self._marks:
            if len(self._marks) >= _MOST_MARKS:
                self._marks.clear()
            self._marks.add(mark)
            return None
        if len(self._known) >= _MOST_SHAPES:
            self._known.clear()
        found = self._known[markup] = self._found_out(markup)
        return found

    def _found_out(self, markup: str) -> _Shape | None:
        """Find out where texts stand; None unless they are all that the cells of a table say.

        A row without height is left out if it is blank: then places depend on texts, and are not
        the same where only the first of them is left, or only the last.
        """
        parts = _TEXT.split(markup)
        texts = [f"文{number}" for number in range(len(parts) // 3)]
        full, *others = [
            self._with_texts(parts, each)
            for each in (texts, texts[:1], [""] * (len(texts) - 1) + texts[-1:])
        ]
        if full is None or [line for text in full.texts for line in text.split("\n")] != texts:
            return None
        if any(other is None or other.places != full.places for other in others):
            return None
        counts = tuple([text.count("\n") + 1 for text in full.texts])
        return _Shape(full.name, tuple(map(_Cells, full.places)), counts)

    def _with_texts(self, parts: Sequence[str], texts: Sequence[str]) -> _Walked | None:
        parts = list(parts)
        parts[2::3] = [*texts, *[""] * (len(parts) // 3 - len(texts))]
        box = self._read("".join(parts))
        if box.table is None:
            return None
        cells = box.table.cells
        return _Walked(box.name, [cell.text for cell in cells], [cell[1:] for cell in cells])
