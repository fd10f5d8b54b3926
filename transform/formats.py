"""The official formats of the three tables, as data: rows, columns and order of their labels.

Built from `data/reference/indicators.csv` and `applicants.csv`, whose order is that of the forms
(国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号). A further format is a further label column.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transform.labels import label_key


class Indicator(NamedTuple):
    """One official figure: code, table, stored unit, and whether it may fall below zero."""

    code: str
    table: str
    unit: str
    may_be_negative: bool


class FormRow(NamedTuple):
    """One row of a form: its labels from outside in, and the figures of its columns in order.

    `columns` holds (column label key, indicator); the table of requests has one figure a row,
    printed once for each applicant, and there the column key is empty.
    """

    label: str
    key: str
    group_key: str
    columns: tuple[tuple[str, Indicator], ...]


@dataclass(frozen=True, slots=True)
class Format:
    """One edition of the three tables.

    `disputes` holds the columns of the third table in order: (group key, leaf key, indicator).
    """

    name: str
    disclosure: tuple[FormRow, ...]
    requests: tuple[FormRow, ...]
    disputes: tuple[tuple[str, str, Indicator], ...]

    def indicators(self) -> Iterator[Indicator]:
        """Give all figures of the form."""
        for line in (*self.disclosure, *self.requests):
            yield from (indicator for _, indicator in line.columns)
        yield from (indicator for _, _, indicator in self.disputes)


def build_formats(indicators: Sequence[Mapping[str, str]]) -> tuple[Format, ...]:
    """Build every format that `indicators.csv` has a `label_…` column for.

    `indicators` are its rows by column name, in file order.
    """
    names = [c.removeprefix("label_") for c in indicators[0] if c.startswith("label_")]
    return tuple(_build(name, indicators) for name in names)


def _build(name: str, rows: Sequence[Mapping[str, str]]) -> Format:
    disclosure: dict[tuple[str, ...], list[tuple[str, Indicator]]] = {}
    requests: list[FormRow] = []
    disputes: list[tuple[str, str, Indicator]] = []
    for row in rows:
        path = row[f"label_{name}"].split("/") if row[f"label_{name}"] else []
        path = _rejoin_slashes(path)
        if not path:
            continue
        indicator = Indicator(
            row["indicator"], row["table"], row["unit"], "may be negative" in row["note"]
        )
        if row["table"] == "disclosure":
            disclosure.setdefault(tuple(path[:-1]), []).append((label_key(path[-1]), indicator))
        elif row["table"] == "requests":
            requests.append(_form_row(path, (("", indicator),)))
        else:
            disputes.append((label_key(path[-2]), label_key(path[-1]), indicator))
    return Format(
        name,
        tuple(_form_row(path, tuple(columns)) for path, columns in disclosure.items()),
        tuple(requests),
        tuple(disputes),
    )


def _rejoin_slashes(path: list[str]) -> list[str]:
    """`本年增/减` holds the separator of the label path: its tail belongs to it."""
    if path and path[-1] == "减":
        return [*path[:-2], f"{path[-2]}/{path[-1]}"]
    return path


def _form_row(path: Sequence[str], columns: tuple[tuple[str, Indicator], ...]) -> FormRow:
    group = label_key(path[-2]) if len(path) > 1 else ""
    return FormRow(path[-1], label_key(path[-1]), group, columns)
