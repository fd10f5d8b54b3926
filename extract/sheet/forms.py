"""Workbooks that hold the same form several times, as county offices collect it: a sheet a unit.

Which sheet is the report nobody can tell from one document, and rows of two reports under the same
labels would be neither's.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from extract.exceptions import UnreadableFileError
from extract.sheet.book import Sheet

# Official labels; shorter ones (`其他`, `总计`) stand in several tables.
_LABEL = re.compile(r"[^\n]*[\u4e00-\u9fff]{4}.*", re.DOTALL)
_FIGURE = re.compile(r"\s*[-−]?[0-9][0-9,]*(?:\.[0-9]+)?\s*")
# Rows that two sheets have in common; the request table alone has 28.
_LEAST_SHARED = 10
_MOST_NAMED = 4

_Form = dict[str, tuple[str, ...]]


def refuse_several(sheets: Sequence[Sheet]) -> None:
    """Raise `UnreadableFileError` where sheets hold the same rows with other figures."""
    forms = [(sheet.name, _form(sheet)) for sheet in sheets]
    several = [
        name
        for at, (name, form) in enumerate(forms)
        if any(_differ(form, other) for _, other in forms[:at] + forms[at + 1 :])
    ]
    if several:
        names = "、".join(several[:_MOST_NAMED]) + ("…" if len(several) > _MOST_NAMED else "")
        raise UnreadableFileError(
            "SeveralReports",
            f"{len(several)} sheets of this workbook fill in the same form differently: {names}.",
            "Save each sheet that is a report as a workbook of its own.",
        )


def _form(sheet: Sheet) -> _Form:
    """The figures of each row, by its last label; rows whose label stands twice are left out."""
    rows: dict[int, list[str]] = defaultdict(list)
    for (row, _), text in sorted(sheet.cells.items()):
        rows[row].append(text)
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for texts in rows.values():
        labels = [text for text in texts if _LABEL.fullmatch(text)]
        figures = tuple(text.strip() for text in texts if _FIGURE.fullmatch(text))
        if labels and figures:
            found["".join(labels[-1].split())].append(figures)
    return {label: figures[0] for label, figures in found.items() if len(figures) == 1}


def _differ(one: _Form, other: _Form) -> bool:
    shared = one.keys() & other.keys()
    return len(shared) >= _LEAST_SHARED and any(one[label] != other[label] for label in shared)
