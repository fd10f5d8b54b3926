"""Reports to tidy long pandas frames, one a warehouse table; built once a chunk, never a report."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from transform.records import Fact, Finding, NarrativeFact, Repair, Report, Section

Record = TypeVar("Record", Fact, Section, NarrativeFact, Finding, Repair)

REPORT_COLUMNS = (
    "report_id", "source_path", "source_sha256", "source_bytes", "reader", "encoding",
    "encoding_method", "script", "is_scarred", "title", "org_name", "org_level", "township_code",
    "township_name", "county_name", "city_name", "province_name", "identity_status", "report_year",
    "period_start", "period_end", "published_on", "format", "status",
)  # fmt: skip


# The columns of facts that are never missing and no text.
_WHOLE_NUMBERS = frozenset({"table_index", "row_index", "column_index"})


def to_frames(reports: Sequence[Report]) -> dict[str, pd.DataFrame]:
    """Give a frame for each table, `report_id` first; missing values are None.

    Decimal values stand as text, the form that keeps every digit on the way into DuckDB.
    """
    return {
        "reports": pd.DataFrame(map(_report_row, reports), columns=list(REPORT_COLUMNS)),
        "facts": _frame(reports, "facts", Fact),
        "sections": _frame(reports, "sections", Section),
        "narrative_facts": _frame(reports, "narrative_facts", NarrativeFact),
        "findings": _frame(reports, "findings", Finding),
        "repairs": _frame(reports, "repairs", Repair),
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


def _frame(reports: Sequence[Report], attribute: str, record: type[Record]) -> pd.DataFrame:
    """Turn records into columns at once: row by row pandas would look at every value's type."""
    records: list[Sequence[Record]] = [getattr(report, attribute) for report in reports]
    names = record._fields
    columns = zip(*chain.from_iterable(records), strict=True) if any(records) else [()] * len(names)
    ids = np.array([report.source.report_id for report in reports], dtype=object)
    frame = {"report_id": np.repeat(ids, [len(found) for found in records])}
    frame |= {name: _column(name, values) for name, values in zip(names, columns, strict=True)}
    return pd.DataFrame(frame)


def _column(name: str, values: Sequence[object]) -> "np.ndarray[tuple[int], np.dtype[Any]]":
    if name == "value":
        values = [None if value is None else str(value) for value in values]
    return np.array(values, dtype=np.int32 if name in _WHOLE_NUMBERS else object)
