"""One writer at a time. The kernel drops the lock with its process, so none is ever stale."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from flows.exceptions import LockedError, ServedError
from flows.settings import Settings


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """Be the only writer of a warehouse; raises LockedError, naming the holder, at once."""
    with _locked(settings.lock, lambda holder: LockedError(settings.warehouse, holder)):
        yield


@contextmanager
def exclusive_lock(path: Path, written: Path) -> Iterator[None]:
    """Hold the file `path` while writing `written`; raises LockedError, naming the holder."""
    with _locked(path, lambda holder: LockedError(written, holder)):
        yield


@contextmanager
def schedule_lock(settings: Settings) -> Iterator[None]:
    """Be the only one with a schedule for a warehouse; raises ServedError, naming the holder."""
    path = settings.state / "schedule.lock"
    with _locked(path, lambda holder: ServedError(settings.warehouse, holder)):
        yield


def holder_of(path: Path) -> str | None:
    """Name the process that holds a lock file, as text; None where nobody does."""
    try:
        with path.open() as stream:
            return _busy_with(stream)
    except FileNotFoundError:
        return None


@contextmanager
def _locked(path: Path, refuse: Callable[[str], Exception]) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Appending leaves the number of a holder in place until the lock is ours.
    with path.open("a+") as stream:
        holder = _busy_with(stream)
        if holder:
            raise refuse(holder)
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        yield


def _busy_with(stream: TextIO) -> str | None:
    """Take the lock of an open file, or name who holds it."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.seek(0)
        return stream.read().strip() or "unknown"
    return None
