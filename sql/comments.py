"""Say in the warehouse itself what its views and their columns mean.

`columns.csv` gives each column name one meaning, so that a name means the same in every view; where
a view must differ, a row of its own says so. Tables say themselves what their columns are, in
`schema/`; where they do not, this does.
"""

import csv
from functools import cache
from pathlib import Path

import duckdb

from sql.scripts import views

_COLUMNS = Path(__file__).with_name("columns.csv")
_BARE = "from duckdb_columns() where not internal and comment is null"


@cache
def meanings() -> dict[tuple[str, str], str]:
    """Give the meaning of each (view, column); the view is empty where it holds for all."""
    with _COLUMNS.open(encoding="utf-8", newline="") as file:
        return {(row["view"], row["column"]): row["meaning"] for row in csv.DictReader(file)}


def meaning(view: str, column: str) -> str | None:
    """Give what a column of a view means; None where nothing says so."""
    return meanings().get((view, column), meanings().get(("", column)))


def write_comments(con: duckdb.DuckDBPyConnection) -> None:
    """Comment on every view, and on every column that has no comment of its own."""
    comments = [
        f"comment on view {view.name} is {_quoted(view.grain_and_purpose)}" for view in views()
    ]
    comments += [
        f'comment on column {table}."{column}" is {_quoted(words)}'
        for table, column in con.execute(f"select table_name, column_name {_BARE}").fetchall()
        if (words := meaning(table, column))
    ]
    con.execute(";".join(comments))


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
