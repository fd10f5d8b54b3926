"""Corrections: printed values overruled and findings dismissed, by people who say why.

What was printed is never lost: `corrections` keeps the printed value, `dismissed_findings` the
finding. For reports that come, or whose lines are not what they were, everything is undone before a
load and done again after it, so that a warehouse holds what its file of corrections says now,
whatever that said before.
"""

import duckdb
import pandas as pd

from sql.connections import transaction
from sql.exceptions import WarehouseError, explained
from sql.scripts import script

_SHOWN = 3
_ADVICE = "Mend or delete these lines of the corrections file; nothing was published."


def known_corrections(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give the lines the warehouse was made with, one row a line.

    Columns, all but line_no text or None: line_no, report_id, action (`value` or `dismiss`),
    indicator, applicant, rule, old, new, who, corrected_on (YYYY-MM-DD), why.
    """
    if not con.execute("from duckdb_tables() where table_name = 'corrections'").fetchone():
        return pd.DataFrame()  # a warehouse made before there were corrections
    frame = con.execute(script("load", "known_corrections").text).df()
    return frame.astype(object).where(frame.notna(), None)


def load_corrections(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> None:
    """Put these lines in place of those there are; `finish_load` applies them.

    Columns: those of `known_corrections`. No two lines may be for one cell or for one finding.
    """
    con.register("incoming_corrections", frame)
    advice = "See data/README.md for the columns."
    try:
        with explained("The corrections do not fit", advice), transaction(con):
            con.execute(script("load", "changed_by_corrections").text)
            undo_corrections(con)
            con.execute(script("load", "corrections").text)
    finally:
        con.unregister("incoming_corrections")


def undo_corrections(con: duckdb.DuckDBPyConnection) -> None:
    """Give overruled cells of changed reports their value back, dismissed findings their place."""
    con.execute(script("load", "gathered_before").text)
    con.execute(script("load", "undo_corrections").text)


def overrule_values(con: duckdb.DuckDBPyConnection) -> None:
    """Let corrections overrule the cells they name, of changed reports."""
    con.execute(script("load", "overruled_values").text)
    con.execute(script("load", "gathered_before").text)


def dismiss_findings(con: duckdb.DuckDBPyConnection) -> None:
    """Take findings that corrections dismiss out of the findings."""
    con.execute(script("load", "dismissed_findings").text)


def require_matches(con: duckdb.DuckDBPyConnection) -> None:
    """Raise WarehouseError where a correction fits nothing: it may have been meant for another."""
    unmatched = con.execute(script("load", "unmatched_corrections").text).fetchall()
    if unmatched:
        said = "; ".join(f"line {line}: {reason}" for line, reason in unmatched[:_SHOWN])
        more = f"; and {len(unmatched) - _SHOWN} more" if len(unmatched) > _SHOWN else ""
        raise WarehouseError(f"Corrections that fit nothing: {said}{more}. {_ADVICE}")
