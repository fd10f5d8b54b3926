"""The block model: what every reader gives and all that recognition ever sees.

A format is one small reader module; as long as it gives these records nothing behind it changes.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """One printed cell of a table; a merged cell stands once, at its top left corner.

    `column` is a true grid column where `Table.has_grid` is set and the ordinal of the cell
    in its row otherwise (plain text loses merged columns).
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of prose. `line` is where it began in the decoded text (0-based)."""

    text: str
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order (by row, then column); blank cells are cells."""

    cells: tuple[Cell, ...]
    has_grid: bool = field(default=False, compare=False)
    line: int | None = field(default=None, compare=False)

    def rows(self) -> list[list[Cell]]:
        """Give the cells of each row, in order; a row that holds no cell of its own is empty."""
        height = max((cell.row for cell in self.cells), default=-1) + 1
        rows: list[list[Cell]] = [[] for _ in range(height)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


Block = Paragraph | Table


class Content(NamedTuple):
    """What a reader gives: blocks in reading order, and what the file says of itself.

    `metadata` holds (name in lower case, value) pairs: title and meta tags of a page, properties
    of an Office file.
    """

    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file as blocks in reading order, with how its bytes were read.

    `encoding_method` is one of `bom`, `declared`, `utf-8`, `statistics`, `fallback`;
    `encoding_confidence` runs from 0 to 1; `replaced_bytes` counts bytes that fit no character
    and stand as U+FFFD. All of these are unset where the format itself fixes the characters
    (Word, PDF, Excel). `metadata` is that of `Content`.
    """

    blocks: tuple[Block, ...]
    reader: str
    encoding: str | None = None
    encoding_method: str | None = None
    encoding_confidence: float | None = None
    replaced_bytes: int = 0
    metadata: tuple[tuple[str, str], ...] = ()
