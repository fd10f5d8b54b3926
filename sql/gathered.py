"""Tables that follow from others, filled at load because they cost too much at each query."""

from collections.abc import Iterable

import duckdb

from sql.scripts import script

# The facts in other shapes, each made of those before it.
GATHERED = ("report_rows", "report_totals")
# What current reports have in common.
COMPARED = ("peer_statistics", "reused_texts")


def gather(con: duckdb.DuckDBPyConnection) -> None:
    """Gather the facts of all reports of which nothing is gathered.

    Those that came, those of which a cell is overruled or no longer, and all of a warehouse that
    was made before facts were gathered.
    """
    _fill_by_year(con, "ungathered_years", GATHERED)


def compare(con: duckdb.DuckDBPyConnection) -> None:
    """Compare all current reports with their peers and with each other."""
    for table in COMPARED:
        con.execute(f"delete from {table}")
    _fill_by_year(con, "report_years", COMPARED)


def _fill_by_year(con: duckdb.DuckDBPyConnection, years: str, tables: Iterable[str]) -> None:
    """Fill tables a year at a time: a bound to the memory they need."""
    for (year,) in con.execute(script("load", years).text).fetchall():
        con.execute("set variable report_year = ?", [year])
        for table in tables:
            con.execute(script("load", table).text)
