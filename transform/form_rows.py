"""Which printed row is which row of the form: shared by the tables that have row labels."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transform.align import align
from transform.formats import FormRow
from transform.labels import LEAST_SIMILARITY, label_key, numbering, similarity
from transform.records import Finding
from transform.rows import Row

# A label torn over cells or lines is whole again when at most this many of them are joined.
_MOST_JOINED = 3
# Out of order, or a second time, only a label that leaves no doubt counts.
_CERTAIN = 0.9
# A row with blank cells only could be any heading: its label must be nearly whole.
_LEAST_FOR_BLANK = 0.85
# In a gap of as many rows as the form has there, a label needs its number or this much likeness.
_LEAST_IN_GAP = 0.3
# What a row too many or too few takes from the fit of a format.
_ODD_ROW_MALUS = 0.5


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
    missing: list[FormRow]

    def fit(self) -> float:
        """How well the rows fit the form: likeness, less what is missing or does not belong."""
        odd = len(self.missing) + len(self.unknown)
        return sum(match.score for match in self.matched) - _ODD_ROW_MALUS * odd


class _Option(NamedTuple):
    key: str
    number: str
    start: int


def match_rows(rows: Sequence[Row], form: Sequence[FormRow]) -> Matches:
    """Align printed rows with a form by their labels, in order; certain ones also out of order."""
    options = [_options(row) for row in rows]
    best = [
        [_best(row, known, line) for line in form] for row, known in zip(rows, options, strict=True)
    ]
    found = align([[score for score, _ in scores] for scores in best], LEAST_SIMILARITY)
    copies = _place_strays(found, rows, best, form)
    _fill_gaps(found, options, best, form)
    taken = {j: i for i, j in enumerate(found) if j is not None}
    matched = [
        Match(rows[taken[j]], form[j], best[taken[j]][j][1], best[taken[j]][j][0])
        for j in sorted(taken)
    ]
    copied = {id(copy.row) for copy in copies}
    first, last = min(taken.values(), default=0), max(taken.values(), default=0)
    unknown = [
        row
        for i, row in enumerate(rows)
        if first < i < last and found[i] is None and id(row) not in copied
    ]
    missing = [line for j, line in enumerate(form) if j not in taken]
    return Matches(matched, copies, unknown, missing)


def _place_strays(
    found: list[int | None],
    rows: Sequence[Row],
    best: list[list[tuple[float, int]]],
    form: Sequence[FormRow],
) -> list[Match]:
    """Place rows that stand out of order; give those whose place another row already has."""
    copies = []
    for i, row in enumerate(rows):
        if found[i] is not None:
            continue
        (score, start), j = max((best[i][j], j) for j in range(len(form)))
        if score < _CERTAIN:
            continue
        if j in found:
            copies.append(Match(row, form[j], start, score))
        else:
            found[i] = j
    return copies


def _options(row: Row) -> list[_Option]:
    """The labels a row may go by: key, printed number, and the index of the cell behind it."""
    printed = [(index, cell.text) for index, cell in enumerate(row.labels) if cell.text]
    options = []
    for last in range(len(printed) - 1, max(len(printed) - 1 - _MOST_JOINED, -1), -1):
        start = printed[last][0] + 1
        for first in range(last, max(last - _MOST_JOINED, -1), -1):
            text = "".join(text for _, text in printed[first : last + 1])
            options.append(_Option(label_key(text), numbering(text), start))
    return options


def _best(row: Row, options: Sequence[_Option], line: FormRow) -> tuple[float, int]:
    best = max(((similarity(o.key, line.key), o.start) for o in options), default=(0.0, 0))
    is_blank = not any(cell.text for cell in row.values)
    return (0.0, best[1]) if is_blank and best[0] < _LEAST_FOR_BLANK else best


def _fill_gaps(
    found: list[int | None],
    options: Sequence[Sequence[_Option]],
    best: list[list[tuple[float, int]]],
    form: Sequence[FormRow],
) -> None:
    """Match damaged rows between two sure ones, where as many rows stand as the form has there."""
    sure = [(i, j) for i, j in enumerate(found) if j is not None]
    for (i, j), (next_i, next_j) in zip(
        [(-1, -1), *sure], [*sure, (len(found), len(form))], strict=True
    ):
        if next_i - i != next_j - j:
            continue
        for step in range(1, next_i - i):
            row, line = i + step, j + step
            start = _start_in_gap(options[row], best[row], line, form[line])
            if start is not None:
                found[row] = line
                best[row][line] = (best[row][line][0], start)


def _start_in_gap(
    options: Sequence[_Option], best: Sequence[tuple[float, int]], line: int, form: FormRow
) -> int | None:
    """Give the first value cell of a damaged row if nothing speaks against this form row."""
    number = numbering(form.label)
    same = [option for option in options if option.number and option.number == number]
    if same:
        return same[0].start
    is_other = any(option.number and number for option in options)
    is_liker_elsewhere = max(best)[0] > best[line][0]
    if is_other or is_liker_elsewhere or best[line][0] < _LEAST_IN_GAP:
        return None
    return best[line][1]


def missing_findings(table: str, missing: Sequence[FormRow]) -> list[Finding]:
    """One finding for each row of the form that the printed table does not have."""
    return [
        Finding(
            "row_missing",
            f"{table}缺少“{line.label}”一行。",
            indicator=line.columns[0][1].code,
        )
        for line in missing
    ]


def unknown_findings(table: str, unknown: Sequence[Row]) -> list[Finding]:
    """One finding for each row inside the printed table that is none of the form's."""
    findings = []
    for row in unknown:
        text = re.sub(r"\s+", " ", " ".join(cell.text for cell in row.cells if cell.text))
        findings.append(
            Finding("row_unrecognised", f"{table}中有一行无法识别：{text[:60]}", evidence=text)
        )
    return findings
