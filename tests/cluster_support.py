"""What tests of clusters share: work that dies, an engine that is Dask alone, what to compare."""

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows.process import process_chunk
from flows.records import Chunk, ChunkResult
from flows.settings import Settings
from sql import warehouse

# What differs from run to run of the same inbox.
_OF_A_RUN = {
    "run_id",
    "loaded_at",
    "first_loaded_at",
    "seen_run_id",
    "first_run_id",
    "last_run_id",
    "mtime_ns",
}


def deadly(chunk: Chunk, shards: Path) -> ChunkResult:
    """Read files as always, but die where one is named guilty."""
    if any(file.source_path.startswith("guilty") for file in chunk.files):
        os.kill(os.getpid(), signal.SIGKILL)
    return process_chunk(chunk, shards)


class DaskEngine:
    """Calls steps here and spreads chunks over a cluster, without Prefect."""

    def __init__(self, client) -> None:
        self._client = client

    def step(self, name, function):
        return function()

    def spread(self, name, function, chunks: Sequence[Chunk]) -> Iterator[ChunkResult]:
        for future in self._client.map(function, chunks):
            yield future.result()


def content(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Give all rows of all tables, but for what names the run."""
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        tables = [name for (name,) in con.execute("show tables").fetchall()]
        bases = con.execute("select table_name from duckdb_tables()").fetchall()
        found = {}
        for (name,) in bases:
            assert name in tables
            if name == "runs":
                continue
            table = con.table(name)
            kept = [f'"{column}"' for column in table.columns if column not in _OF_A_RUN]
            found[name] = table.project(", ".join(kept)).order("all").fetchall()
    return found
