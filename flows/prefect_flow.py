"""The run as a Prefect flow: the same one for `gongkai ingest`, `gongkai serve` and deployments.

A flow run shows its steps as task runs: one that finds what is new, one for each chunk, one that
publishes; and it leaves tables of what came of it (`flows/prefect_artifacts.py`). Import this after
`flows/prefect_env.py` has set what Prefect needs to find.
"""

import logging
import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from flows.complaints import explain
from flows.console import log_to_stderr
from flows.ingest import CORES, Options, Progress
from flows.log import ENVIRONMENT
from flows.notify import read_target
from flows.orphans import end_with_parent
from flows.outcome import describe
from flows.places import Place, place_of
from flows.prefect_artifacts import leave_artifacts
from flows.prefect_engine import (
    DRAIN_SECONDS,
    DRAIN_SECONDS_AFTER_FAILURE,
    PrefectEngine,
    drain,
)
from flows.records import RunSummary
from flows.runs import Manner, run_once
from flows.settings import KEPT, Settings, read_settings

NAME = "gongkai ingest"
_ONCE = Manner()

logger = logging.getLogger(__name__)


@dataclass
class _Caller:
    """A command that waits for the run in this process: it shows what happens, and complains."""

    settings: Settings
    progress: Progress | None
    engines: list[tuple[str | None, PrefectEngine]] = field(default_factory=list)


_caller: ContextVar[_Caller | None] = ContextVar("caller", default=None)


# Each parameter is a field of the form in which Prefect's page starts a run.
@flow(name=NAME)
def ingest_inbox(  # noqa: PLR0913
    inbox: str,
    warehouse: str | None = None,
    *,
    runner: str = "processes",
    workers: int | None = None,
    full: bool = False,
    keep: int = KEPT,
    retries: int = 0,
    sources: str | None = None,
    address: str | None = None,
    shards: str | None = None,
) -> RunSummary:
    """Bring a warehouse up to date with an inbox.

    Runs that no command waits for take from the environment who is told (GONGKAI_NOTIFY) and how
    lines look (GONGKAI_LOG), since parameters are shown to everyone.
    """
    shared = place_of(shards) if shards else None
    options = Options(runner, workers or CORES, full, keep, address, shared)
    manner = Manner(retries, read_target(os.environ), Path(sources) if sources else None)
    return run_in_flow(place_of(inbox), Path(warehouse) if warehouse else None, options, manner)


def run_in_flow(
    inbox: Place, warehouse: Path | None, options: Options, manner: Manner
) -> RunSummary:
    """Do the work of a flow run; for a command that waits, or for nobody.

    Apart from the flow, which is sent to a cluster with all that its own text names.
    """
    caller = _caller.get()
    engine = PrefectEngine(options)
    if caller:
        caller.engines.append((flow_run.get_id(), engine))
        place, progress = caller.settings, caller.progress
    else:
        end_with_parent()
        log_to_stderr("ingest", os.environ.get(ENVIRONMENT, "text"))
        place, progress = read_settings(warehouse, os.environ), None
    try:
        summary = run_once(place, inbox, options, manner, engine=engine, progress=progress)
    except Exception as error:
        if not caller:
            logger.error("%s", explain(error))
        raise
    leave_artifacts(place, summary)
    if not caller:
        for line in describe(summary):
            logger.info("%s", line.text, extra={"fields": line.fields})
    return summary


def ingest_with_prefect(
    settings: Settings,
    inbox: Place,
    options: Options,
    progress: Progress | None = None,
    *,
    manner: Manner = _ONCE,
    drained: bool = True,
) -> RunSummary:
    """Do what `flows.runs.run_once` does, as a flow run; raises the same errors.

    `drained` waits until the server has recorded the end of every task run: a temporary one is
    stopped after the run, and what it has not recorded by then is lost.
    """
    caller = _Caller(settings, progress)
    token = _caller.set(caller)
    seconds = DRAIN_SECONDS_AFTER_FAILURE
    try:
        summary: RunSummary = ingest_inbox(
            str(inbox),
            str(settings.warehouse),
            runner=options.runner,
            workers=options.workers,
            full=options.full,
            keep=options.keep,
            retries=manner.retries,
            sources=str(manner.sources) if manner.sources else None,
            address=options.address,
            shards=str(options.shards) if options.shards else None,
        )
        seconds = DRAIN_SECONDS
    finally:
        _caller.reset(token)
        for flow_run_id, engine in caller.engines:
            if drained:
                drain(flow_run_id, engine.task_runs, seconds)
    return summary
