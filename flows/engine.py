"""How the steps of a run are called: directly here, through Prefect in `flows/prefect_flow.py`."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from flows.records import Chunk, ChunkResult

Result = TypeVar("Result")


class Engine(Protocol):
    """Calls the steps of a run; `name` is for whoever watches it."""

    def step(self, name: str, function: Callable[[], Result]) -> Result:
        """Do one step."""
        ...

    def spread(
        self, name: str, function: Callable[[Chunk], ChunkResult], chunks: Sequence[Chunk]
    ) -> Iterator[ChunkResult]:
        """Do one step for every chunk, several at a time; results in the order of the chunks."""
        ...


class DirectEngine:
    """Plain calls; chunks wait in `workers` threads for the pool that works them.

    One at a time they need none: what runs in the main thread is watched more cheaply.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def step(self, name: str, function: Callable[[], Result]) -> Result:
        """Do one step."""
        return function()

    def spread(
        self,
        name: str,
        function: Callable[[Chunk], ChunkResult],
        chunks: Sequence[Chunk],
    ) -> Iterator[ChunkResult]:
        """Do one step for every chunk; after an error or Ctrl-C no further chunk is begun."""
        if self._workers == 1:
            yield from map(function, chunks)
            return
        threads = ThreadPoolExecutor(self._workers)
        try:
            yield from threads.map(function, chunks)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
