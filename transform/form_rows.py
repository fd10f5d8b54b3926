"""Which printed row is which row of the form: shared by the tables that have row labels."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transform.align import align
from transform.formats import FormRow
from transform.labels import LEAST_SIMILARITY, label_key, numbering, similarity
from transform.records import Finding
from transform.rows import Row
from transform.values import is_void

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
    """Rows in form order; further rows that say they are one of these; rows that fit nothing.

    `cut` of the missing rows would stand behind the last one: those tell of a page that ends there,
    not of another form.
    """

    matched: list[Match]
    copies: list[Match]
    unknown: list[Row]
    missing: list[FormRow]
    cut: int

    def fit(self) -> float:
        """How well the rows fit the form: likeness, less what is missing or does not belong."""
        odd = len(self.missing) - self.cut + len(self.unknown)
        return sum(match.score for match in self.matched) - _ODD_ROW_MALUS * odd


class _Option(NamedTuple):
    key: str
    number: str
    start: int


class _Printed(NamedTuple):
    """All of a row that decides where it belongs."""

    labels: tuple[str, ...]
    has_figures: bool
    blanks_lost: bool


class _Placed(NamedTuple):
    """A place of a printed row in the form: both by their number."""

    row: int
    line: int
    start: int
    score: float


class _Plan(NamedTuple):
    """The places of rows, in form order, of copies as printed, and rows without one."""

    matched: tuple[_Placed, ...]
    copies: tuple[_Placed, ...]
    unknown: tuple[int, ...]
    missing: tuple[int, ...]


_Scores = tuple[tuple[float, int], ...]


def match_rows(rows: Sequence[Row], form: Sequence[FormRow]) -> Matches:
    """Align printed rows with a form by their labels, in order; certain ones also out of order."""
    printed = tuple([_Printed(row.label_texts, row.has_figures, row.blanks_lost) for row in rows])
    plan = _plan(printed, tuple([line.label for line in form]))
    return Matches(
        [Match(rows[p.row], form[p.line], p.start, p.score) for p in plan.matched],
        [Match(rows[p.row], form[p.line], p.start, p.score) for p in plan.copies],
        [rows[index] for index in plan.unknown],
        [form[index] for index in plan.missing],
        sum(index > plan.matched[-1].line for index in plan.missing) if plan.matched else 0,
    )


# Most reports print the labels of the form, in one of a few layouts: what they come to is
# remembered by what is printed, which spares nine tenths of reading a table.
@lru_cache(maxsize=512)
def _plan(printed: tuple[_Printed, ...], form: tuple[str, ...]) -> _Plan:
    whole = frozenset(map(label_key, form))
    options = [_options(row.labels, whole if row.blanks_lost else None) for row in printed]
    best = [
        _likeness(known, row.has_figures, form) for row, known in zip(printed, options, strict=True)
    ]
    found = align([[score for score, _ in scores] for scores in best], LEAST_SIMILARITY)
    copies = _place_strays(found, best)
    starts = _fill_gaps(found, options, best, form)
    taken = {line: row for row, line in enumerate(found) if line is not None}
    matched = []
    for line in sorted(taken):
        score, start = best[taken[line]][line]
        matched.append(_Placed(taken[line], line, starts.get(taken[line], start), score))
    copied = {copy.row for copy in copies}
    first, last = min(taken.values(), default=0), max(taken.values(), default=0)
    return _Plan(
        tuple(matched),
        tuple(copies),
        tuple(i for i in range(first + 1, last) if found[i] is None and i not in copied),
        tuple(line for line in range(len(form)) if line not in taken),
    )


def _place_strays(found: list[int | None], best: Sequence[_Scores]) -> list[_Placed]:
    """Place rows that stand out of order; give those whose place another row already has."""
    copies = []
    for row, scores in enumerate(best):
        if found[row] is not None:
            continue
        (score, start), line = max((pair, line) for line, pair in enumerate(scores))
        if score < _CERTAIN:
            continue
        if line in found:
            copies.append(_Placed(row, line, start, score))
        else:
            found[row] = line
    return copies


@lru_cache(maxsize=8192)
def _options(labels: tuple[str, ...], whole: frozenset[str] | None) -> tuple[_Option, ...]:
    """The labels a row may go by: key, printed number, and the index of the cell behind it.

    Where blanks are lost only the last label has figures: those before it may be heads, or rows
    that are blank. There `whole` are the form's labels: none of them is the front of another.
    """
    printed = [(index, text) for index, text in enumerate(labels) if text]
    options = []
    most = 1 if whole is not None else _MOST_JOINED
    for last in range(len(printed) - 1, max(len(printed) - 1 - most, -1), -1):
        start = printed[last][0] + 1
        for first in range(last, max(last - _MOST_JOINED, -1), -1):
            if whole and first < last and label_key(printed[first][1]) in whole:
                break
            text = "".join(text for _, text in printed[first : last + 1])
            options.append(_Option(label_key(text), numbering(text), start))
    return tuple(options)


@lru_cache(maxsize=8192)
def _likeness(options: tuple[_Option, ...], has_figures: bool, form: tuple[str, ...]) -> _Scores:
    """Give for each row of the form the likeness of the best option, and where its values begin."""
    scores = []
    for official in map(label_key, form):
        best = max(((similarity(o.key, official), o.start) for o in options), default=(0.0, 0))
        is_likely = has_figures or best[0] >= _LEAST_FOR_BLANK
        scores.append(best if is_likely else (0.0, best[1]))
    return tuple(scores)


def _fill_gaps(
    found: list[int | None],
    options: Sequence[Sequence[_Option]],
    best: Sequence[_Scores],
    form: Sequence[str],
) -> dict[int, int]:
    """Match damaged rows between two sure ones, where as many rows stand as the form has there.

    Gives the first value cell of each.
    """
    starts: dict[int, int] = {}
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
                starts[row] = start
    return starts


def _start_in_gap(
    options: Sequence[_Option], best: _Scores, line: int, official: str
) -> int | None:
    """Give the first value cell of a damaged row if nothing speaks against this form row."""
    number = numbering(official)
    same = [option for option in options if option.number and option.number == number]
    if same:
        return same[0].start
    is_other = any(option.number and number for option in options)
    is_liker_elsewhere = max(best)[0] > best[line][0]
    if is_other or is_liker_elsewhere or best[line][0] < _LEAST_IN_GAP:
        return None
    return best[line][1]


def merged_downwards(matched: Sequence[Match]) -> frozenset[tuple[int, int, int]]:
    """Give the places (table, row, column) of figures that are merged with a row of the form below.

    Such a figure is that of neither row. Where the row below is none of the form's, only a label
    of two lines stands beside it.
    """
    tall = [
        (match.row, cell)
        for match in matched
        for cell in match.row.cells[match.start :]
        if cell.row_span > 1 and not is_void(cell.text)
    ]
    if not tall:
        return frozenset()
    rows = {(match.row.table_index, match.row.row_index) for match in matched}
    return frozenset(
        (row.table_index, row.row_index, cell.column)
        for row, cell in tall
        for below in range(1, cell.row_span)
        if (row.table_index, row.row_index + below) in rows
    )


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
