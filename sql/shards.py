"""Bring frames in: to Parquet shards, and from shards or memory into `incoming_*` views."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd

from sql.connections import connect
from sql.exceptions import WarehouseError, explained
from sql.scripts import script

SHARD_TABLES = ("reports", "facts", "sections", "narrative_facts", "findings", "repairs")


def write_shard(frames: Mapping[str, pd.DataFrame], directory: Path, name: str) -> None:
    """Write one Parquet file a table, `directory/<table>/<name>.parquet`, in the contract's types.

    Each file appears whole or not at all, `reports` last, so that a shard with reports is
    complete. Raises WarehouseError where a frame or column is missing or a value has not the type
    of its column.
    """
    with connect(":memory:") as con:
        for table in reversed(SHARD_TABLES):
            target = directory / table / f"{name}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            with _typed(con, table, frames) as select:
                con.sql(select).write_parquet(str(part), compression="lz4")
            part.replace(target)


@contextmanager
def shards_as_incoming(con: duckdb.DuckDBPyConnection, directory: Path) -> Iterator[None]:
    """Show all shards of a directory as the temporary views `incoming_<table>`.

    They have the frame's columns and `shard`, the name of the shard a row came in.
    """
    names = [f"incoming_{table}" for table in SHARD_TABLES]
    try:
        for table, name in zip(SHARD_TABLES, names, strict=True):
            relation = con.read_parquet(str(directory / table / "*.parquet"), filename=True)
            shard = "*, parse_filename(filename, true) as shard"
            con.register(name, relation.project(shard))
        yield
    finally:
        for name in names:
            con.unregister(name)


@contextmanager
def frames_as_incoming(
    con: duckdb.DuckDBPyConnection, frames: Mapping[str, pd.DataFrame]
) -> Iterator[None]:
    """Show frames as the temporary tables `incoming_<table>`, all of one shard without a name."""
    names = [f"incoming_{table}" for table in SHARD_TABLES]
    try:
        for table, name in zip(SHARD_TABLES, names, strict=True):
            with _typed(con, table, frames) as select:
                con.execute(f"create temp table {name} as select *, '' as shard from ({select})")
        yield
    finally:
        for name in names:
            con.execute(f"drop table if exists temp.{name}")


@contextmanager
def _typed(
    con: duckdb.DuckDBPyConnection, table: str, frames: Mapping[str, pd.DataFrame]
) -> Iterator[str]:
    """Give the select that casts the frame of a table to the types of the contract."""
    if table not in frames:
        raise WarehouseError(f"There is no frame of {table}. Give one, empty if need be.")
    con.register(f"frame_{table}", _without_repeats(table, frames))
    try:
        with explained(f"The frame of {table} does not fit", "Compare it with docs/warehouse.md."):
            yield script("shard", table).text
    finally:
        con.unregister(f"frame_{table}")


def _without_repeats(table: str, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Drop the second copy of what came of the same bytes under two paths.

    Both rows of `reports` stay, for they differ in their path; the loader chooses between them.
    """
    if frames["reports"]["report_id"].is_unique:
        return frames[table]
    return frames[table].drop_duplicates()
