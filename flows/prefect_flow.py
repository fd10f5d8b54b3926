"""The run as a Prefect flow; the one module that imports Prefect, after `flows/prefect_env.py`.

A flow run shows its steps as task runs: one that finds what is new, one for each chunk, one that
publishes. On one machine tasks are threads that wait for the one pool of `flows/pool.py`; on a
cluster they run where `flows/prefect_runners.py` has them run.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.ingest import Options, Progress, ingest
from flows.places import Place, place_of
from flows.prefect_runners import Here, explain_loss, make_task_runner
from flows.prefect_server import ADDRESS
from flows.records import Chunk, ChunkResult, RunSummary
from flows.settings import Settings

DRAIN_SECONDS = 60.0
# Tasks that were cancelled before they began are never recorded.
DRAIN_SECONDS_AFTER_FAILURE = 5.0
DRAIN_PAUSE_SECONDS = 0.1
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class PrefectEngine:
    """Calls every step of a run as a task; counts the task runs it makes."""

    def __init__(self) -> None:
        self.task_runs = 0

    def step(self, name: str, function: Callable[[], Result]) -> Result:
        """Do one step."""
        self.task_runs += 1

        @task(name=name, cache_policy=NO_CACHE)
        def do_step() -> Result:
            return function()

        return do_step()

    def spread(
        self, name: str, function: Callable[[Chunk], ChunkResult], chunks: Sequence[Chunk]
    ) -> Iterator[ChunkResult]:
        """Do one step for every chunk; Prefect looks into values, but not into a call."""
        self.task_runs += len(chunks)

        @task(name=name, task_run_name="chunk {number}", cache_policy=NO_CACHE)
        def do_chunk(number: int, call: Callable[[], ChunkResult]) -> ChunkResult:
            return call()

        futures = [do_chunk.submit(n, partial(function, chunk)) for n, chunk in enumerate(chunks)]
        for chunk, future in zip(chunks, futures, strict=True):
            try:
                yield future.result()
            # Whatever the task raised, or the cluster about it.
            except Exception as error:  # noqa: BLE001
                raise explain_loss(error, chunk) from None


def ingest_with_prefect(
    settings: Settings,
    inbox: Place,
    options: Options,
    progress: Progress | None = None,
    *,
    drained: bool = True,
) -> RunSummary:
    """Do what `flows.ingest.ingest` does, as a flow run; raises the same errors.

    `drained` waits until the server has recorded the end of every task run: a temporary one is
    stopped after the run, and what it has not recorded by then is lost.
    """
    engine = PrefectEngine()
    flow_runs: list[str | None] = []
    local = Here(progress)

    @flow(name="gongkai ingest", task_runner=make_task_runner(options))
    def ingest_flow(
        inbox: str, warehouse: str, runner: str, workers: int, full: bool, keep: int
    ) -> RunSummary:
        flow_runs.append(flow_run.get_id())
        place = Settings(Path(warehouse), settings.prefect_home)
        how = Options(runner, workers, full, keep, options.address, options.shards)
        return ingest(place, place_of(inbox), how, engine=engine, progress=local.value)

    seconds = DRAIN_SECONDS_AFTER_FAILURE
    try:
        summary: RunSummary = ingest_flow(
            str(inbox),
            str(settings.warehouse),
            options.runner,
            options.workers,
            options.full,
            options.keep,
        )
        seconds = DRAIN_SECONDS
    finally:
        if drained and flow_runs:
            drain(flow_runs[0], engine.task_runs, seconds)
    return summary


def drain(flow_run_id: str | None, task_runs: int, seconds: float) -> bool:
    """Wait until the end of so many task runs is recorded; tells whether it came to that."""
    url = f"{os.environ[ADDRESS]}/task_runs/count"
    wanted = {
        "flow_runs": {"id": {"any_": [flow_run_id]}},
        "task_runs": {"state": {"type": {"any_": list(_ENDED)}}},
    }
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            answer = httpx.post(url, json=wanted, timeout=seconds).raise_for_status()
            if int(answer.json()) >= task_runs:
                return True
            time.sleep(DRAIN_PAUSE_SECONDS)
    except httpx.HTTPError as error:
        logger.warning("Prefect's server has gone (%s); the warehouse does not need it", error)
        return False
    logger.warning("Prefect did not record every task run; the warehouse does not need it")
    return False
