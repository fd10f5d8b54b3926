"""The page from a warehouse: ask, pack, put together."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from flows.exceptions import RequestError
from flows.page.assemble import assemble
from flows.page.pack import Pack, pack_text
from flows.page.scripts import joined_scripts
from flows.reference import REFERENCE_DIR
from sql.page_tables import page_tables, report_years

# What is carried in words: a township's sheet needs all findings of a year of the country with a
# few each; beyond that the page would grow past what mail and browsers take.
MOST_FINDINGS = 150_000
MOST_CHARACTERS = 300
_WEB = Path(__file__).parent / "web"
# Opened by the page only when a sheet or the findings are.
_DETAILS = ("page_sources", "page_findings")
# One row, which the page says of itself.
_FACTS = "page_facts"
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

    Raises RequestError where there is no report of the year, WarehouseError where the warehouse
    lacks a view.
    """
    years = report_years(con)
    opening = _opening_year(years, year)
    core, details = Pack(), Pack()
    facts: dict[str, Any] = {"years": years, "year": opening, "most_characters": MOST_CHARACTERS}
    for name, columns in page_tables(con, opening, most_findings, MOST_CHARACTERS):
        if name == _FACTS:
            facts |= {column: value for column, (value,) in columns}
        else:
            (details if name in _DETAILS else core).add_object(name, columns)
    for name, value in {**_texts(), "facts": facts}.items():
        core.add(name, value)
    charts = vl_convert.javascript_bundle(_START)
    data = {"core": core.text(), "details": details.text(), "vega": pack_text(charts)}
    html = assemble(joined_scripts(), charts, data)
    return Page(html, facts["count_reports"], facts["count_findings"], facts["count_carried"])


def _opening_year(years: tuple[int, ...], year: int | None) -> int | None:
    if year is None:
        return years[0] if years else None
    if year not in years:
        known = ", ".join(map(str, years)) or "none"
        message = f"no report for {year} is in the warehouse: choose one of its years ({known})"
        raise RequestError(message)
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
