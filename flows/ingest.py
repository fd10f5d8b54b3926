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

from flows.cluster import ClusterPool, run_place
from flows.corrections import Correction, read_corrections
from flows.discover import find_files, require_inbox
from flows.discover_url import find_url_files
from flows.disk import require_space
from flows.engine import DirectEngine, Engine
from flows.fetch.manifest import Fetched, read_manifest
from flows.harvest import Harvest, gather
from flows.lock import writer_lock
from flows.places import Place
from flows.pool import Pool, Work, open_pool
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
from flows.settings import CLUSTERS, KEPT, Settings
from flows.version import code_version
from flows.worklist import Worklist, add_urls, sort_files

# Some two seconds' work; what a chunk costs beside its files (a shard, a task run) is some 50 ms.
CHUNK_FILES = 512
# Bounds what a worker holds at a time where files are large.
CHUNK_BYTES = 32 << 20
# Small inboxes are cut finer, so that every worker has something to do.
CHUNKS_A_WORKER = 4

# On a cluster each chunk costs a tenth of a second more.
LEAST_ON_A_CLUSTER = 64

_STRAYS_SHOWN = 5

# Cores this process may use, which in a container can be fewer than the machine has.
CORES = len(os.sched_getaffinity(0))

Progress = Callable[[int, int], None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How to run; `runner` is one of `flows.settings.RUNNERS`, `full` reads every file again.

    `keep` is how many warehouses are kept for a way back. Of a cluster: `address` is that of one
    which is there, else one of `workers` is started here; `shards` is the place that its workers
    share with this machine.
    """

    runner: str = "processes"
    workers: int = CORES
    full: bool = False
    keep: int = KEPT
    address: str | None = None
    shards: Place | None = None

    @property
    def least_files(self) -> int:
        """How many files a chunk has at least, if there are as many."""
        return LEAST_ON_A_CLUSTER if self.runner in CLUSTERS else 1


class _Survey(NamedTuple):
    """What there is to do, beside what the published warehouse remembers."""

    known: dict[str, KnownFile]
    todo: Worklist
    fetched: tuple[Fetched, ...]
    corrections: tuple[Correction, ...]
    has_new_corrections: bool


def ingest(
    settings: Settings,
    inbox: Place,
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
    engine = engine or DirectEngine(1 if options.runner == "serial" else options.workers)
    folder = require_inbox(inbox, settings.warehouse) if isinstance(inbox, Path) else inbox
    with writer_lock(settings):
        survey = engine.step("find what is new", lambda: _survey(settings, folder, options))
        todo = survey.todo
        logger.info("%s, %s new", counted(todo.files_seen, "file"), f"{todo.files_new:,}")
        if not (todo.has_news or survey.has_new_corrections):
            return _summary(todo, started)
        require_space(settings, todo.fresh)
        with _shard_folder(settings):
            pool = _pool(settings, folder, options, work)
            results = _work(pool, todo, options, engine, progress or _silent)
            harvest = gather(todo, results, survey.known, code_version())
            run = Run(_new_run_id(), started_at, code_version(), todo.files_seen, todo.files_new)
            published = engine.step(
                "publish the warehouse",
                lambda: publish(
                    settings, harvest, survey.corrections, survey.fetched, run, options.keep
                ),
            )
    return replace(_summary(todo, started, harvest, published), run_id=run.run_id)


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, as in `1 file` or `1,204 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def make_chunks(files: Sequence[SourceFile], workers: int, least: int = 1) -> list[Chunk]:
    """Cut files into chunks, in order, bounded in number and in bytes."""
    at_most = max(least, min(CHUNK_FILES, -(-len(files) // (workers * CHUNKS_A_WORKER))))
    cuts: list[list[SourceFile]] = []
    weight = 0
    for file in files:
        if not cuts or len(cuts[-1]) >= at_most or weight + file.size > CHUNK_BYTES:
            cuts.append([])
            weight = 0
        cuts[-1].append(file)
        weight += file.size
    return [Chunk(f"{number:06d}", tuple(cut)) for number, cut in enumerate(cuts)]


def _survey(settings: Settings, inbox: Place, options: Options) -> _Survey:
    corrections = read_corrections(settings.corrections)
    known = read_known(settings)
    found = find_files(inbox) if isinstance(inbox, Path) else find_url_files(inbox)
    _tell_of_strays(found.strays)
    fetched = _fetched(inbox)
    urls = {(file.source_path, file.sha256): file.final_url for file in fetched}
    todo = sort_files(found, known, code_version(), full=options.full)
    add_urls(todo, urls)
    is_new = corrections != read_known_corrections(settings)
    return _Survey(known, todo, fetched, corrections, is_new)


def _tell_of_strays(strays: Sequence[str]) -> None:
    if strays:
        some = ", ".join(strays[:_STRAYS_SHOWN]) + (" …" if len(strays) > _STRAYS_SHOWN else "")
        what = "neither a file nor a link to one inside the inbox: put the files themselves there"
        logger.warning("left out %s, %s (%s)", f"{len(strays):,}", what, some)


def _fetched(inbox: Place) -> tuple[Fetched, ...]:
    """Give where files of an inbox were fetched from; only folders are fetched into."""
    if not isinstance(inbox, Path):
        return ()
    return tuple(file for file in read_manifest(inbox).values() if file.is_kept)


def _pool(settings: Settings, inbox: Place, options: Options, work: Work) -> Pool:
    """Make who does the work."""
    if options.runner not in CLUSTERS:
        return open_pool(options.runner, options.workers, settings.shards, work)
    place = run_place(options.shards or settings.packs, settings.warehouse)
    return ClusterPool(inbox, place, settings.shards, work, code_version())


def _work(
    pool: Pool, todo: Worklist, options: Options, engine: Engine, progress: Progress
) -> list[ChunkResult]:
    """Work all that is fresh."""
    results: list[ChunkResult] = []
    done = 0
    chunks = make_chunks(todo.fresh, options.workers, options.least_files)
    progress(done, len(todo.fresh))
    with pool:
        stream = engine.spread("read a chunk of files", pool.run, chunks)
        for chunk, result in zip(chunks, stream, strict=True):
            pool.collect(result)
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
