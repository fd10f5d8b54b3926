"""A small warehouse with all that makes exports hard, and short ways to export it."""

import csv
import datetime
import io
from pathlib import Path

import duckdb
import pandas as pd

from flows.export import ExportRequest, export
from flows.export_tables import Written
from sql import warehouse
from tests.small_country import REPORTS
from tests.small_warehouse import Small, fill, write_reference

ENDED = datetime.datetime(2024, 2, 1, 3, 4, 5, tzinfo=datetime.UTC)
# What breaks CSV, XML or trust; nobody checks what a page calls itself.
HARD_NAMES = (
    '=HYPERLINK("http://example.org","某镇")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t某镇",
    '某"镇",\r\n第二行',
    "某\x01镇\x1f\x0b",
    "_x0041_",
    "'某镇",
    "007",
    "TRUE",
    "２０２３年𠮷镇",
)
HARD = tuple(
    Small(name, township=None, format=None, tables=(), columns={"status": "text_only"})
    for name in HARD_NAMES
)
PUBLISHED = Small(
    "文艺路街道",
    township="430102001",
    cells={"disclosure.fees.amount": "0.1", "requests.received_new/total": "-4"},
    columns={"published_on": datetime.date(2024, 2, 29)},
)


def make_warehouse(reference: Path) -> duckdb.DuckDBPyConnection:
    """The small country, hard names, a file in quarantine and a run, in memory."""
    reference.mkdir(exist_ok=True)
    con = warehouse.connect(":memory:")
    warehouse.create(con, write_reference(reference))
    fill(con, *REPORTS, *HARD, PUBLISHED)
    failure = {
        "source_path": "=坏.pdf",
        "stage": "extract",
        "error": "DamagedFile",
        "message": "坏",
    }
    warehouse.record_quarantine(con, pd.DataFrame([failure | {"source_sha256": None}]), "run-1")
    warehouse.record_run(con, {"run_id": "run-1", "finished_at": ENDED})
    return con


def run(con: duckdb.DuckDBPyConnection, folder: Path, *args: str, **asked) -> list[Written]:
    return list(export(con, folder, ExportRequest(*args, **asked)))


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
