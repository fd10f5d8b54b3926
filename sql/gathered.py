"""Tables that follow from others and are filled at load, because they cost too much at each query."""

from collections.abc import Iterable

import duckdb

from sql.scripts import script

# The facts in other shapes, each made of those before it.
_GATHERED = ("report_rows", "report_totals")
# What current reports have in common.
_COMPARED = ("peer_statistics", "reused_texts")


def gather(con: duckdb.DuckDBPyConnection) -> None:
    """Gather the facts of the reports in `temp.chosen_reports`."""
    _fill_by_year(con, "chosen_years", _GATHERED)


def gather_again(con: duckdb.DuckDBPyConnection) -> None:
    """Gather the facts of the reports in `temp.chosen_reports` in place of what there is."""
    con.execute(script("load", "gathered_before").text)
    gather(con)


def compare(con: duckdb.DuckDBPyConnection) -> None:
    """Compare all current reports with their peers and with each other."""
    for table in _COMPARED:
        con.execute(f"delete from {table}")
    _fill_by_year(con, "report_years", _COMPARED)


def _fill_by_year(con: duckdb.DuckDBPyConnection, years: str, tables: Iterable[str]) -> None:
    """Fill tables a year at a time: a bound to the memory they need."""
    for (year,) in con.execute(script("load", years).text).fetchall():
        con.execute("set variable report_year = ?", [year])
        for table in tables:
            con.execute(script("load", table).text)
