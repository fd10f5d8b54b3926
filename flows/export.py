"""The views for analysts as files with a description, whole or for some counties and years.

`csv` and `parquet` give files for each view, `xlsx` one workbook. `datapackage.json` beside them
says what every column is, and lets programs check that nothing was changed.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.exceptions import RequestError
from flows.export_csv import write_csv
from flows.export_package import write_package
from flows.export_parquet import write_parquet
from flows.export_scope import find_scope
from flows.export_tables import ExportTable, Written, read_tables
from flows.export_workbook import write_workbook

_Write = Callable[[duckdb.DuckDBPyConnection, Iterable[ExportTable], Path], Iterator[Written]]
_WRITERS: dict[str, _Write] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_workbook,
}


class ExportRequest(NamedTuple):
    """What is asked for: format, language of headers (`en`, `zh`), counties by name or code, years.

    No county means all counties, and no year all years.
    """

    format: str = "csv"
    labels: str = "en"
    counties: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def export(
    con: duckdb.DuckDBPyConnection, folder: Path, request: ExportRequest
) -> Iterator[Written]:
    """Write every view for analysts to `folder`, then `datapackage.json`; give each when done.

    Raises RequestError for a county or year the warehouse does not have, and for Chinese headers in
    Parquet; nothing is written then.
    """
    if request.format == "parquet" and request.labels != "en":
        message = "Parquet has the names of the warehouse only: leave out --labels, or take csv"
        raise RequestError(message)
    scope = find_scope(con, request.counties, request.years)
    folder.mkdir(parents=True, exist_ok=True)
    # What does not fit in memory waits where there is room for the export, and where nobody else
    # puts the like: beside the warehouse all its readers would write to the same files.
    con.execute("set temp_directory = ?", [str(folder / f".sorting.{os.getpid()}")])
    tables = read_tables(con, scope, request.labels)
    done = []
    for written in _WRITERS[request.format](con, tables, folder):
        done.append(written)
        yield written
    write_package(con, folder, request.format, scope, done)
