"""The table of requests (收到和处理政府信息公开申请情况): rows of labels by seven applicants."""

from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Cell
from transform.align import align
from transform.form_rows import Match, match_rows, missing_findings, unknown_findings
from transform.formats import Format
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.recognised import (
    Recognised,
    UnitFactors,
    fact_of,
    first_values,
    overlapping,
    unreadable_facts,
)
from transform.records import Fact
from transform.rows import Row

_TABLE = "申请情况表"
_GROUP_KEY = "法人或其他组织"


class Applicant(NamedTuple):
    """One column of the table: code and label key."""

    code: str
    key: str


def recognise_requests(
    rows: Sequence[Row], form: Format, applicants: Sequence[Applicant], units: UnitFactors
) -> Recognised:
    """Read the rows of a document as this table; rows of other tables match nothing."""
    heads = frozenset(applicant.key for applicant in applicants) | {_GROUP_KEY}
    candidates = [row for row in rows if _is_data_row(row, heads, len(applicants))]
    found = match_rows(candidates, form.requests)
    result = Recognised()
    if not found.matched:
        return result
    result.score = found.fit()
    header = _Header(rows, found.matched[0].row, applicants)
    for match in found.matched:
        result.take(match.form, _facts(match, header, applicants, units))
    for copy in found.copies:
        # What cannot be read as seven figures is a look-alike of another table.
        if header.cells(copy.row, copy.start):
            result.compare(copy.form, _facts(copy, header, applicants, units))
    result.findings += missing_findings(_TABLE, found.missing)
    result.findings += unknown_findings(_TABLE, found.unknown)
    return result


def _is_data_row(row: Row, heads: frozenset[str], width: int) -> bool:
    """A row with a label and a value, or with as many blank cells behind it as the table has."""
    keys = [label_key(cell.text) for cell in row.labels if cell.text]
    if not keys or (sum(key in heads for key in keys) > 1 and not row.blanks_lost):
        return False
    values = row.values
    return any(cell.text for cell in values) or len(values) == width


class _Header:
    """Which column is which applicant, from the cells above the first row of figures."""

    def __init__(self, rows: Sequence[Row], first: Row, applicants: Sequence[Applicant]) -> None:
        self._width = len(applicants)
        cells = _header_cells(rows, first)
        self._columns = _grid_columns(cells, applicants) if first.has_grid else {}
        self._order = _printed_order(cells, applicants)

    def cells(self, row: Row, start: int) -> dict[str, Cell] | None:
        """Give the cell of each applicant, or None where that cannot be told."""
        by_column = self._by_column(row, start) if row.has_grid and self._columns else None
        if by_column:
            return by_column
        values = first_values(row, start, self._width)
        return None if values is None else dict(zip(self._order, values, strict=True))

    def _by_column(self, row: Row, start: int) -> dict[str, Cell] | None:
        found: dict[str, Cell] = {}
        for code, (column, width) in self._columns.items():
            cells = overlapping(row.cells[start:], column, width)
            if len(cells) != 1 or cells[0] in found.values():
                return None
            found[code] = cells[0]
        return found


def _header_cells(rows: Sequence[Row], first: Row) -> list[Cell]:
    """The printed cells above the first row of figures in its table, and labels run into it."""
    above: list[Cell] = []
    for row in rows:
        if row is first:
            break
        if row.table_index == first.table_index:
            above.extend(cell for cell in row.cells if cell.text)
    return above + [cell for cell in first.labels[:-1] if cell.text and first.blanks_lost]


def _grid_columns(
    cells: Sequence[Cell], applicants: Sequence[Applicant]
) -> dict[str, tuple[int, int]]:
    """Map each applicant to its grid columns (first, how many); empty unless all are found.

    A label may be torn over rows, and a group's label stands above the first of its columns: so
    every run of cells one below the other is tried.
    """
    stacks: dict[int, list[Cell]] = {}
    for cell in cells:
        stacks.setdefault(cell.column, []).append(cell)
    places = sorted(stacks)
    scores = [[_stack_likeness(stacks[place], a.key) for a in applicants] for place in places]
    found = align(scores, LEAST_SIMILARITY)
    columns = {
        applicants[j].code: (places[i], stacks[places[i]][-1].column_span)
        for i, j in enumerate(found)
        if j is not None
    }
    return columns if len(columns) == len(applicants) else {}


def _stack_likeness(stack: Sequence[Cell], key: str) -> float:
    joined = (
        "".join(cell.text for cell in stack[first:last])
        for first in range(len(stack))
        for last in range(first + 1, len(stack) + 1)
    )
    return max(similarity(label_key(text), key) for text in joined)


def _printed_order(cells: Sequence[Cell], applicants: Sequence[Applicant]) -> list[str]:
    """The applicants' codes as printed, where every organisation is named; else as official.

    Ragged headers print 自然人 and 总计 a row above the organisations, so only these have an order.
    """
    official = [applicant.code for applicant in applicants]
    inner = {applicant.key: applicant.code for applicant in applicants[1:-1]}
    printed = [inner[key] for cell in cells if (key := label_key(cell.text)) in inner]
    if sorted(printed) != sorted(inner.values()):
        return official
    return [official[0], *printed, official[-1]]


def _facts(
    match: Match, header: _Header, applicants: Sequence[Applicant], units: UnitFactors
) -> list[Fact]:
    indicator = match.form.columns[0][1]
    cells = header.cells(match.row, match.start)
    if cells is None:
        figures = [(indicator, applicant.code) for applicant in applicants]
        return unreadable_facts(figures, match.row, match.row.cells[match.start :])
    return [
        fact_of(indicator, applicant.code, cells[applicant.code], match.row, units)
        for applicant in applicants
    ]
