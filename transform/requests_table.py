"""The table of requests (收到和处理政府信息公开申请情况): rows of labels by seven applicants."""

from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Cell
from transform.align import align
from transform.form_rows import Match, match_rows
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
from transform.records import Fact, Finding
from transform.rows import Row

# Header cells that span several applicants name a group, not a column.
_GROUP_KEYS = frozenset({"申请人情况", "法人或其他组织"})
_LEAST_HEADERS = 5


class Applicant(NamedTuple):
    """One column of the table: code and label key."""

    code: str
    key: str


def recognise_requests(
    rows: Sequence[Row], form: Format, applicants: Sequence[Applicant], units: UnitFactors
) -> Recognised:
    """Read the rows of a document as this table; rows of other tables match nothing."""
    heads = _GROUP_KEYS | {applicant.key for applicant in applicants}
    candidates = [row for row in rows if _is_data_row(row, heads, len(applicants))]
    found = match_rows(candidates, form.requests)
    result = Recognised(score=sum(match.score for match in found.matched))
    if not found.matched:
        return result
    header = _Header(rows, found.matched[0].row, applicants)
    facts: dict[str, list[Fact]] = {}
    for match in found.matched:
        facts[match.form.key] = _facts(match, header, applicants, units)
    for copy in found.copies:
        # What cannot be read as seven figures is a look-alike of another table.
        if header.cells(copy.row, copy.start):
            _compare(copy, facts, _facts(copy, header, applicants, units), result)
    result.facts = [fact for row_facts in facts.values() for fact in row_facts]
    result.findings += _missing(found.matched, form)
    result.findings += [_unknown(row) for row in found.unknown if _belongs(row, found.matched)]
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
        self._applicants = applicants
        cells = _header_cells(rows, first)
        self._columns = _grid_columns(cells, applicants) if first.has_grid else {}
        self._order = _printed_order(cells, applicants)

    def cells(self, row: Row, start: int) -> dict[str, Cell] | None:
        """Give the cell of each applicant, or None where that cannot be told."""
        by_column = self._by_column(row, start) if row.has_grid and self._columns else None
        if by_column:
            return by_column
        values = first_values(row, start, len(self._applicants))
        if values is None:
            return None
        return dict(zip(self._order, values, strict=True))

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
    """Map each applicant to its grid columns; a label torn over rows is joined by column."""
    texts: dict[tuple[int, int], str] = {}
    for cell in cells:
        if label_key(cell.text) not in _GROUP_KEYS:
            place = (cell.column, cell.column_span)
            texts[place] = texts.get(place, "") + cell.text
    places = sorted(texts)
    scores = [[similarity(label_key(texts[p]), a.key) for a in applicants] for p in places]
    found = align(scores, LEAST_SIMILARITY)
    columns = {applicants[j].code: places[i] for i, j in enumerate(found) if j is not None}
    return columns if len(columns) >= _LEAST_HEADERS else {}


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
        if applicant.code in cells
    ]


def _compare(
    copy: Match, facts: dict[str, list[Fact]], again: list[Fact], result: Recognised
) -> None:
    """A row that stands twice with other figures is nobody's guess."""
    first = facts[copy.form.key]
    if [fact.value for fact in first] == [fact.value for fact in again]:
        return
    facts[copy.form.key] = [fact._replace(value=None, value_status="unreadable") for fact in first]
    result.findings.append(
        Finding(
            "row_ambiguous",
            f"“{copy.form.label}”出现两次且数字不同，未采用任何一行。",
            indicator=copy.form.columns[0][1].code,
            evidence=" ".join(fact.raw_text for fact in again),
        )
    )


def _missing(matched: Sequence[Match], form: Format) -> list[Finding]:
    seen = {match.form.key for match in matched}
    return [
        Finding(
            "row_missing",
            f"申请情况表缺少“{line.label}”一行。",
            indicator=line.columns[0][1].code,
        )
        for line in form.requests
        if line.key not in seen
    ]


def _belongs(row: Row, matched: Sequence[Match]) -> bool:
    """An unknown row between rows of the table is part of it; elsewhere it is another table's."""
    inside = {match.row.table_index for match in matched}
    first, last = matched[0].row, matched[-1].row
    place = (row.table_index, row.row_index)
    is_between = (first.table_index, first.row_index) < place < (last.table_index, last.row_index)
    return row.table_index in inside and is_between


def _unknown(row: Row) -> Finding:
    text = " ".join(cell.text for cell in row.cells if cell.text)
    return Finding("row_unrecognised", f"申请情况表中有一行无法识别：{text[:60]}", evidence=text)
