"""One printed row of a table: the labels that lead it and the values behind them."""

from dataclasses import dataclass

from extract.document import Cell


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
