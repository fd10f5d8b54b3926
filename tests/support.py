"""What several test files need: the real reports, and one call from bytes to report."""

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.corpus.report import KnownReport
from extract import read_document
from flows.reference import load_reference
from transform.records import Report, Source
from transform.report import build_report

REPO = Path(__file__).resolve().parents[1]
REAL_REPORTS = REPO.parent / "shared" / "reports"

needs_real_reports = pytest.mark.skipif(
    not REAL_REPORTS.is_dir(), reason="the real reports lie outside the repository"
)

Key = tuple[str, str | None]
Cell = tuple[Decimal | None, str]


def report_of(data: bytes, name: str = "report.txt") -> Report:
    """Take bytes through extract and transform."""
    source = Source(name, hashlib.sha256(data).hexdigest(), len(data))
    return build_report(read_document(data), source, load_reference())


def cells(report: Report) -> dict[Key, Cell]:
    """Every fact as (value, status), by what it counts; a fact given twice fails."""
    found = {
        (fact.indicator, fact.applicant): (fact.value, fact.value_status) for fact in report.facts
    }
    assert len(found) == len(report.facts)
    return found


def numbers(report: Report) -> dict[Key, Decimal | None]:
    """Only what is printed as a number."""
    return {key: value for key, (value, status) in cells(report).items() if status == "reported"}


def real_reports() -> list[Path]:
    """The published reports, sorted by name; empty where the folder is absent."""
    return sorted(REAL_REPORTS.glob("0*.txt"))


def hangzhou() -> KnownReport:
    """The published figures of 杭州市 for 2025, all sums consistent, to be rendered."""
    with (REAL_REPORTS / "hangzhou_2025_tables.csv").open(encoding="utf-8", newline="") as file:
        values = {
            (row["indicator"], row["applicant"] or None): row["value"]
            for row in csv.DictReader(file)
        }
    return KnownReport(
        township_code="330100000",
        org_name="杭州市",
        issuer="杭州市人民政府办公厅",
        county_name="杭州市",
        city_name="杭州市",
        province_name="浙江省",
        year=2025,
        format="2021",
        sections=tuple(((f"第{number}部分。",)) for number in "一二三四五六"),
        values=values,
    )


def expected_facts() -> dict[str, dict[Key, tuple[Decimal, str]]]:
    """(value, unit) of every figure of the real reports, by file name."""
    expected: dict[str, dict[Key, tuple[Decimal, str]]] = {}
    with (REAL_REPORTS / "expected_facts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["indicator"], row["applicant"] or None)
            expected.setdefault(row["source"], {})[key] = (Decimal(row["value"]), row["unit"])
    return expected
