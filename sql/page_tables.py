"""What the page shows, as columns: runs the scripts of `sql/page/` against a warehouse.

Nothing is written to the warehouse; what several scripts read is a temporary table.
"""

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np

from sql.exceptions import explained
from sql.scripts import Script, in_order, script, scripts

Columns = dict[str, list[Any]]

_FOLDER = "page"
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
    """Give the tables of the page by name, each behind those it reads.

    The wording of at most so many findings is carried, that of `year` before that of other years,
    and words beyond so many characters are cut. Whole numbers are int, other numbers float, all
    else text; NULL is None. Raises WarehouseError where a view is missing or does not fit.
    """
    con.execute("set variable page_year = ?", [year])
    con.execute("set variable most_findings = ?", [most_findings])
    con.execute("set variable most_characters = ?", [most_characters])
    found = in_order(scripts(_FOLDER))
    read_again = {name for each in found for name in each.inputs}
    for each in found:
        with explained("The page cannot be made", _ADVICE):
            yield each.name, _columns(_relation(con, each, each.name in read_again), each.name)


def _relation(
    con: duckdb.DuckDBPyConnection, found: Script, is_read_again: bool
) -> duckdb.DuckDBPyRelation:
    if not is_read_again:
        return con.sql(found.text)
    con.execute(f"create or replace temp table {found.name} as {found.text}")
    return con.table(found.name).order(", ".join(found.key))


def _columns(relation: duckdb.DuckDBPyRelation, name: str) -> Columns:
    arrays = relation.fetchnumpy()
    implied = _IMPLIED.get(name, ())
    return {
        column: _listed(np.ma.asarray(values))
        for column, values in arrays.items()
        if column not in implied
    }


def _listed(values: "np.ma.MaskedArray[Any, Any]") -> list[Any]:
    """Give a column as a list, with floats that are whole as int."""
    is_whole = False
    if values.dtype.kind == "f":
        known = values.compressed()
        is_whole = bool((known == known.round()).all())
    listed: list[Any] = (values.astype(np.int64) if is_whole else values).tolist()
    return listed
