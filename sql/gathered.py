"""Tables that follow from others, filled at load because they cost too much at each query."""

from collections.abc import Iterable

import duckdb

from sql.scope import choose, narrowed
from sql.scripts import script

# The facts in other shapes, each made of those before it.
GATHERED = ("report_rows", "report_totals")
# What current reports have in common.
COMPARED = ("peer_statistics", "reused_texts")


def gather(con: duckdb.DuckDBPyConnection) -> None:
    """Gather the facts of changed reports of which nothing is gathered.

    Those that came, those of which a cell is overruled or no longer, and all of a warehouse that
    was made before facts were gathered.
    """
    con.execute(script("load", "ungathered_reports").text)
    _fill_by_year(con, "ungathered_years", GATHERED)


def compare(con: duckdb.DuckDBPyConnection, is_whole: bool) -> None:
    """Compare current reports with their peers and with each other.

    Peers anew for years in which a report changed, since a value stands among those of the whole
    country; texts for pairs of which one changed.
    """
    con.execute(script("load", "old_peer_statistics").text)
    _fill_by_year(con, "changed_years", ["peer_statistics"])
    con.execute(script("load", "old_reused_texts").text)
    choose(con, "report" if is_whole else "comparable")
    with narrowed(con, [script("load", "reused_texts")], is_whole):
        _fill_by_year(con, "report_years", ["reused_texts"])


def _fill_by_year(con: duckdb.DuckDBPyConnection, years: str, tables: Iterable[str]) -> None:
    """Fill tables a year at a time: a bound to the memory they need."""
    for (year,) in con.execute(script("load", years).text).fetchall():
        con.execute("set variable report_year = ?", [year])
        for table in tables:
            con.execute(script("load", table).text)
