"""What the page shows, as columns: runs the scripts of `sql/page/` against a warehouse.

Nothing is written to the warehouse; each script fills a temporary table that later ones may read.
"""

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np

from sql.exceptions import explained
from sql.scripts import in_order, script, scripts

Columns = Iterator[tuple[str, list[Any]]]

# Rows stand in this order, so that their place says what these columns do.
_IMPLIED = {
    "page_townships": ("township",),
    "page_reports": ("report", "report_id"),
    "page_measures": ("report",),
    "page_sources": ("report",),
}
_ADVICE = "Bring the warehouse up to date with `gongkai ingest INBOX`."


def report_years(con: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Give the years there are current reports for, the newest first."""
    with explained("The years cannot be read", _ADVICE):
        found = con.execute(script("load", "report_years").text).fetchall()
    return tuple(sorted((year for (year,) in found), reverse=True))


def page_tables(
    con: duckdb.DuckDBPyConnection, year: int | None, most_findings: int, most_characters: int
) -> Iterator[tuple[str, Columns]]:
    """Give the tables of the page by name, each behind those it reads, column by column.

    The wording of at most so many findings is carried, that of `year` before that of other years,
    and words beyond so many characters are cut. Whole numbers are int, other numbers float, all
    else text; NULL is None. Raises WarehouseError where a view is missing or does not fit.
    """
    con.execute("set variable page_year = ?", [year])
    con.execute("set variable most_findings = ?", [most_findings])
    con.execute("set variable most_characters = ?", [most_characters])
    for table in in_order(scripts("page")):
        with explained("The page cannot be made", _ADVICE):
            con.execute(f"create or replace temp table {table.name} as {table.text}")
        yield table.name, _columns(con.table(table.name), _IMPLIED.get(table.name, ()))


def _columns(table: duckdb.DuckDBPyRelation, implied: tuple[str, ...]) -> Columns:
    """Give one column after the other, so that memory holds one; all in the order of the script."""
    for column in table.columns:
        if column not in implied:
            yield column, _listed(np.ma.asarray(table.project(column).fetchnumpy()[column]))


def _listed(values: "np.ma.MaskedArray[Any, Any]") -> list[Any]:
    """Give a column as a list, with floats that are whole as int."""
    is_whole = False
    if values.dtype.kind == "f":
        known = values.compressed()
        is_whole = bool((known == known.round()).all())
    listed: list[Any] = (values.astype(np.int64) if is_whole else values).tolist()
    return listed
