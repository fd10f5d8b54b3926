"""Write `docs/warehouse.md` from the warehouse itself: its comments and the headers of its views.

Run as `make docs`; a test fails when the page is stale.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from flows.reference import REFERENCE_DIR
from sql import warehouse

PAGE = Path(__file__).with_name("warehouse.md")
VIEWS = Path(warehouse.__file__).parent / "marts"

_INTRODUCTION = """\
# The warehouse

One DuckDB file. Tables hold what was read, views what it means; views for analysts read current
reports only. Any DuckDB client since 1.2 opens it. This page is made from the comments in `sql/`.

A blank is not a zero: `value` is null unless a number was printed. Money is in 万元. Codes of
indicators and applicants stand in the tables `indicators` and `applicants` with their official
labels, rules in `rules` with the sentence each rests on.
"""


def page() -> str:
    """Give the page as Markdown."""
    con = warehouse.connect(Path(":memory:"))
    warehouse.create(con, REFERENCE_DIR)
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for table, column, kind, comment in con.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() "
        "where not internal"
    ).fetchall():
        columns.setdefault(table, []).append((column, kind.lower(), comment or ""))
    tables = con.execute(
        "select table_name, comment from duckdb_tables() order by table_name"
    ).fetchall()
    return "\n".join([_INTRODUCTION, *_views(columns), *_tables(tables, columns)]) + "\n"


def _views(columns: dict[str, list[tuple[str, str, str]]]) -> Iterator[str]:
    yield "## Views\n"
    for path in sorted(VIEWS.glob("[a-z]*.sql")):
        header = _header(path.read_text(encoding="utf-8"))
        names = ", ".join(f"`{column}`" for column, _, _ in columns[path.stem])
        yield f"### {path.stem}\n\n{header['purpose']}\n"
        yield f"{header['grain']} Key: `{header['key']}`.\n\n{names}\n"


def _header(text: str) -> dict[str, str]:
    """The `-- name: words` lines at the head of a view, each joined over its lines."""
    header: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        words = line.removeprefix("--").strip()
        if match := re.match(r"(purpose|grain|key|inputs): (.*)", words):
            name, words = match[1], match[2]
        header[name] = f"{header.get(name, '')} {words}".strip()
    return header


def _tables(
    tables: list[tuple[str, str]], columns: dict[str, list[tuple[str, str, str]]]
) -> Iterator[str]:
    yield "## Tables\n"
    for table, comment in tables:
        yield f"### {table}\n\n{comment}\n\n| column | type | |\n|---|---|---|"
        yield from (f"| `{name}` | {kind} | {text} |" for name, kind, text in columns[table])
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
