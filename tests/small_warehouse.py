"""Small warehouses made by hand: real indicators and rules, four counties, reports as wanted."""

import csv
import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from flows.corrections import Correction
from sql import warehouse
from sql.gathered import COMPARED, GATHERED
from sql.scripts import script

REFERENCE = Path(__file__).parent.parent / "data" / "reference"
COUNTIES = ("110101", "430102", "431321", "431322")  # 东城区, 芙蓉区, 双峰县, 新化县
GONE = object()  # in `cells`: the cell is not in the report at all

LOADED_AT = datetime.datetime(2024, 2, 1, 2, 30, tzinfo=datetime.UTC)

_REPORT_COLUMNS = {
    "source_bytes": 1000,
    "reader": "html",
    "encoding": "utf-8",
    "encoding_method": "utf-8",
    "script": "simplified",
    "is_scarred": False,
    "title": None,
    "org_level": "township",
    "period_start": None,
    "period_end": None,
    "published_on": None,
    "status": "complete",
}


def read_reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INDICATORS = read_reference("indicators")
APPLICANTS = [row["applicant"] for row in read_reference("applicants")]
TOWNSHIPS = {
    row["code"]: row for row in read_reference("divisions/townships") if row["areaCode"] in COUNTIES
}
DIVISION_NAMES = {
    row["code"]: row["name"]
    for name in ("provinces", "cities", "counties", "townships")
    for row in read_reference(f"divisions/{name}")
}


def write_reference(directory: Path, counties: Sequence[str] = COUNTIES) -> Path:
    """Write reference data with the divisions of a few counties only, so that tests are quick."""
    for name in ("indicators", "applicants", "metrics", "rules", "deadlines"):
        (directory / f"{name}.csv").write_bytes((REFERENCE / f"{name}.csv").read_bytes())
    (directory / "divisions").mkdir()
    for name, key, wanted in (
        ("provinces", "code", {code[:2] for code in counties}),
        ("cities", "code", {code[:4] for code in counties}),
        ("counties", "code", set(counties)),
        ("townships", "areaCode", set(counties)),
    ):
        rows = [row for row in read_reference(f"divisions/{name}") if row[key] in wanted]
        pd.DataFrame(rows).to_csv(directory / "divisions" / f"{name}.csv", index=False)
    return directory


class Said(NamedTuple):
    """One figure of the prose."""

    metric: str
    value: str
    qualifier: str | None = None
    unit: str | None = "条"
    is_approximate: bool = False
    sentence: str = "公开68余条。"


@dataclass
class Small:
    """One report: every cell of its format holds 0 unless `cells` says otherwise.

    Keys of `cells` are `indicator` or `indicator/applicant`; a text that is no number is stored as
    the warehouse stores it: "" blank, "—" not applicable, anything else unreadable.
    """

    name: str
    township: str | None = "431321101"
    year: int | None = 2023
    format: str | None = "2021"
    cells: Mapping[str, object] = field(default_factory=dict)
    tables: tuple[str, ...] = ("disclosure", "requests", "disputes")
    findings: tuple[str, ...] = ()
    prose: tuple["Said", ...] = (Said("disclosed_total", "68", is_approximate=True),)
    columns: Mapping[str, object] = field(default_factory=dict)

    @property
    def report_id(self) -> str:
        return self.sha256[:16]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    def row(self) -> dict[str, object]:
        code = self.township
        names = {
            "township_name": code and DIVISION_NAMES[code],
            "county_name": code and DIVISION_NAMES[code[:6]],
            "city_name": code and (DIVISION_NAMES[code[:4]] if code[:4] != "1101" else None),
            "province_name": code and DIVISION_NAMES[code[:2]],
        }
        return {
            **_REPORT_COLUMNS,
            **names,
            "report_id": self.report_id,
            "source_path": f"{self.name}.html",
            "source_sha256": self.sha256,
            "org_name": self.name,
            "township_code": code,
            "identity_status": "matched" if code else "unmatched",
            "report_year": self.year,
            "format": self.format,
            **self.columns,
        }

    def facts(self) -> list[dict[str, object]]:
        unknown = set(self.cells) - {key for key, _ in self._official_cells()}
        assert not unknown, f"not in the format: {unknown}"
        return [
            fact
            for number, (key, row) in enumerate(self._official_cells())
            if (fact := self._fact(key, row, number))
        ]

    def _official_cells(self) -> list[tuple[str, dict[str, str]]]:
        return [
            (f"{row['indicator']}/{applicant}" if applicant else row["indicator"], row)
            for row in INDICATORS
            if row["table"] in self.tables and row[f"label_{self.format or '2021'}"]
            for applicant in (APPLICANTS if row["by_applicant"] == "1" else [""])
        ]

    def _fact(self, key: str, row: dict[str, str], number: int) -> dict[str, object] | None:
        raw = self.cells.get(key, "0")
        if raw is GONE:
            return None
        value, status = _read(str(raw))
        return {
            "report_id": self.report_id,
            "indicator": row["indicator"],
            "applicant": key.partition("/")[2] or None,
            "value": value,
            "value_status": status,
            "unit": row["unit"],
            "raw_text": str(raw),
            "table_index": 0,
            "row_index": number,
            "column_index": 0,
        }


def _read(raw: str) -> tuple[str | None, str]:
    number = raw.removesuffix("万元").removesuffix("元")
    try:
        return str(Decimal(number)), "reported"
    except InvalidOperation:
        return None, {"": "blank", "—": "not_applicable"}.get(raw, "unreadable")


def _table(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = [
        line.strip().rstrip(",").rsplit(" as ", 1)[1]
        for line in script("shard", name).text.splitlines()
        if " as " in line
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def to_frames(*reports: Small) -> dict[str, pd.DataFrame]:
    """Give reports as the frames the loader takes."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in warehouse.SHARD_TABLES}
    for report in reports:
        rows["reports"].append(report.row())
        rows["facts"] += report.facts()
        rows["findings"] += [
            {"report_id": report.report_id, "rule": rule, "message": rule}
            for rule in report.findings
        ]
        rows["sections"].append(
            {
                "report_id": report.report_id,
                "section_no": 1,
                "heading": "一、总体情况",
                "body": "坚持以公开为常态、不公开为例外，及时回应群众关切。",
            }
        )
        rows["narrative_facts"] += [
            {"report_id": report.report_id, "section_no": 1, **said._asdict()}
            for said in report.prose
        ]
        rows["repairs"].append({"report_id": report.report_id, "step": "spaces", "count": 2})
    return {name: _table(name, rows[name]) for name in rows}


def clear(con: duckdb.DuckDBPyConnection) -> None:
    """Take all reports out, and what follows from them."""
    for table in (*warehouse.SHARD_TABLES, *GATHERED, *COMPARED, "changed_reports"):
        con.execute(f"delete from {table}")


def fill(con: duckdb.DuckDBPyConnection, *reports: Small, run_id: str = "run-1") -> None:
    """Load reports and finish."""
    warehouse.load_frames(con, to_frames(*reports), run_id, LOADED_AT)
    warehouse.finish_load(con, run_id)


def overrule(report: Small, cell: str, old: str | None, new: str | None) -> dict[str, object]:
    """Give one line of corrections: a `cell` as in `Small` that prints `old` is `new`."""
    indicator, _, applicant = cell.partition("/")
    return {
        "report_id": report.report_id,
        "action": "value",
        "indicator": indicator,
        "applicant": applicant or None,
        "old": old,
        "new": new,
    }


def load_corrections(con: duckdb.DuckDBPyConnection, *lines: Mapping[str, object]) -> None:
    """Load lines as those of a file: the first is line 2."""
    signed = {"who": "县政务公开办", "corrected_on": "2026-03-02", "why": "来函更正"}
    told = [{"line_no": number, **signed, **line} for number, line in enumerate(lines, start=2)]
    frame = pd.DataFrame(told, columns=list(Correction._fields), dtype=object)
    warehouse.load_corrections(con, frame)


def known(path: str, report_id: str | None, outcome: str = "report") -> dict[str, object]:
    """Give one row of the books on files."""
    return {
        "source_path": path,
        "size": 10,
        "mtime_ns": 1_700_000_000_000_000_000,
        "sha256": "00",
        "report_id": report_id,
        "version": "1",
        "outcome": outcome,
        "seen_run_id": "run-1",
    }
