"""The table of requests (收到和处理政府信息公开申请情况): rows of labels by seven applicants."""

from collections.abc import Sequence
from functools import partial

from transform.applicant_columns import Applicant, ApplicantColumns, head_keys
from transform.form_rows import (
    Match,
    Matches,
    match_rows,
    merged_downwards,
    missing_findings,
    unknown_findings,
)
from transform.formats import Format
from transform.labels import label_key
from transform.recognised import Reading, Recognised, UnitFactors, fact_of, unreadable_facts
from transform.records import Fact, Finding
from transform.rows import Row

_TABLE = "申请情况表"
# Fewer rows under no header of applicants are a look-alike: a budget has 本年收入 and 上年结转.
_LEAST_ROWS = 3
# A table with so many of the form's rows is all of one.
_WHOLE = 0.7
# Of a table that is printed twice so many rows can be held against each other.
_AGREED = 0.5


def recognise_requests(
    rows: Sequence[Row],
    forms: Sequence[Format],
    applicants: Sequence[Applicant],
    units: UnitFactors,
) -> list[Reading]:
    """Hold the rows of a document against this table in each format; other rows match nothing."""
    heads = head_keys(applicants)
    foreign = frozenset(leaf for _, leaf, _ in forms[-1].disputes) - heads
    candidates = [row for row in rows if _is_data_row(row, heads, foreign, len(applicants))]
    readings = []
    for form in forms:
        found, rivals = _match(candidates, form)
        score = found.fit() if found.matched else 0.0
        readings.append(Reading(score, partial(_read, rows, found, rivals, applicants, units)))
    return readings


def _match(candidates: Sequence[Row], form: Format) -> tuple[Matches, list[Matches]]:
    """Match the rows of all tables as one, or of one alone where several are whole; and of these.

    Else a row with a damaged label in the first of them could be one of the second.
    """
    tables: dict[int, list[Row]] = {}
    for row in candidates:
        tables.setdefault(row.table_index, []).append(row)
    whole = [rows for rows in tables.values() if len(rows) >= _WHOLE * len(form.requests)]
    if len(whole) < 2:
        return match_rows(candidates, form.requests), []
    found = [match_rows(rows, form.requests) for rows in whole]
    best = max(found, key=Matches.fit)
    lines = {match.form.key for match in best.matched}
    rivals = [other for other in found if other is not best]
    again = [match for other in rivals for match in other.matched if match.form.key in lines]
    return best._replace(copies=[*best.copies, *again]), rivals


def _read(
    rows: Sequence[Row],
    found: Matches,
    rivals: Sequence[Matches],
    applicants: Sequence[Applicant],
    units: UnitFactors,
) -> Recognised:
    result = Recognised()
    if not found.matched:
        return result
    columns = ApplicantColumns(rows, found.matched, applicants)
    if len(found.matched) < _LEAST_ROWS and not columns.is_clear:
        return result
    for match in found.matched:
        result.take(match.form, _facts(match, columns, applicants, units))
    result.drop(merged_downwards(found.matched))
    for copy in found.copies:
        # What cannot be read as seven figures is a look-alike of another table.
        if columns.cells(copy.row, copy.start):
            result.compare(copy.form, _facts(copy, columns, applicants, units))
    result.leave_out_rivals(match.form for match in found.matched)
    if rivals and len(result.copied) < _AGREED * len(found.matched):
        # Another whole table, of which hardly a row can be read: it may be the report's own.
        result.leave_out_all(match.form for match in found.matched)
    if not columns.is_clear:
        result.findings.append(_header_finding(columns))
    result.findings += missing_findings(_TABLE, found.missing)
    result.findings += unknown_findings(_TABLE, found.unknown)
    return result


def _is_data_row(row: Row, heads: frozenset[str], foreign: frozenset[str], width: int) -> bool:
    """A row with a label and a value, or with as many blank cells behind it as the table has.

    Where blanks are lost the row of reviews and lawsuits may have as many figures, behind a head
    that ends in 总计; `foreign` are the heads of that table.
    """
    if not (row.has_figures or len(row.values) == width):
        return False
    if row.blanks_lost:
        printed = label_key("".join(row.label_texts))
        return bool(printed) and not any(head in printed for head in foreign)
    # A merged label may be repeated in each column that it covers.
    keys = {label_key(text) for text in row.label_texts if text}
    return bool(keys) and len(keys & heads) <= 1


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
