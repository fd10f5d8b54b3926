"""One run with all that belongs to it: patience, a journal entry, a message to who wants it."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from flows.complaints import explain
from flows.discover import require_inbox
from flows.engine import Engine
from flows.ingest import Options, Progress, ingest
from flows.journal import FAILED, RUNNING, Entry, write_entry
from flows.notice import notice_of
from flows.notify import Target, post
from flows.patience import patiently
from flows.records import RunSummary
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is attended to: tries more where it may pass, and who is told."""

    retries: int = 0
    target: Target | None = None


def run_once(
    settings: Settings,
    inbox: Path,
    options: Options,
    manner: Manner,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Do what `flows.ingest.ingest` does, again where that may help; raises the same errors."""
    entry = Entry(str(inbox.expanduser().resolve()), _now(), RUNNING)

    def attempt() -> RunSummary:
        require_inbox(inbox, settings.warehouse)
        write_entry(settings, entry)
        return ingest(settings, inbox, options, engine=engine, progress=progress)

    try:
        summary = patiently(attempt, manner.retries)
    except Exception as error:
        _tell(settings, entry, manner, error)
        raise
    _tell(settings, entry, manner, summary)
    return summary


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
