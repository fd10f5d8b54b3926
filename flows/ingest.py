"""One run: find what is new, work it in chunks, publish. Runs with Prefect and without."""

import logging
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from flows.corrections import Correction, read_corrections
from flows.discover import find_files, require_inbox
from flows.disk import require_space
from flows.engine import DirectEngine, Engine
from flows.harvest import Harvest, gather
from flows.lock import writer_lock
from flows.pool import Work, open_pool
from flows.process import process_chunk
from flows.publish import (
    Published,
    Run,
    publish,
    read_known,
    read_known_corrections,
    utc_now,
)
from flows.records import Chunk, ChunkResult, KnownFile, RunSummary, SourceFile
from flows.settings import KEPT, Settings
from flows.version import code_version
from flows.worklist import Worklist, sort_files

# About a second's work; what a chunk costs beside its files (a shard, a task run) is some 50 ms.
CHUNK_FILES = 256
# Bounds what a worker holds at a time where files are large.
CHUNK_BYTES = 32 << 20
# Small inboxes are cut finer, so that every worker has something to do.
CHUNKS_A_WORKER = 4

# Cores this process may use, which in a container can be fewer than the machine has.
CORES = len(os.sched_getaffinity(0))

Progress = Callable[[int, int], None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    `runner` is one of `flows.settings.RUNNERS`, `full` reads every file again, `keep` is how many
    warehouses are kept for a way back.
    """

    runner: str = "processes"
    workers: int = CORES
    full: bool = False
    keep: int = KEPT


class _Survey(NamedTuple):
    """What there is to do, beside what the published warehouse remembers."""

    known: dict[str, KnownFile]
    todo: Worklist
    corrections: tuple[Correction, ...]
    has_new_corrections: bool


def ingest(
    settings: Settings,
    inbox: Path,
    options: Options,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
    work: Work = process_chunk,
) -> RunSummary:
    """Bring the warehouse up to date with an inbox.

    `progress` is told files done and files to do. Raises `FlowError`, `WarehouseError` of
    `sql` or `OSError` where the run cannot go on; the published warehouse is then as it was.
    """
    started = time.perf_counter()
    started_at = utc_now()
    engine = engine or DirectEngine(options.workers)
    folder = require_inbox(inbox, settings.warehouse)
    with writer_lock(settings):
        survey = engine.step("find what is new", lambda: _survey(settings, folder, options))
        todo = survey.todo
        logger.info("%s, %s new", counted(todo.files_seen, "file"), f"{todo.files_new:,}")
        if not (todo.has_news or survey.has_new_corrections):
            return _summary(todo, started)
        require_space(settings, todo.fresh)
        with _shard_folder(settings):
            results = _work(settings, todo, options, engine, progress or _silent, work)
            harvest = gather(todo, results, survey.known, code_version())
            run = Run(_new_run_id(), started_at, code_version(), todo.files_seen, todo.files_new)
            published = engine.step(
                "publish the warehouse",
                lambda: publish(settings, harvest, survey.corrections, run, options.keep),
            )
    return replace(_summary(todo, started, harvest, published), run_id=run.run_id)


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, as in `1 file` or `1,204 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def make_chunks(files: Sequence[SourceFile], workers: int) -> list[Chunk]:
    """Cut files into chunks, in order, bounded in number and in bytes."""
    at_most = max(1, min(CHUNK_FILES, -(-len(files) // (workers * CHUNKS_A_WORKER))))
    cuts: list[list[SourceFile]] = []
    weight = 0
    for file in files:
        if not cuts or len(cuts[-1]) >= at_most or weight + file.size > CHUNK_BYTES:
            cuts.append([])
            weight = 0
        cuts[-1].append(file)
        weight += file.size
    return [Chunk(f"{number:06d}", tuple(cut)) for number, cut in enumerate(cuts)]


def _survey(settings: Settings, inbox: Path, options: Options) -> _Survey:
    corrections = read_corrections(settings.corrections)
    known = read_known(settings)
    todo = sort_files(find_files(inbox), known, code_version(), full=options.full)
    is_new = corrections != read_known_corrections(settings)
    return _Survey(known, todo, corrections, is_new)


def _work(
    settings: Settings,
    todo: Worklist,
    options: Options,
    engine: Engine,
    progress: Progress,
    work: Work,
) -> list[ChunkResult]:
    """Work all that is fresh."""
    results: list[ChunkResult] = []
    done = 0
    chunks = make_chunks(todo.fresh, options.workers)
    progress(done, len(todo.fresh))
    with open_pool(options.runner, options.workers, settings.shards, work) as pool:
        stream = engine.spread("read a chunk of files", pool.run, chunks)
        for chunk, result in zip(chunks, stream, strict=True):
            results.append(result)
            done += len(chunk.files)
            progress(done, len(todo.fresh))
    return results


@contextmanager
def _shard_folder(settings: Settings) -> Iterator[None]:
    """Have an empty folder for shards, whatever a killed run left there."""
    shutil.rmtree(settings.shards, ignore_errors=True)
    settings.shards.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(settings.shards, ignore_errors=True)


def _summary(
    todo: Worklist,
    started: float,
    harvest: Harvest | None = None,
    published: Published | None = None,
) -> RunSummary:
    failures = harvest.failures if harvest else ()
    return RunSummary(
        files_seen=todo.files_seen,
        files_new=todo.files_new,
        files_unchanged=todo.files_seen - todo.files_new,
        reports_loaded=published.reports_loaded if published else 0,
        files_quarantined=len(failures),
        in_quarantine=len(todo.waiting) + len(failures),
        files_gone=len(todo.gone),
        findings=published.findings if published else 0,
        seconds=time.perf_counter() - started,
        is_published=published is not None,
        failures=failures,
        new_findings=published.new_findings if published else (),
        new_errors=published.new_errors if published else (),
    )


def _new_run_id() -> str:
    """Make a name that sorts by time, as in `20261122T023000-1a2b3c`."""
    return f"{utc_now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"


def _silent(done: int, total: int) -> None:
    """Report no progress."""
