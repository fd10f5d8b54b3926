"""Rows torn in two inside their label, by the end of a page or by a blank line: whole again.

Where a page ends inside a row, one piece has all figures and the other has the rest of the label
alone. Read apart, the one fits no row and the other is a row of blanks.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from transform.labels import label_key
from transform.rows import Row


def with_whole_rows(rows: Sequence[Row], known: frozenset[str]) -> list[Row]:
    """Join neighbours whose labels make an official one together; `known` are those labels.

    One of them must be without a figure, and neither label an official one of its own.
    """
    if not any(_may_be_torn(upper, lower) for upper, lower in pairwise(rows)):
        return list(rows)
    whole: list[Row] = []
    for row in rows:
        joined = _joined(whole[-1], row, known) if whole else None
        if joined is None:
            whole.append(row)
        else:
            whole[-1] = joined
    return whole


def _may_be_torn(upper: Row, lower: Row) -> bool:
    is_one_table = upper.table_index == lower.table_index
    return is_one_table and upper.has_figures != lower.has_figures and not lower.blanks_lost


def _joined(upper: Row, lower: Row, known: frozenset[str]) -> Row | None:
    if not _may_be_torn(upper, lower):
        return None
    front, rest = _last_label(upper), _last_label(lower)
    if front is None or rest is None:
        return None
    above, below = upper.cells[front].text, lower.cells[rest].text
    if label_key(above + below) not in known or {label_key(above), label_key(below)} & known:
        return None
    whole, at = (upper, front) if upper.has_figures else (lower, rest)
    cell = whole.cells[at]._replace(text=f"{above}\n{below}")
    return replace(whole, cells=(*whole.cells[:at], cell, *whole.cells[at + 1 :]))


def _last_label(row: Row) -> int | None:
    """Give where the label nearest to the figures stands."""
    filled = [at for at, text in enumerate(row.label_texts) if text]
    return filled[-1] if filled else None
