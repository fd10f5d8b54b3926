"""Who does the work: this process, or a pool of worker processes that survives their death.

Workers are spawned, not forked: a fork would copy DuckDB's and Prefect's threads half-way.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from flows import limits
from flows.exceptions import WorkerError
from flows.process import discard_shard, process_chunk
from flows.records import Chunk, ChunkResult, Failure, SourceFile

Work = Callable[[Chunk, Path], ChunkResult]


class Pool(Protocol):
    """Something that works chunks; `run` blocks and may be called from several threads."""

    def run(self, chunk: Chunk) -> ChunkResult:
        """Work one chunk."""
        ...

    def collect(self, result: ChunkResult) -> None:
        """Have the shard of a worked chunk where the loader reads it."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_pool(runner: str, workers: int, shards: Path, work: Work = process_chunk) -> Pool:
    """Make the pool of a runner, one of `flows.settings.RUNNERS`; `work` must pickle."""
    if runner == "serial":
        return SerialPool(shards, work)
    return ProcessPool(workers, shards, work)


class SerialPool:
    """Works in the calling thread, one chunk at a time."""

    def __init__(self, shards: Path, work: Work) -> None:
        self._shards = shards
        self._work = work
        self._turn = threading.Lock()

    def run(self, chunk: Chunk) -> ChunkResult:
        """Work one chunk."""
        with self._turn:
            return self._work(chunk, self._shards)

    def collect(self, result: ChunkResult) -> None:
        """Leave the shard where it was written."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hold nothing, so close nothing."""


class ProcessPool:
    """Works in `workers` processes.

    When a worker dies, all chunks under way are lost with it and nobody knows which was guilty.
    Each of them is then worked again, file by file, in a single process of its own: the file under
    which that process dies as well is the guilty one.
    """

    def __init__(self, workers: int, shards: Path, work: Work) -> None:
        self._workers = workers
        self._shards = shards
        self._work = work
        self._guard = threading.Lock()
        self._apart = threading.Lock()
        self._executor = _start(workers)
        self._is_stopped = False

    def run(self, chunk: Chunk) -> ChunkResult:
        """Work one chunk; raises WorkerError where workers cannot live at all."""
        try:
            with self._guard:
                executor = self._executor
                future = executor.submit(self._work, chunk, self._shards)
            return future.result()
        except BrokenProcessPool:
            if self._is_stopped:
                raise
            self._replace(executor)
            discard_shard(self._shards, chunk.name)
        with self._apart:
            return self._run_apart(chunk)

    def collect(self, result: ChunkResult) -> None:
        """Leave the shard where it was written."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the workers; where the run was interrupted, end them."""
        if kind is KeyboardInterrupt:
            self._is_stopped = True
            for worker in multiprocessing.active_children():
                worker.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Put a new executor in place of a broken one, once its last worker has gone."""
        with self._guard:
            broken.shutdown(wait=True)
            if self._executor is broken:
                self._executor = _start(self._workers)

    def _run_apart(self, chunk: Chunk) -> ChunkResult:
        """Work each file of a suspected chunk as a chunk of its own."""
        results: list[ChunkResult] = []
        executor, process = _start_checked()
        try:
            for number, file in enumerate(chunk.files):
                alone = Chunk(f"{chunk.name}-{number:04d}", (file,))
                try:
                    results.append(executor.submit(self._work, alone, self._shards).result())
                except BrokenProcessPool:
                    executor.shutdown(wait=True)
                    discard_shard(self._shards, alone.name)
                    results.append(ChunkResult(0, (_killed(file, process.exitcode),)))
                    executor, process = _start_checked()
        finally:
            executor.shutdown(wait=True)
        failures = tuple(failure for result in results for failure in result.failures)
        return ChunkResult(sum(result.reports for result in results), failures)


def _start(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)


def _start_checked() -> tuple[ProcessPoolExecutor, BaseProcess]:
    """Start one worker and see it live, so that a file is not blamed for a broken machine."""
    executor = _start(1)
    try:
        number = executor.submit(os.getpid).result()
        (process,) = (one for one in multiprocessing.active_children() if one.pid == number)
    except (BrokenProcessPool, ValueError):
        message = "worker processes die as they start: try again with --runner serial"
        raise WorkerError(message) from None
    return executor, process


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, and end when it ends, even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.end_when_stuck()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _killed(file: SourceFile, exit_code: int | None) -> Failure:
    """Say why a worker died while it read this file alone."""
    if exit_code == limits.STUCK:
        error = limits.too_slow(file.size)
        return Failure(file.source_path, file.sha256, "worker", error.error, str(error))
    message = (
        f"The worker process died{_of(exit_code)} while it read this file, alone. "
        "Look at the file, or give the machine more memory, then: gongkai quarantine --retry"
    )
    return Failure(file.source_path, file.sha256, "worker", "WorkerDied", message)


def _of(exit_code: int | None) -> str:
    """Name the signal that ended a process: SIGKILL where the machine had no more memory."""
    return f" of {signal.Signals(-exit_code).name}" if exit_code and exit_code < 0 else ""
