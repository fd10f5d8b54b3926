"""What a load brings that was not found before: for whoever is told of a run."""

import duckdb

from sql.scripts import script

Row = tuple[object, ...]


def remember_findings(con: duckdb.DuckDBPyConnection) -> None:
    """Remember, for this connection, what is found before a load."""
    con.execute(script("news", "findings_before").text)
    con.execute(script("news", "news").text)


def new_findings(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give rule, severity, Chinese title and number of the findings since `remember_findings`."""
    return con.execute(script("news", "new_findings").text).fetchall()


def new_errors(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give org_name, report_year, rule, message and source_path of new errors, twenty at most."""
    return con.execute(script("news", "new_errors").text).fetchall()
