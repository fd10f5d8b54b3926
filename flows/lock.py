"""One writer at a time. The kernel drops the lock with its process, so none is ever stale."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.exceptions import LockedError
from flows.settings import Settings


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """Be the only writer of a warehouse; raises LockedError, naming the holder, at once."""
    settings.state.mkdir(parents=True, exist_ok=True)
    with exclusive_lock(settings.lock, settings.warehouse):
        yield


@contextmanager
def exclusive_lock(lock: Path, written: Path) -> Iterator[None]:
    """Hold the file `lock` while writing `written`; raises LockedError, naming the holder."""
    # Appending leaves the number of a holder in place until the lock is ours.
    with lock.open("a+") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            raise LockedError(written, stream.read().strip() or "unknown") from None
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        yield
