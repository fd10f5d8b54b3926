"""Tables that follow from others, filled at load because they cost too much at each query."""

from collections.abc import Iterable

import duckdb

from sql.scope import choose, narrowed
from sql.scripts import script

# The facts in other shapes, each made of those before it.
GATHERED = ("report_rows", "report_totals")
# What current reports have in common.
COMPARED = ("peer_statistics", "reused_texts")
# A bound to memory, above the 41,352 reports of a year of the country.
REPORTS_AT_A_TIME = 50_000


def gather(con: duckdb.DuckDBPyConnection) -> None:
    """Gather the facts of changed reports of which nothing is gathered.

    Those that came, those of which a cell is overruled or no longer, and all of a warehouse that
    was made before facts were gathered.
    """
    con.execute("set variable reports_at_a_time = ?", [REPORTS_AT_A_TIME])
    con.execute(script("load", "ungathered_reports").text)
    _fill(con, "batch", "ungathered_batches", GATHERED)


def compare(con: duckdb.DuckDBPyConnection, is_whole: bool) -> None:
    """Compare current reports with their peers and with each other.

    Peers anew for years in which a report changed, since a value stands among those of the whole
    country; texts for pairs of which one changed.
    """
    con.execute(script("load", "old_peer_statistics").text)
    _fill(con, "report_year", "changed_years", ["peer_statistics"])
    con.execute(script("load", "old_reused_texts").text)
    choose(con, "report" if is_whole else "comparable")
    with narrowed(con, [script("load", "reused_texts")], is_whole):
        _fill(con, "report_year", "report_years", ["reused_texts"])


def _fill(con: duckdb.DuckDBPyConnection, part: str, parts: str, tables: Iterable[str]) -> None:
    """Fill tables a part at a time, a year or a batch: a bound to the memory they need."""
    for (value,) in con.execute(script("load", parts).text).fetchall():
        con.execute(f"set variable {part} = ?", [value])
        for table in tables:
            con.execute(script("load", table).text)
