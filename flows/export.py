"""The views for analysts as files: CSV that Excel opens rightly, or Parquet."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.cells import plain
from sql import warehouse

_BATCH = 10_000
# A cell that begins so is run as a formula by Excel, LibreOffice and WPS; names and headings come
# from web pages that anybody may have written. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportedFile(NamedTuple):
    """A file written and its number of rows."""

    path: Path
    rows: int


def export(con: duckdb.DuckDBPyConnection, folder: Path, kind: str) -> Iterator[ExportedFile]:
    """Write every view for analysts to `folder`, as `csv` or `parquet`; gives each when done.

    Rows are in the order of all columns from left to right, so that equal warehouses give equal
    files. A file is replaced whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for view in warehouse.export_views():
        relation = con.table(view).order("all")
        path = folder / f"{view}.{kind}"
        with _replacing(path) as draft:
            write = _write_csv if kind == "csv" else _write_parquet
            rows = write(relation, draft)
        yield ExportedFile(path, rows)


def safe_cell(value: object) -> str:
    """Give a cell of CSV that no spreadsheet takes for a formula; numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell("-"), safe_cell(-4), safe_cell("石门乡")
    ("'=1+1", "'-", '-4', '石门乡')
    """
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _write_csv(relation: duckdb.DuckDBPyRelation, path: Path) -> int:
    """Write CSV after RFC 4180, behind the mark by which Excel knows UTF-8."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(relation.columns)
        while rows := relation.fetchmany(_BATCH):
            writer.writerows([safe_cell(value) for value in row] for row in rows)
            count += len(rows)
    return count


def _write_parquet(relation: duckdb.DuckDBPyRelation, path: Path) -> int:
    relation.write_parquet(str(path), compression="zstd")
    return len(relation)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a draft beside `path` that takes its place when all went well."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
