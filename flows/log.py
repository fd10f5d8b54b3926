"""One line of talk: for eyes, or as a JSON object for programs. Imports nothing heavy."""

import datetime
import json
import logging
from collections.abc import Mapping

from flows.printable import printable_json, printable_line

FORMS = ("text", "json")
# How a process that a command starts learns in which form to talk.
ENVIRONMENT = "GONGKAI_LOG"


def line_of(
    form: str,
    command: str,
    message: str,
    level: str = "info",
    fields: Mapping[str, object] | None = None,
) -> str:
    """Give one line without its end; `fields` are what a program wants to know beside the message.

    As JSON: time (UTC), level, command, message, and fields where there are any.
    """
    if form != "json":
        return f"gongkai {command}: {printable_line(message)}"
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    record: dict[str, object] = {
        "time": now.replace("+00:00", "Z"),
        "level": level,
        "command": command,
        "message": message,
    }
    if fields:
        record["fields"] = dict(fields)
    return printable_json(json.dumps(record, ensure_ascii=False, default=str))


class LineFormatter(logging.Formatter):
    """What the steps of a run log, as lines of the command; `extra={"fields": …}` gives fields."""

    def __init__(self, form: str, command: str) -> None:
        super().__init__()
        self._form, self._command = form, command

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        fields = getattr(record, "fields", None)
        level = record.levelname.lower()
        return line_of(self._form, self._command, record.getMessage(), level, fields)
