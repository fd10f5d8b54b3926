"""The page from a warehouse: ask, pack, put together."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from flows.exceptions import SettingsError
from flows.page.assemble import assemble
from flows.page.pack import Pack, pack_text
from flows.page.scripts import joined_scripts
from flows.reference import REFERENCE_DIR
from sql.page_tables import Columns, page_tables, report_years

# What is carried in words: a township's sheet needs all findings of a year of the country with a
# few each; beyond that the page would grow past what mail and browsers take.
MOST_FINDINGS = 150_000
MOST_CHARACTERS = 300
_WEB = Path(__file__).parent / "web"
# Opened by the page only when a sheet or the findings are.
_DETAILS = ("page_sources", "page_findings")
# One row, which goes into what the page says of itself.
_RUN = "page_run"
# How the page gets hold of the charts library once it has started it.
_START = "window.vegaEmbed = vegaEmbed; window.dispatchEvent(new Event('vega-ready'));"


@dataclass(frozen=True, slots=True)
class Page:
    """The HTML, and what to say of it."""

    html: str
    reports: int
    findings: int
    findings_carried: int


def build_page(
    con: duckdb.DuckDBPyConnection, year: int | None, most_findings: int = MOST_FINDINGS
) -> Page:
    """Make the page, opening with a year, or with the newest.

    Raises SettingsError where there is no report of the year, WarehouseError where the warehouse
    lacks a view.
    """
    years = report_years(con)
    opening = _opening_year(years, year)
    core, details = Pack(), Pack()
    facts: dict[str, Any] = {"years": years, "year": opening, "most_characters": MOST_CHARACTERS}
    for name, columns in page_tables(con, opening, most_findings, MOST_CHARACTERS):
        facts |= _facts(name, columns)
        if name != _RUN:
            (details if name in _DETAILS else core).add(name, columns)
    for name, value in {**_texts(), "facts": facts}.items():
        core.add(name, value)
    charts = vl_convert.javascript_bundle(_START)
    data = {"core": core.text(), "details": details.text(), "vega": pack_text(charts)}
    html = assemble(joined_scripts(), charts, data)
    counts = (facts[f"count_{name}"] for name in ("reports", "findings", "carried"))
    return Page(html, *counts)


def _facts(name: str, columns: Columns) -> dict[str, Any]:
    """Give what the page says of itself, from the table that tells it."""
    if name == _RUN:
        return {column: values[0] for column, values in columns.items()}
    match name:
        case "page_reports":
            return {"count_reports": len(columns["township"])}
        case "page_finding_counts":
            return {"count_findings": sum(columns["count_findings"])}
        case "page_findings":
            return {"count_carried": len(columns["report"])}
    return {}


def _opening_year(years: tuple[int, ...], year: int | None) -> int | None:
    if year is None:
        return years[0] if years else None
    if year not in years:
        known = ", ".join(map(str, years)) or "none"
        message = f"no report for {year} is in the warehouse: choose one of its years ({known})"
        raise SettingsError(message)
    return year


def _texts() -> dict[str, object]:
    """Give what stands in files: measures, words, and charts with one look."""
    look = _json("config")
    charts = ("histogram", "areas", "years")
    return {
        "measures": list(_rows(REFERENCE_DIR / "page_measures.csv")),
        "words": {row.pop("key"): row for row in _rows(_WEB / "words.csv")},
        "specs": {name: {**_json(name), "config": look} for name in charts},
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _json(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((_WEB / "charts" / f"{name}.json").read_text("utf-8"))
    return found
