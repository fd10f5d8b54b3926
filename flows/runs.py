"""One run with all that belongs to it: patience, a journal entry, a message to who wants it."""

import datetime
import importlib
from dataclasses import dataclass, replace
from pathlib import Path

from flows.complaints import explain
from flows.discover import require_inbox
from flows.engine import Engine
from flows.exceptions import RequestError
from flows.ingest import Options, Progress, ingest
from flows.journal import FAILED, RUNNING, Entry, write_entry
from flows.notice import notice_of
from flows.notify import Target, post
from flows.patience import patiently
from flows.places import Place
from flows.records import RunSummary
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is attended to.

    Tries more where it may pass, who is told, and the list of what to fetch into the inbox before.
    """

    retries: int = 0
    target: Target | None = None
    sources: Path | None = None


def run_once(
    settings: Settings,
    inbox: Place,
    options: Options,
    manner: Manner,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Fetch, and do what `flows.ingest.ingest` does, again where that may help.

    Raises the errors of `flows.ingest.ingest` and of `flows.fetch.into.fetch_into`.
    """
    name = inbox if isinstance(inbox, str) else str(inbox.expanduser().resolve())
    entry = Entry(name, _now(), RUNNING)

    def attempt() -> RunSummary:
        if isinstance(inbox, Path):
            require_inbox(inbox, settings.warehouse)
        write_entry(settings, entry)
        return ingest(settings, inbox, options, engine=engine, progress=progress)

    try:
        sources_failed = _fetch(manner.sources, inbox)
        summary = replace(patiently(attempt, manner.retries), sources_failed=sources_failed)
    except Exception as error:
        _tell(settings, entry, manner, error)
        raise
    _tell(settings, entry, manner, summary)
    return summary


def _fetch(sources: Path | None, inbox: Place) -> int:
    """Fetch what a file lists; give how many of its sources failed."""
    if not sources:
        return 0
    if not isinstance(inbox, Path):
        message = f"--sources fetches into a folder, and {inbox} is none: fetch elsewhere first"
        raise RequestError(message)
    # What speaks to the network is loaded only where it is needed.
    failed: int = importlib.import_module("flows.fetch.into").fetch_into(sources, inbox).failed
    return failed


def _tell(settings: Settings, entry: Entry, manner: Manner, result: RunSummary | Exception) -> None:
    """Write how a run ended where it is looked for."""
    if isinstance(result, Exception):
        outcome, message = FAILED, explain(result)
    else:
        outcome, message = result.outcome, ""
    ended_at = _now()
    write_entry(settings, replace(entry, outcome=outcome, ended_at=ended_at, message=message))
    notice = notice_of(settings, entry.inbox, ended_at, result)
    if notice and manner.target:
        post(manner.target, notice)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
