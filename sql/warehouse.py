"""The warehouse: make it, load it, decide what is current, check it, prove it.

This is what other layers call. The SQL stands in the `.sql` files beside this module; here they
are only run, in their order. Nothing here knows of documents or of runs over many files.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import pandas as pd

from sql.checking import change_all_if_outdated, check
from sql.comments import meanings, write_comments
from sql.connections import closing, connect, connect_for_query, transaction
from sql.corrections import (
    known_corrections,
    load_corrections,
    overrule_values,
    require_matches,
    undo_corrections,
)
from sql.exceptions import WarehouseError, explained
from sql.gathered import gather
from sql.ledger import (
    LastRun,
    clear_quarantine,
    known_files,
    last_run,
    mark_gone,
    record_fetched,
    record_files,
    record_quarantine,
    record_run,
    utc,
)
from sql.proofs import verify, verify_load
from sql.reference import is_made_of, load_reference, remember
from sql.scripts import script, scripts, views
from sql.shards import SHARD_TABLES, frames_as_incoming, shards_as_incoming, write_shard

__all__ = [
    "SHARD_TABLES",
    "LastRun",
    "WarehouseError",
    "clear_quarantine",
    "closing",
    "connect",
    "connect_for_query",
    "create",
    "export_views",
    "finish_load",
    "known_corrections",
    "known_files",
    "last_run",
    "load_corrections",
    "load_frames",
    "load_shards",
    "mark_gone",
    "record_fetched",
    "record_files",
    "record_quarantine",
    "record_run",
    "verify",
    "verify_load",
    "withdraw",
    "write_shard",
]

_EXPORTED_TABLES = ("quarantine",)


def create(con: duckdb.DuckDBPyConnection, reference_dir: Path) -> None:
    """Make tables, reference tables and views; on a warehouse that has them, bring them up to date.

    `reference_dir` holds a CSV for each reference table, and the folder divisions/. Raises
    WarehouseError where one of them is missing or does not fit.
    """
    # One transaction: each commit of its own would wait for the disk.
    with (
        explained("The warehouse cannot be made", "Move the file away and ingest again."),
        transaction(con),
    ):
        for table in scripts("schema"):
            con.execute(table.text)
        load_reference(con, reference_dir)
        _make_views(con)
        change_all_if_outdated(con)


def _make_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make all views, with their comments, where they are not there as they are now.

    Drops those of an older version that have no file any more.
    """
    wanted = {view.name for view in views()}
    listed = con.execute("select view_name from duckdb_views() where not internal").fetchall()
    there = {name for (name,) in listed}
    texts = "".join(f"{view.name}{view.header}{view.text}" for view in views())
    digest = hashlib.sha256(f"{texts}{meanings()}".encode()).hexdigest()
    if there == wanted and is_made_of(con, "views", digest):
        return
    for name in sorted(there - wanted):
        con.execute(f"drop view {name}")
    for view in views():
        con.execute(f"create or replace view {view.name} as {view.text}")
    write_comments(con)
    remember(con, "views", digest)


def load_shards(
    con: duckdb.DuckDBPyConnection, directory: Path, run_id: str, loaded_at: datetime.datetime
) -> int:
    """Load all shards of a directory in one transaction; give how many reports came.

    A report that is there is replaced. `loaded_at` is stored in UTC. No shards, no reports.
    Raises WarehouseError where a shard cannot be read; nothing is loaded then.
    """
    if not any((directory / "reports").glob("*.parquet")):
        return 0
    return _load(con, shards_as_incoming(con, directory), run_id, loaded_at)


def load_frames(
    con: duckdb.DuckDBPyConnection,
    frames: Mapping[str, pd.DataFrame],
    run_id: str,
    loaded_at: datetime.datetime,
) -> int:
    """Load frames as `load_shards` loads shards."""
    return _load(con, frames_as_incoming(con, frames), run_id, loaded_at)


def _load(
    con: duckdb.DuckDBPyConnection,
    incoming: AbstractContextManager[None],
    run_id: str,
    loaded_at: datetime.datetime,
) -> int:
    con.execute("set variable run_id = ?", [run_id])
    con.execute("set variable loaded_at = ?", [utc(loaded_at)])
    advice = "Nothing was loaded; ingest again with --full."
    with explained("The load failed", advice), incoming, transaction(con):
        _take_out(con, "chosen_reports")
        for table in SHARD_TABLES:
            con.execute(script("load", table).text)
        con.execute(script("load", "changed_by_load").text)
        gather(con)
        return _count(con, "temp.chosen_reports")


def withdraw(con: duckdb.DuckDBPyConnection, digests: Sequence[str]) -> None:
    """Take out the reports of these contents (SHA-256), which turned out to be no reports.

    A newer version may refuse what an older one loaded. Call it before `finish_load`.
    """
    if not digests:
        return
    con.register("incoming_digests", pd.DataFrame({"source_sha256": list(digests)}, dtype=object))
    try:
        with transaction(con):
            _take_out(con, "withdrawn_reports")
    finally:
        con.unregister("incoming_digests")


def _take_out(con: duckdb.DuckDBPyConnection, which: str) -> None:
    """Take reports out, those that the file `load/<which>.sql` chooses, and note their place."""
    con.execute(script("load", which).text)
    con.execute(script("load", "changed_by_load").text)
    undo_corrections(con)
    con.execute(script("load", "replaced").text)


def finish_load(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Apply corrections, run all checks, decide which reports are current, and compare these.

    Works on what has changed since it was last done and on what is compared with that, and gives
    what working on everything would give, whatever was loaded in which order.
    Call `record_files` before: a report whose file now holds another one gives way to it.
    Raises WarehouseError where a correction fits nothing.
    """
    advice = f"The load of run {run_id} is not finished; ingest again."
    with explained("The warehouse cannot be checked", advice), transaction(con):
        undo_corrections(con)
        overrule_values(con)
        gather(con)
        check(con)
        require_matches(con)
        con.execute(script("load", "checked_reports").text)


def export_views() -> tuple[str, ...]:
    """Name what is meant for analysts and exported: the views that are no intermediates."""
    marts = tuple(view.name for view in scripts("marts") if not view.name.startswith("_"))
    return marts + _EXPORTED_TABLES


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    (count,) = con.execute(f"select count(*) from {table}").fetchall()[0]
    return int(count)
