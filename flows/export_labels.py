"""What columns and views are called in Chinese: `data/reference/column_labels.csv`."""

import csv
from collections.abc import Mapping
from typing import NamedTuple

from flows.reference import REFERENCE_DIR


class Labels(NamedTuple):
    """Labels by view and column; what has none is called by its own name.

    The column is empty for the title of a view, the view for a column of any view.
    """

    by_name: Mapping[tuple[str, str], str]

    def of_view(self, view: str) -> str:
        """Give the title of a view."""
        return self.by_name.get((view, ""), view)

    def of_column(self, view: str, column: str) -> str:
        """Give the label of a column: the view's own before that of all views."""
        return self.by_name.get((view, column)) or self.by_name.get(("", column), column)


def read_labels() -> Labels:
    """Read the labels; raises OSError where the installation is incomplete."""
    path = REFERENCE_DIR / "column_labels.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return Labels({(row["view"], row["column"]): row["label"] for row in rows})
