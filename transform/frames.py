"""Reports to tidy long pandas frames, one a warehouse table; built once a chunk, never a report."""

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from transform.records import Fact, Finding, NarrativeFact, Repair, Report, Section

REPORT_COLUMNS = (
    "report_id", "source_path", "source_sha256", "source_bytes", "reader", "encoding",
    "encoding_method", "script", "is_scarred", "title", "org_name", "org_level", "township_code",
    "township_name", "county_name", "city_name", "province_name", "identity_status", "report_year",
    "period_start", "period_end", "published_on", "format", "status",
)  # fmt: skip


def to_frames(reports: Sequence[Report]) -> dict[str, pd.DataFrame]:
    """Give a frame for each table, `report_id` first; missing values are None.

    Decimal values stand as text, the form that keeps every digit on the way into DuckDB.
    """
    return {
        "reports": pd.DataFrame(map(_report_row, reports), columns=list(REPORT_COLUMNS)),
        "facts": _frame(reports, "facts", Fact._fields, _fact_row),
        "sections": _frame(reports, "sections", Section._fields),
        "narrative_facts": _frame(
            reports, "narrative_facts", NarrativeFact._fields, _narrative_row
        ),
        "findings": _frame(reports, "findings", Finding._fields),
        "repairs": _frame(reports, "repairs", Repair._fields),
    }


def _report_row(report: Report) -> tuple[object, ...]:
    source, who, when = report.source, report.identity, report.period
    return (
        source.report_id, source.source_path, source.source_sha256, source.source_bytes,
        report.reader, report.encoding, report.encoding_method, report.script, report.is_scarred,
        report.title, who.org_name, who.org_level, who.township_code, who.township_name,
        who.county_name, who.city_name, who.province_name, who.identity_status, when.report_year,
        when.period_start, when.period_end, when.published_on, report.format, report.status,
    )  # fmt: skip


def _fact_row(fact: Fact) -> tuple[object, ...]:
    value = None if fact.value is None else str(fact.value)
    return (fact.indicator, fact.applicant, value, *fact[3:])


def _narrative_row(fact: NarrativeFact) -> tuple[object, ...]:
    return (fact.section_no, fact.metric, fact.qualifier, str(fact.value), *fact[4:])


def _frame(
    reports: Sequence[Report],
    attribute: str,
    fields: Iterable[str],
    convert: Callable[..., tuple[object, ...]] = tuple,
) -> pd.DataFrame:
    rows = [
        (report.source.report_id, *convert(record))
        for report in reports
        for record in getattr(report, attribute)
    ]
    return pd.DataFrame(rows, columns=["report_id", *fields])
