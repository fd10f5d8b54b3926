"""What a worker of a cluster does with a chunk: it hands it to processes of its own.

A file that kills the process that reads it kills none that the cluster knows of, so limits and
deaths are dealt with in one place, `flows/pool.py`, wherever the work is done.
"""

import multiprocessing
import os
import socket
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from flows.exceptions import ClusterError
from flows.packs import receive_pack, send_pack
from flows.places import Place, Url, inside
from flows.pool import Pool, Work, open_pool
from flows.records import Chunk, ChunkResult
from flows.storage import make_folder, remove
from flows.version import code_version

# Long enough for a worker that waits for its next chunk, short enough for a cluster shared with
# others.
IDLE_SECONDS = 30.0


class Workplace(NamedTuple):
    """Processes of one worker, and the folder they write shards to."""

    pool: Pool
    shards: Path


@dataclass(frozen=True, slots=True)
class ClusterPool:
    """Works chunks on whatever worker it is sent to, for it pickles; is a `flows.pool.Pool`.

    `place` is where workers leave their packs, `shards` where `collect` unpacks them. `inbox` and
    `version` are those of the machine that runs the flow, which a worker must share.
    """

    inbox: Place
    place: Place
    shards: Path
    work: Work
    version: str

    def run(self, chunk: Chunk) -> ChunkResult:
        """Work one chunk on this worker; raises ClusterError where the worker is not equipped.

        The name is made anew: a cluster may work a chunk twice when it loses sight of a worker.
        """
        self._require_equipment()
        once = chunk._replace(name=f"{chunk.name}-{uuid.uuid4().hex[:8]}")
        with _keeper(self.work).workplace() as (pool, shards):
            result = pool.run(once)
            return result._replace(pack=send_pack(shards, once.name, self.place))

    def collect(self, result: ChunkResult) -> None:
        """Bring the shards of a chunk to the one loader; raises ClusterError where they are not."""
        if not result.pack:
            return
        try:
            receive_pack(self.place, result.pack, self.shards)
        except FileNotFoundError:
            message = (
                f"a worker wrote {result.pack} to {self.place} but it is not there on this machine:"
                " name a place both see with --shards"
            )
            raise ClusterError(message) from None

    def __enter__(self) -> Self:
        """Make the place, clear of what a run that was killed left there."""
        remove(_upper(self.place))
        make_folder(self.place)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing in the place."""
        remove(_upper(self.place))

    def _require_equipment(self) -> None:
        here = f"the cluster's worker on {socket.gethostname()}"
        if code_version() != self.version:
            message = f"{here} has gongkai {code_version()} but this run {self.version}"
            raise ClusterError(f"{message}: install the same on both")
        for name, path in (("inbox", self.inbox), ("shards", self.place)):
            if isinstance(path, Path) and not path.is_dir():
                message = f"{here} does not see {path}: give a URL or a path it shares as {name}"
                raise ClusterError(message)


def run_place(shards: Place, warehouse: Path) -> Place:
    """Name a place for the packs of one run, below one of this warehouse alone.

    What goes on writing for a run that was killed does not meet the next.
    """
    of_warehouse = uuid.uuid5(uuid.NAMESPACE_URL, f"{socket.gethostname()}:{warehouse}").hex[:12]
    return inside(shards, f"gongkai-{of_warehouse}", uuid.uuid4().hex[:12])


def _upper(place: Place) -> Place:
    """Give the place of a warehouse from that of one of its runs."""
    return place.parent if isinstance(place, Path) else Url(place.rpartition("/")[0])


class _Keeper:
    """Keeps a workplace open from chunk to chunk, and closes it when none came for a while."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._guard = threading.Lock()
        self._users = 0
        self._opened = ExitStack()
        self._place: Workplace | None = None
        self._closing: threading.Timer | None = None
        # Else a worker that is told to end waits for our processes, and these for its end. First
        # of all: the queue by which they are told to end is closed with priority 10.
        Finalize(None, self._interrupt, exitpriority=100)

    @contextmanager
    def workplace(self) -> Iterator[Workplace]:
        """Give the workplace; several threads of a worker may share it."""
        with self._guard:
            self._users += 1
            if self._closing:
                self._closing.cancel()
            self._place = self._place or self._open()
            place = self._place
        try:
            yield place
        finally:
            with self._guard:
                self._users -= 1
                if not self._users:
                    self._closing = threading.Timer(IDLE_SECONDS, self._close)
                    self._closing.daemon = True
                    self._closing.start()

    def _open(self) -> Workplace:
        # Dask starts its workers as daemons, which may have no processes of their own. Ours end
        # with the worker all the same: flows/pool.py sees to that.
        multiprocessing.current_process().daemon = False
        folder = Path(self._opened.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-")))
        # One starts for each chunk that is worked at the same time, no more.
        most = os.cpu_count() or 1
        pool = self._opened.enter_context(open_pool("processes", most, folder, self._work))
        return Workplace(pool, folder)

    def _interrupt(self) -> None:
        """End at once, whatever is under way: the worker is ending, and is given seconds."""
        self._opened.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)

    def _close(self) -> None:
        with self._guard:
            if not self._users:
                self._place = None
                self._opened.close()


@cache
def _keeper(work: Work) -> _Keeper:
    """Give the keeper of this process for a kind of work."""
    return _Keeper(work)
