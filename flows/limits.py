"""What one file may cost: limits on time and memory, held in the process that reads it.

Soft limits end the file: an alarm interrupts what runs in the main thread, an exception what runs
in another, and memory that is refused raises MemoryError. Code in C may be deaf to all of these,
so a worker process also ends itself, from a thread that needs no interpreter, some time later;
`flows/pool.py` then finds out which file it was.
"""

import ctypes
import faulthandler
import os
import resource
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from extract import UnreadableFileError
from flows.exceptions import SettingsError

SECONDS = "GONGKAI_FILE_SECONDS"
MEGABYTES = "GONGKAI_FILE_MEMORY_MB"
# A report takes some 20 milliseconds and 20 MB. The largest files that can be one at all take half
# of these, on a machine a third as fast.
_DEFAULTS = {SECONDS: 60, MEGABYTES: 1024}
_SECONDS_A_MEGABYTE = 2
_MB = 1 << 20

# A report is some 50 kB; a hundred times the largest known is a scan or a mistake, and reading it
# whole would cost the memory of the machine.
MAX_BYTES = 64 << 20

# The exit code of a worker that ended itself; it is that of `faulthandler`.
STUCK = 1
# How long after the soft limit a worker ends itself, and how long it may be wrong about that: to
# set its alarm anew costs as much as a hundredth of a file.
_GRACE = 10
_TOLERANCE = 2

_STATE = Path("/proc/self/statm")
_STATE_BYTES = 256
_DATA_PAGES = 5


class Limits(NamedTuple):
    """Seconds a file may take beside those for its size, and bytes it may take."""

    seconds: int
    memory: int


class _OutOfTime(BaseException):
    """Raised in the code that takes too long; no library may catch it for an error of its own."""


def read_limits(environment: Mapping[str, str]) -> Limits:
    """Read the limits from the environment; raises SettingsError for what is no number."""
    seconds, megabytes = (_number(environment, name) for name in (SECONDS, MEGABYTES))
    return Limits(seconds, megabytes * _MB)


def _number(environment: Mapping[str, str], name: str) -> int:
    text = environment.get(name, "")
    if not text:
        return _DEFAULTS[name]
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**6):
        raise SettingsError(f"{name} is {text!r}: set a whole number of 1 or more, or unset it")
    return int(text)


@cache
def limits() -> Limits:
    """Give the limits of this process, read once; raises SettingsError."""
    return read_limits(os.environ)


def seconds_for(size: int) -> float:
    """Give the seconds that a file of so many bytes may take at each stage."""
    return limits().seconds + size / _MB * _SECONDS_A_MEGABYTE


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Hold the limits for a file of so many bytes.

    Raises `extract.UnreadableFileError` where it goes beyond them.
    """
    seconds = seconds_for(size)
    try:
        with _watchdog.watching(seconds + _GRACE), _within_time(seconds), _within_memory():
            yield
    except _OutOfTime:
        raise too_slow(size) from None
    except MemoryError:
        raise UnreadableFileError(
            "TooMuchMemory",
            f"This file takes more than {limits().memory / _MB:,.0f} MB of memory.",
            f"Ingest the report alone, as text; or set {MEGABYTES} higher.",
        ) from None


def too_large(size: str) -> UnreadableFileError:
    """The error for a file with more than MAX_BYTES; `size` in words."""
    message = f"The file has {size}; a report has less than 1 MB."
    return UnreadableFileError("TooLarge", message, "Ingest the report as text.")


def too_slow(size: int) -> UnreadableFileError:
    """The error for a file of so many bytes that takes too long."""
    return UnreadableFileError(
        "TooSlow",
        f"This file takes longer than {seconds_for(size):,.0f} s.",
        f"Ingest the report alone, as text; or set {SECONDS} higher.",
    )


class _Watchdog:
    """Ends the process where a file has it stuck; idle until `begin`."""

    def __init__(self) -> None:
        self._nowhere: int | None = None
        self._end = 0.0

    def begin(self) -> None:
        """Watch from now on; for worker processes only."""
        self._nowhere = os.open(os.devnull, os.O_WRONLY)

    @contextmanager
    def watching(self, seconds: float) -> Iterator[None]:
        """End the process after so many seconds, or little more.

        The alarm stays set when the file is done: the next one moves it on, `rest` takes it away.
        """
        if self._nowhere is not None:
            end = time.monotonic() + seconds
            if not end <= self._end <= end + _TOLERANCE:
                self._end = end + _TOLERANCE
                faulthandler.dump_traceback_later(
                    seconds + _TOLERANCE, exit=True, file=self._nowhere
                )
        yield

    def rest(self) -> None:
        """Take the alarm away: what follows is no work on a file."""
        if self._end:
            faulthandler.cancel_dump_traceback_later()
            self._end = 0.0


_watchdog = _Watchdog()
end_when_stuck = _watchdog.begin
rest = _watchdog.rest


@contextmanager
def _within_time(seconds: float) -> Iterator[None]:
    """Raise `_OutOfTime` in this thread after so many seconds."""
    if threading.current_thread() is not threading.main_thread():
        with _thread_within_time(seconds):
            yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise _OutOfTime


@contextmanager
def _thread_within_time(seconds: float) -> Iterator[None]:
    """Do the same in a thread to which no signal comes."""
    ident = threading.get_ident()
    guard = threading.Lock()
    is_over = False

    def stop() -> None:
        with guard:
            if not is_over:
                kind = ctypes.py_object(_OutOfTime)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(ident), kind)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with guard:
            is_over = True
        timer.cancel()


@contextmanager
def _within_memory() -> Iterator[None]:
    """Refuse this process more data than it has now and a file may take, where Linux counts it."""
    state = _state()
    if state is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    memory = limits().memory
    # What earlier files have left behind must not add up.
    most = min(_data_bytes(state), _first_data_bytes(state) + memory) + memory
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@cache
def _first_data_bytes(state: int) -> int:
    """What the process had before its first file."""
    return _data_bytes(state)


def _data_bytes(state: int) -> int:
    pages = int(os.pread(state, _STATE_BYTES, 0).split()[_DATA_PAGES])
    return pages * resource.getpagesize()


@cache
def _state() -> int | None:
    """Open what Linux counts of this process, once, for it is looked at with every file."""
    try:
        return os.open(_STATE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
