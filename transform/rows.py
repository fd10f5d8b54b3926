"""Blocks to rows: each printed row of every table as its labels and the values behind them.

Also finds the tables whose cells have become paragraphs: there every run of numbers closes a row,
and blank cells are lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.document import Block, Cell, Paragraph
from transform.labels import label_key
from transform.values import is_value_like

# No official row has more labels in front of its values than a group, a row and a number.
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row. `cells` are all of it; `labels` those that lead, `values` the rest.

    `has_grid`: cell columns are true grid columns. `blanks_lost`: the values are only the
    non-blank ones.
    """

    table_index: int
    row_index: int
    cells: tuple[Cell, ...]
    label_count: int
    has_grid: bool = False
    blanks_lost: bool = False

    @property
    def labels(self) -> tuple[Cell, ...]:
        """Cells before the first value; blank ones (merged from above) included."""
        return self.cells[: self.label_count]

    @property
    def values(self) -> tuple[Cell, ...]:
        """Cells behind the labels, blank ones included."""
        return self.cells[self.label_count :]


def rows_of(blocks: Sequence[Block], known: frozenset[str]) -> list[Row]:
    """Give the rows of all tables in document order; `known` are the official label keys."""
    rows: list[Row] = []
    table_index = 0
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        if lines:
            found = list(_rows_of_lines(lines, table_index, known))
            rows += found
            table_index += bool(found)
            lines = []
        for index, cells in enumerate(block.rows()):
            if cells:
                count = _label_count(cells, known)
                rows.append(Row(table_index, index, tuple(cells), count, block.has_grid))
        table_index += 1
    rows += _rows_of_lines(lines, table_index, known)
    return rows


def _label_count(cells: Sequence[Cell], known: frozenset[str]) -> int:
    """Count the leading cells that are labels.

    They end at the first value, or behind the last cell that carries an official label (a column
    of row numbers may stand in front of it).
    """
    count = 0
    for index, cell in enumerate(cells):
        if cell.text and is_value_like(cell.text):
            break
        if cell.text:
            count = index + 1
    official = [i for i, cell in enumerate(cells) if cell.text and label_key(cell.text) in known]
    return max(count, official[-1] + 1 if official else 0)


def _rows_of_lines(lines: Iterable[str], table_index: int, known: frozenset[str]) -> Iterable[Row]:
    """Group bare cells into rows: the lines up to and with each run of values.

    Only where official labels stand on lines of their own; prose holds none.
    """
    labels: list[str] = []
    values: list[str] = []
    index = 0
    for text in [*lines, ""]:
        is_value = bool(text) and is_value_like(text)
        if is_value:
            values.append(text)
            continue
        if values:
            if any(label_key(label) in known for label in labels):
                yield _line_row(table_index, index, labels, values)
                index += 1
            labels, values = [], []
        # A prose line parts what stands before it from the table behind it.
        labels = [*labels, text] if text and len(text) <= _LONGEST_LABEL else []


def _line_row(table_index: int, index: int, labels: list[str], values: list[str]) -> Row:
    cells = tuple(Cell(text, index, column) for column, text in enumerate([*labels, *values]))
    return Row(table_index, index, cells, len(labels), blanks_lost=True)
