"""One printed row of a table: the labels that lead it and the values behind them."""

from dataclasses import dataclass, field

from extract.document import Cell


@dataclass(slots=True, eq=False)
class Row:
    """One printed row. `cells` are all of it; `labels` those that lead, `values` the rest.

    `has_grid`: cell columns are true grid columns. `blanks_lost`: the values are only the
    non-blank ones. `has_figures`: something is printed in one of the values. Blank labels (merged
    from above) and blank values are among the others.
    """

    table_index: int
    row_index: int
    cells: tuple[Cell, ...]
    label_count: int
    has_grid: bool = False
    blanks_lost: bool = False
    labels: tuple[Cell, ...] = field(init=False, repr=False)
    values: tuple[Cell, ...] = field(init=False, repr=False)
    label_texts: tuple[str, ...] = field(init=False, repr=False)
    has_figures: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Part the cells once: every table asks for them, in every format."""
        self.labels = self.cells[: self.label_count]
        self.values = self.cells[self.label_count :]
        self.label_texts = tuple([cell.text for cell in self.labels])
        self.has_figures = any(cell.text for cell in self.values)
