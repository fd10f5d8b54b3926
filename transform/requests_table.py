"""The table of requests (收到和处理政府信息公开申请情况): rows of labels by seven applicants."""

from collections.abc import Sequence

from transform.applicant_columns import GROUP_KEY, Applicant, ApplicantColumns
from transform.form_rows import Match, match_rows, missing_findings, unknown_findings
from transform.formats import Format
from transform.labels import label_key
from transform.recognised import Recognised, UnitFactors, fact_of, unreadable_facts
from transform.records import Fact, Finding
from transform.rows import Row

_TABLE = "申请情况表"


def recognise_requests(
    rows: Sequence[Row], form: Format, applicants: Sequence[Applicant], units: UnitFactors
) -> Recognised:
    """Read the rows of a document as this table; rows of other tables match nothing."""
    heads = frozenset(applicant.key for applicant in applicants) | {GROUP_KEY}
    candidates = [row for row in rows if _is_data_row(row, heads, len(applicants))]
    found = match_rows(candidates, form.requests)
    result = Recognised()
    if not found.matched:
        return result
    result.score = found.fit()
    columns = ApplicantColumns(rows, found.matched, applicants)
    for match in found.matched:
        result.take(match.form, _facts(match, columns, applicants, units))
    for copy in found.copies:
        # What cannot be read as seven figures is a look-alike of another table.
        if columns.cells(copy.row, copy.start):
            result.compare(copy.form, _facts(copy, columns, applicants, units))
    if not columns.is_clear:
        result.findings.append(_header_finding(columns))
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


def _facts(
    match: Match, columns: ApplicantColumns, applicants: Sequence[Applicant], units: UnitFactors
) -> list[Fact]:
    indicator = match.form.columns[0][1]
    cells = columns.cells(match.row, match.start)
    if cells is None:
        figures = [(indicator, applicant.code) for applicant in applicants]
        return unreadable_facts(figures, match.row, match.row.cells[match.start :])
    return [
        fact_of(indicator, applicant.code, cells[applicant.code], match.row, units)
        for applicant in applicants
    ]


def _header_finding(columns: ApplicantColumns) -> Finding:
    return Finding(
        "header_unrecognised",
        f"{_TABLE}的表头无法完整识别，按官方格式的列序读取或标为无法读取。",
        evidence=columns.text or None,
    )
