"""Write `docs/warehouse.md` from the warehouse itself: its comments, and the keys of its views.

Run as `make docs`; a test fails when the page is stale.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flows.reference import REFERENCE_DIR
from sql import warehouse
from sql.scripts import scripts

PAGE = Path(__file__).with_name("warehouse.md")

_INTRODUCTION = """\
# The warehouse

One DuckDB file. Tables hold what was read, views what it means; views for analysts read current
reports only. Any DuckDB client since 1.2 opens it: [clients.md](clients.md) shows how. This page is
made from the comments in the warehouse, which every client shows, too:

```sql
select column_name, data_type, comment from duckdb_columns() where table_name = 'township_years';
```

A blank is not a zero: `value` is null unless a number was printed. Money of tables is in 万元.
Codes of indicators and applicants stand in the tables `indicators` and `applicants` with their
official labels, rules in `rules` with the sentence each rests on. [queries.md](queries.md)
answers twenty questions of analysts.
"""


class Column(NamedTuple):
    """A column as the warehouse describes it."""

    name: str
    type: str
    meaning: str


def page() -> str:
    """Give the page as Markdown."""
    con = warehouse.connect(Path(":memory:"))
    warehouse.create(con, REFERENCE_DIR)
    columns: dict[str, list[Column]] = {}
    for table, name, kind, comment in con.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() "
        "where not internal"
    ).fetchall():
        columns.setdefault(table, []).append(Column(name, kind.lower(), comment))
    comments = dict(con.execute("select table_name, comment from duckdb_tables()").fetchall())
    comments |= dict(con.execute("select view_name, comment from duckdb_views()").fetchall())
    return "\n".join([_INTRODUCTION, *_views(comments, columns), *_tables(comments, columns)])


def _views(comments: dict[str, str], columns: dict[str, list[Column]]) -> Iterator[str]:
    yield "## Views\n"
    for view in scripts("marts"):
        if not view.name.startswith("_"):
            key = ", ".join(f"`{name}`" for name in view.key) or "none"
            yield f"### {view.name}\n\n{comments[view.name]}\n\nKey: {key}.\n"
            yield from _listed(columns[view.name])


def _tables(comments: dict[str, str], columns: dict[str, list[Column]]) -> Iterator[str]:
    yield "## Tables\n"
    for table in sorted(script.name for script in scripts("schema") if script.name in columns):
        yield f"### {table}\n\n{comments[table]}\n"
        yield from _listed(columns[table])


def _listed(columns: list[Column]) -> Iterator[str]:
    yield "| column | type | |\n|---|---|---|"
    yield from (f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns)
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
