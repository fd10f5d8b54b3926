"""The steps of a run as tasks of Prefect, and how to wait until its server has recorded them.

On one machine tasks are threads that wait for the one pool of `flows/pool.py`, since workers of
Prefect's own would each start a temporary server. On a cluster they run where
`flows/prefect_runners.py` has them run.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import httpx
from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.ingest import Options
from flows.prefect_runners import explain_loss, make_task_runner
from flows.prefect_server import ADDRESS
from flows.records import Chunk, ChunkResult

DRAIN_SECONDS = 60.0
# Tasks that were cancelled before they began are never recorded.
DRAIN_SECONDS_AFTER_FAILURE = 5.0
DRAIN_PAUSE_SECONDS = 0.1
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class PrefectEngine:
    """Calls every step of a run as a task; counts the task runs it makes.

    Chunks wait in a thread for each worker, so that what is shown as running is being worked.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
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

        with make_task_runner(self._options) as runner:
            futures = [
                runner.submit(do_chunk, {"number": number, "call": partial(function, chunk)})
                for number, chunk in enumerate(chunks)
            ]
            for chunk, future in zip(chunks, futures, strict=True):
                try:
                    result: ChunkResult = future.result()
                # Whatever the task raised, or the cluster about it.
                except Exception as error:  # noqa: BLE001
                    raise explain_loss(error, chunk) from None
                yield result


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
