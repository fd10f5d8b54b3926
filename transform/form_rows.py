"""Which printed row is which row of the form: shared by the tables that have row labels."""

from collections.abc import Sequence
from typing import NamedTuple

from transform.align import align
from transform.formats import FormRow
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.rows import Row

# A label torn over cells or lines is whole again when at most this many of them are joined.
_MOST_JOINED = 3
# Out of order only a label that leaves no doubt counts.
_CERTAIN = 1.0
_LIKELY_COPY = 0.9


class Match(NamedTuple):
    """A printed row, its form row, the index of its first value cell, and how alike they are."""

    row: Row
    form: FormRow
    start: int
    score: float


class Matches(NamedTuple):
    """Rows in form order; further rows that say they are one of these; rows that fit nothing."""

    matched: list[Match]
    copies: list[Match]
    unknown: list[Row]


def match_rows(rows: Sequence[Row], form: Sequence[FormRow]) -> Matches:
    """Align printed rows with a form by their labels, in order; certain ones also out of order."""
    options = [_options(row) for row in rows]
    best = [[_best(row_options, line.key) for line in form] for row_options in options]
    found = align([[score for score, _ in scores] for scores in best], LEAST_SIMILARITY)
    taken = {j: i for i, j in enumerate(found) if j is not None}
    copies: list[Match] = []
    unknown: list[Row] = []
    for i, row in enumerate(rows):
        if found[i] is not None:
            continue
        score, start, j = max((*best[i][j], j) for j in range(len(form)))
        if score >= _CERTAIN and j not in taken:
            taken[j] = i
        elif score >= _LIKELY_COPY:
            copies.append(Match(row, form[j], start, score))
        else:
            unknown.append(row)
    matched = [
        Match(rows[taken[j]], form[j], best[taken[j]][j][1], best[taken[j]][j][0])
        for j in sorted(taken)
    ]
    return Matches(matched, copies, unknown)


def _options(row: Row) -> list[tuple[str, int]]:
    """The label keys a row may go by, each with the index of the cell behind it."""
    printed = [(index, cell.text) for index, cell in enumerate(row.labels) if cell.text]
    options = []
    for last in range(len(printed) - 1, max(len(printed) - 1 - _MOST_JOINED, -1), -1):
        start = printed[last][0] + 1
        for first in range(last, max(last - _MOST_JOINED, -1), -1):
            text = "".join(text for _, text in printed[first : last + 1])
            options.append((label_key(text), start))
    return options


def _best(options: Sequence[tuple[str, int]], key: str) -> tuple[float, int]:
    return max(((similarity(option, key), start) for option, start in options), default=(0.0, 0))
