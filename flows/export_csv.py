"""Views as CSV after RFC 4180, behind the mark by which Excel knows UTF-8."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from flows.drafts import replacing
from flows.export_tables import ExportTable, Written
from sql import exports

_BATCH = 10_000


def write_csv(
    con: duckdb.DuckDBPyConnection, tables: Iterable[ExportTable], folder: Path
) -> Iterator[Written]:
    """Write a file for each view; each is replaced whole or not at all.

    DuckDB makes the lines: cell by cell in Python takes five times as long, and a year of the
    country has hundreds of millions of cells.
    """
    exports.make_csv_macros(con)
    for table in tables:
        path = folder / f"{table.name}.csv"
        with replacing(path) as draft:
            _write_lines(table, draft)
        yield Written(table, (path.name,), table.rows)


def _write_lines(table: ExportTable, path: Path) -> None:
    cells = " || ',' || ".join(f'csv_cell("{column.name}")' for column in table.columns)
    lines = table.ordered.project(cells)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(f"{','.join(column.header for column in table.columns)}\r\n")
        while rows := lines.fetchmany(_BATCH):
            stream.writelines(f"{line}\r\n" for (line,) in rows)
