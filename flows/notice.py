"""What is worth telling somebody of a run: as data for programs, as text for the robots of chats.

The text and the form each robot wants stand in `data/reference/notices.json`.
"""

import datetime
import json
import socket
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from flows.complaints import explain
from flows.journal import FAILED
from flows.records import Failure, RunSummary
from flows.reference import REFERENCE_DIR
from flows.settings import Settings

# What a message lists of each kind; the warehouse has the rest.
MOST_FILES = 20
_MOST_LINES = 5
_NO_NAME = "（未能识别的单位）"


class Notice(NamedTuple):
    """A message: `content` as JSON for programs, `text` for eyes."""

    content: dict[str, object]
    text: str


def notice_of(
    settings: Settings, inbox: str, ended_at: datetime.datetime, result: RunSummary | Exception
) -> Notice | None:
    """Make the message on a run; None where there is nothing to tell.

    Worth telling are a run that failed, files that came into quarantine, and new errors in reports.
    """
    reasons = _reasons(result)
    if not reasons:
        return None
    summary = result if isinstance(result, RunSummary) else RunSummary()
    is_failed = isinstance(result, Exception)
    content: dict[str, object] = {
        "source": "gongkai",
        "status": FAILED if is_failed else summary.outcome,
        "reasons": reasons,
        "host": socket.gethostname(),
        "warehouse": str(settings.warehouse),
        "inbox": inbox,
        "run_id": summary.run_id,
        "ended_at": ended_at.isoformat(timespec="seconds"),
        "error": _error(result) if isinstance(result, Exception) else None,
        "summary": None if is_failed else summary.counts(),
        "new_findings": [row._asdict() for row in summary.new_findings],
        "new_errors": [row._asdict() for row in summary.new_errors],
        "quarantined": [_file(failure) for failure in summary.failures[:MOST_FILES]],
    }
    return Notice(content, "\n".join(_lines(content)))


def body_for(form: str, notice: Notice) -> object:
    """Give what is posted: the content as it is for `json`, else what a robot takes."""
    if form == "json":
        return {**notice.content, "text": notice.text}
    robot = _words()["forms"][form]
    return _filled(robot["body"], _cut(notice.text, robot["most_bytes"]))


def _reasons(result: RunSummary | Exception) -> list[str]:
    if isinstance(result, Exception):
        return ["failure"]
    told = {"quarantine": result.files_quarantined, "new_errors": result.new_errors}
    return [reason for reason, is_there in told.items() if is_there]


def _error(error: Exception) -> dict[str, str]:
    return {"type": type(error).__name__, "message": explain(error)}


def _file(failure: Failure) -> dict[str, object]:
    told = failure._asdict()
    return {name: told[name] for name in ("source_path", "stage", "error", "message")}


def _lines(content: dict[str, Any]) -> Iterable[str]:
    """Give the text line by line, what matters most first, for robots cut what is long."""
    words = _words()["lines"]
    yield words[content["status"]].format_map(content)
    if content["error"]:
        yield words["error"].format_map(content["error"])
    if content["summary"]:
        yield words["counts"].format_map(content["summary"])
    yield words["warehouse"].format_map(content)
    for row in islice(content["new_findings"], _MOST_LINES):
        yield words["rule"].format_map(row)
    for row in islice(content["new_errors"], _MOST_LINES):
        names = {"org_name": row["org_name"] or _NO_NAME, "report_year": row["report_year"] or "？"}
        yield words["new_error"].format_map(row | names)
    for row in islice(content["quarantined"], _MOST_LINES):
        yield words["file"].format_map(row)


def _filled(template: object, text: str) -> object:
    if isinstance(template, dict):
        return {name: _filled(value, text) for name, value in template.items()}
    return text if template == "{text}" else template


def _cut(text: str, most_bytes: int) -> str:
    data = text.encode()
    if len(data) <= most_bytes:
        return text
    return data[: most_bytes - len("…".encode())].decode(errors="ignore") + "…"


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = json.loads((REFERENCE_DIR / "notices.json").read_text(encoding="utf-8"))
    return words
