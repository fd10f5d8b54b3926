"""Look at some reports as if they were all: what a night costs follows what is new.

A check says in its header what its answer on a report follows from (`scope`): the report alone, the
reports of its organisation, or those it shares sentences with. The file of that name in `scope/`
gives the reports this is to be asked of again after a load, with those it takes to answer.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

import duckdb

from sql.scripts import Script, script, tables_read
from sql.shards import SHARD_TABLES

# What is known by report, and so can be shown of some.
_BY_REPORT = {*SHARD_TABLES, "report_rows", "report_totals", "reused_texts"}


def choose(con: duckdb.DuckDBPyConnection, scope: str) -> None:
    """Put the reports of a scope into the temporary table `scope_reports`."""
    con.execute(f"create or replace temp table scope_reports as {script('scope', scope).text}")


def by_report(readers: Iterable[Script]) -> set[str]:
    """Name the tables known by report that files read, themselves or through views."""
    return {table for reader in readers for table in tables_read(reader)} & _BY_REPORT


def narrowed(
    con: duckdb.DuckDBPyConnection, readers: Iterable[Script], is_whole: bool
) -> AbstractContextManager[None]:
    """Let the tables that files read hold the chosen reports only, unless these are all."""
    return nullcontext() if is_whole else only(con, by_report(readers))


def only(con: duckdb.DuckDBPyConnection, tables: Collection[str]) -> AbstractContextManager[None]:
    """Let these tables hold the chosen reports only.

    Whatever reads is restricted where it starts to read, which no optimizer does behind aggregates
    and joins.
    """
    selects = {}
    for table in tables:
        # by place: what came together stands together, and the rest is not unpacked
        chosen = f"select rowid from {table} semi join scope_reports using (report_id)"
        selects[table] = f"from {table} where rowid in ({chosen})"
    return _in_front(con, selects)


def worked_out(
    con: duckdb.DuckDBPyConnection, readers: Iterable[Script]
) -> AbstractContextManager[None]:
    """Let intermediate views that several of the readers read be tables, worked out once."""
    read = Counter(name for reader in readers for name in reader.inputs if name.startswith("_"))
    return _in_front(con, {name: f"from {name}" for name, count in read.items() if count > 1})


@contextmanager
def _in_front(con: duckdb.DuckDBPyConnection, selects: Mapping[str, str]) -> Iterator[None]:
    """Put temporary tables before those of the warehouse of the same name, for its views as well.

    Call it in a transaction, which takes the tables along where something fails.
    """
    for name, select in selects.items():
        con.execute(f"create temp table {name} as {select}")
    yield
    for name in selects:
        con.execute(f"drop table temp.{name}")
