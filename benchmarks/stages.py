"""What each stage of a report costs: the pipeline itself, with a clock around each of its steps."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

import extract.read
import transform.report
from extract import read_document
from flows.reference import load_reference
from sql import warehouse
from transform.frames import to_frames
from transform.records import Report, Source

P = ParamSpec("P")
R = TypeVar("R")

# Steps of the transform, by the stage they are counted in.
_STEPS = {
    "clean": "text",
    "split_sections": "sections",
    "recognise_tables": "tables",
    "read_sources": "identity",
    "resolve": "identity",
    "read_period": "period",
    "_narrative": "prose",
}
STAGES = ("decode", "extract", *dict.fromkeys(_STEPS.values()), "rest", "frames", "shard")
_WARM_UP = 20


class _Clock:
    """Seconds of CPU by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def timed(self, stage: str, step: Callable[P, R]) -> Callable[P, R]:
        """Give the step with a clock around it."""

        def run(*args: P.args, **named: P.kwargs) -> R:
            start = time.process_time()
            try:
                return step(*args, **named)
            finally:
                self.seconds[stage] += time.process_time() - start

        return run


def costs(files: Sequence[bytes]) -> dict[str, float]:
    """Give seconds of CPU a file for each stage; what is done once a process is not counted."""
    load_reference()
    _made(files[:_WARM_UP], _Clock())
    clock = _Clock()
    with ExitStack() as patched:
        for step, stage in _STEPS.items():
            timed = clock.timed(stage, getattr(transform.report, step))
            patched.enter_context(patch.object(transform.report, step, timed))
        timed_decode = clock.timed("decode", extract.read.decode)
        patched.enter_context(patch.object(extract.read, "decode", timed_decode))
        reports = _made(files, clock)
    seconds = clock.seconds
    seconds["extract"] -= seconds["decode"]
    seconds["rest"] -= sum(seconds[stage] for stage in set(_STEPS.values()))
    frames = clock.timed("frames", to_frames)(reports)
    with tempfile.TemporaryDirectory() as folder:
        clock.timed("shard", warehouse.write_shard)(frames, Path(folder), "0")
    return {stage: spent / len(files) for stage, spent in seconds.items()}


def _made(files: Sequence[bytes], clock: _Clock) -> list[Report]:
    read = clock.timed("extract", read_document)
    build = clock.timed("rest", transform.report.build_report)
    digest = clock.timed("decode", hashlib.sha256)
    reports = []
    for number, data in enumerate(files):
        source = Source(f"{number}.html", digest(data).hexdigest(), len(data))
        reports.append(build(read(data), source, load_reference()))
    return reports
