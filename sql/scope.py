"""Look at some reports as if they were all: what a night costs follows what is new.

A check says in its header what its answer on a report follows from (`scope`): the report alone, the
reports of its organisation, or those it shares sentences with. The file of that name in `scope/`
gives the reports this is to be asked of again after a load, with those it takes to answer.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

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


@contextmanager
def only(con: duckdb.DuckDBPyConnection, tables: Collection[str]) -> Iterator[None]:
    """Let these tables hold the chosen reports only.

    Temporary tables stand before those of the warehouse, for its views as well; so whatever reads
    is restricted where it starts to read, which no optimizer does behind aggregates and joins. Call
    it in a transaction, which takes the tables along where something fails.
    """
    for table in tables:
        # by place: what came together stands together, and the rest is not unpacked
        chosen = f"select rowid from {table} semi join scope_reports using (report_id)"
        con.execute(f"create temp table {table} as from {table} where rowid in ({chosen})")
    yield
    for table in tables:
        con.execute(f"drop table temp.{table}")


@contextmanager
def worked_out(con: duckdb.DuckDBPyConnection, readers: Iterable[Script]) -> Iterator[None]:
    """Let intermediate views that several of the readers read be tables, worked out once."""
    read = Counter(name for reader in readers for name in reader.inputs if name.startswith("_"))
    shared = [name for name, count in read.items() if count > 1]
    for name in shared:
        con.execute(f"create temp table {name} as from {name}")
    yield
    for name in shared:
        con.execute(f"drop table temp.{name}")
