"""The records a report becomes, one class a warehouse table, one field a column.

Column meanings, units and codes are those of `docs/warehouse.md`.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Fact(NamedTuple):
    """One cell of an official table."""

    indicator: str
    applicant: str | None
    value: Decimal | None
    value_status: str
    unit: str
    raw_text: str
    table_index: int
    row_index: int
    column_index: int


class Section(NamedTuple):
    """One of the six sections; `body` is its prose, a line a paragraph, without the tables."""

    section_no: int
    heading: str
    body: str


class NarrativeFact(NamedTuple):
    """A figure stated in prose (文字部分的数字); `value` is in `unit`, 万 multiplied out.

    `section_no` is None where a report without tables states it under no heading of the format.
    """

    section_no: int | None
    metric: str
    qualifier: str | None
    value: Decimal
    unit: str | None
    is_approximate: bool
    sentence: str


class Finding(NamedTuple):
    """One broken rule; `severity` comes from the rule."""

    rule: str
    message: str
    indicator: str | None = None
    applicant: str | None = None
    expected: str | None = None
    actual: str | None = None
    evidence: str | None = None


class Repair(NamedTuple):
    """One step of text repair that changed something."""

    step: str
    count: int  # type: ignore[assignment]  # a column name; it hides tuple.count, unused here
    example_before: str
    example_after: str


class Evidence(NamedTuple):
    """What one place of a document says for (or with a weight below 0 against) a division."""

    source: str
    text: str
    division_code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reported: the organisation and, where it can be told, its division."""

    org_name: str | None = None
    org_level: str | None = None
    township_code: str | None = None
    township_name: str | None = None
    county_name: str | None = None
    city_name: str | None = None
    province_name: str | None = None
    identity_status: str = "unmatched"


@dataclass(frozen=True, slots=True)
class Period:
    """For which year, and the days it states (统计期限)."""

    report_year: int | None = None
    period_start: datetime.date | None = None
    period_end: datetime.date | None = None
    published_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from: path relative to the inbox, digest, size, address if fetched."""

    source_path: str
    source_sha256: str
    source_bytes: int
    url: str | None = None

    @property
    def report_id(self) -> str:
        """First 16 hex digits of the file's SHA-256: same bytes, same report."""
        return self.source_sha256[:16]


@dataclass(frozen=True, slots=True)
class Report:
    """All that was read out of one document; `why_no_report` is None where it is a report."""

    source: Source
    reader: str
    encoding: str | None
    encoding_method: str | None
    script: str
    is_scarred: bool
    title: str | None
    identity: Identity
    evidence: tuple[Evidence, ...]
    period: Period
    format: str | None
    status: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    narrative_facts: tuple[NarrativeFact, ...]
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    why_no_report: str | None = None
