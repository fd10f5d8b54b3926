"""The quarantine as people see it, and its files set free for another try."""

import duckdb

from sql.scripts import script


def listing() -> str:
    """Give the query for what stands in quarantine, by path.

    Columns: source_path, stage, error, reason_and_advice, first_run, last_run.
    """
    return script("listing", "quarantine_list").text


def set_free(con: duckdb.DuckDBPyConnection) -> None:
    """Let the next run read every file in quarantine again."""
    con.execute(script("load", "retried_files").text)
