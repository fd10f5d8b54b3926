"""How the last run over a warehouse went: a small JSON file in the state folder beside it.

The table `runs` has only runs that published something. What a schedule and `gongkai doctor` must
know besides are runs that failed, that were cut short, and that found nothing new.
"""

import datetime
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.drafts import replacing
from flows.settings import Settings

FAILED = "failed"
# It stays in the file where a run was killed.
RUNNING = "running"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One run: `outcome` is `ok`, `quarantined`, FAILED or RUNNING; moments are in UTC."""

    inbox: str
    started_at: datetime.datetime
    outcome: str
    ended_at: datetime.datetime | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """The last run over a warehouse, and when each inbox was last brought in without an error."""

    last: Entry | None
    finished: dict[str, datetime.datetime]


def read_journal(settings: Settings) -> Journal:
    """Read the journal of a warehouse; an empty one where there is none or it is no journal."""
    try:
        told = json.loads(_path(settings).read_text(encoding="utf-8"))
        finished = {name: _moment(text) for name, text in told["finished"].items()}
        return Journal(_entry(told["last"]), finished)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Journal(None, {})


def write_entry(settings: Settings, entry: Entry) -> None:
    """Note a run as the last one.

    Does nothing before the first run has made the state folder. What cannot be written is a
    warning, for no run fails for its journal; but where a run failed, its own error says enough.
    """
    if not settings.state.is_dir():
        return
    finished = read_journal(settings).finished
    if entry.ended_at and entry.outcome != FAILED:
        finished[entry.inbox] = entry.ended_at
    text = json.dumps(
        {"last": asdict(entry), "finished": finished},
        default=datetime.datetime.isoformat,
        ensure_ascii=False,
        indent=1,
    )
    try:
        with replacing(_path(settings)) as draft:
            draft.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        level = logging.WARNING if entry.outcome not in (FAILED, RUNNING) else logging.DEBUG
        logger.log(level, "%s cannot be written: %s", _path(settings), error.strerror)


def _path(settings: Settings) -> Path:
    return settings.state / "last_run.json"


def _entry(told: dict[str, str | None]) -> Entry:
    ended = told["ended_at"]
    return Entry(
        inbox=str(told["inbox"]),
        started_at=_moment(str(told["started_at"])),
        outcome=str(told["outcome"]),
        ended_at=_moment(ended) if ended else None,
        message=str(told["message"]),
    )


def _moment(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
