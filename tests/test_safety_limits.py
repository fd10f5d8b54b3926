"""Limits on time and memory: what goes beyond them costs its own file, named with the reason."""

import itertools
import os
import signal
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

import pytest

from extract import UnreadableFileError
from flows import limits
from flows.exceptions import SettingsError
from flows.ingest import Options, ingest
from flows.pool import open_pool
from flows.process import process_chunk
from flows.records import Chunk, ChunkResult, Failure, SourceFile
from tests.ingest_support import quarantined

MB = 1 << 20
STUCK, ABORTS, KILLED = "stuck", "aborts", "killed"


def hostile(chunk: Chunk, shards: Path) -> ChunkResult:
    """Work files whose names say what a library in C would do with them."""
    limits._GRACE = limits._TOLERANCE = 0.2
    for file in chunk.files:
        with limits.limited(file.size):
            if file.source_path == STUCK:
                deque(itertools.repeat(None), maxlen=0)
            if file.source_path == ABORTS:
                os.abort()
            if file.source_path == KILLED:
                os.kill(os.getpid(), signal.SIGKILL)
    limits.rest()
    return ChunkResult(len(chunk.files), ())


def greedy(chunk: Chunk, shards: Path) -> ChunkResult:
    """Ask for more memory than a file may have, and say what came of it and what it left."""
    failures = []
    for file in chunk.files:
        try:
            with limits.limited(file.size):
                hoard = [bytearray(MB) for _ in range(file.size)]
                del hoard
        except UnreadableFileError as error:
            peak = next(
                line.split()[1]
                for line in Path("/proc/self/status").read_text().splitlines()
                if line.startswith("VmHWM")
            )
            failures.append(Failure(file.source_path, file.sha256, "extract", error.error, peak))
    return ChunkResult(len(chunk.files) - len(failures), tuple(failures))


def files(*paths: str, size: int = 1) -> Chunk:
    return Chunk("1", tuple(SourceFile(path, "", "0" * 64, size, 0) for path in paths))


@pytest.fixture
def one_second(monkeypatch):
    """Let a file take a second, here and in workers."""
    monkeypatch.setenv(limits.SECONDS, "1")
    limits.limits.cache_clear()
    yield
    monkeypatch.undo()
    limits.limits.cache_clear()


def test_a_file_under_which_its_worker_dies_is_named_with_the_reason(tmp_path, one_second):
    with open_pool("processes", 1, tmp_path, hostile) as workers:
        result = workers.run(files("a", STUCK, ABORTS, KILLED, "b"))
    assert result.reports == 2
    died = {failure.source_path: failure for failure in result.failures}
    assert {path: (f.stage, f.error) for path, f in died.items()} == {
        STUCK: ("worker", "TooSlow"),
        ABORTS: ("worker", "WorkerDied"),
        KILLED: ("worker", "WorkerDied"),
    }
    assert died[STUCK].message.startswith("This file takes longer than 1 s. Ingest the report")
    assert died[ABORTS].message.startswith("The worker process died of SIGABRT while it read")
    assert died[KILLED].message.startswith("The worker process died of SIGKILL while it read")


def test_memory_is_refused_file_by_file_and_does_not_add_up(tmp_path, monkeypatch):
    monkeypatch.setenv(limits.MEGABYTES, "100")
    with open_pool("processes", 1, tmp_path, greedy) as workers:
        few = workers.run(files("small", size=60))
        many = workers.run(files(*map(str, range(12)), size=400))
    assert few == ChunkResult(1, ())
    assert {failure.error for failure in many.failures} == {"TooMuchMemory"}
    peaks = [int(failure.message) for failure in many.failures]
    assert len(peaks) == 12
    assert peaks[-1] < peaks[0] + 110 * 1024


@pytest.mark.parametrize("in_thread", [False, True], ids=["main_thread", "thread"])
def test_what_runs_in_python_is_interrupted(one_second, in_thread):
    raised: list[str] = []

    def work() -> None:
        try:
            with limits.limited(1):
                while True:
                    with suppress(Exception):
                        sum(range(1000))
        except UnreadableFileError as error:
            raised.append(error.error)

    begin = time.monotonic()
    if in_thread:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(20)
    else:
        work()
    assert raised == ["TooSlow"]
    assert time.monotonic() - begin < 10


def test_nothing_is_left_of_a_limit(one_second):
    before = limits.resource.getrlimit(limits.resource.RLIMIT_DATA)
    handler = signal.getsignal(signal.SIGALRM)
    with limits.limited(1):
        assert limits.resource.getrlimit(limits.resource.RLIMIT_DATA) != before
    time.sleep(1.2)
    assert limits.resource.getrlimit(limits.resource.RLIMIT_DATA) == before
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_larger_file_may_take_longer(one_second):
    assert limits.seconds_for(0) == 1
    assert limits.seconds_for(10 * MB) == 21


@pytest.mark.parametrize("value", ["x", "0", "-1", "1.5", "1" * 9, "１"])
def test_a_limit_that_is_no_number_is_refused(value):
    with pytest.raises(SettingsError, match="set a whole number of 1 or more, or unset it"):
        limits.read_limits({limits.SECONDS: value})


def test_a_limit_that_is_no_number_stops_the_run(settings, inbox, monkeypatch):
    monkeypatch.setenv(limits.MEGABYTES, "much")
    limits.limits.cache_clear()
    with pytest.raises(SettingsError, match="GONGKAI_FILE_MEMORY_MB is 'much'"):
        ingest(settings, inbox, Options("serial", 1))
    limits.limits.cache_clear()
    assert not settings.warehouse.exists()


def endless(chunk: Chunk, shards: Path) -> ChunkResult:
    """Read files for real, but one of which a library in C makes no end."""
    for file in chunk.files:
        if file.source_path == f"{STUCK}.txt":
            with limits._watchdog.watching(-limits._TOLERANCE + 0.5):
                deque(itertools.repeat(None), maxlen=0)
    return process_chunk(chunk, shards)


def test_the_run_goes_on_and_the_quarantine_says_why(settings, inbox):
    (inbox / f"{STUCK}.txt").write_text("政府信息公开工作年度报告", encoding="utf-8")
    summary = ingest(settings, inbox, Options("processes", 1), work=endless)
    assert (summary.reports_loaded, summary.files_quarantined) == (3, 1)
    assert quarantined(settings) == {f"{STUCK}.txt": ("worker", "TooSlow")}
