"""Talk: log lines, progress and outcome on stderr, so that stdout is data alone."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.ingest import Progress as Report
from flows.log import LineFormatter, line_of


def say(
    command: str, line: str, form: str = "text", fields: Mapping[str, object] | None = None
) -> None:
    """Write one line to stderr; `form` is one of `flows.log.FORMS`."""
    sys.stderr.write(f"{line_of(form, command, line, fields=fields)}\n")
    sys.stderr.flush()


class _ToStderr(logging.Handler):
    """Writes to what is stderr at the time, which whoever calls a command may have changed."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line of a record."""
        sys.stderr.write(f"{self.format(record)}\n")
        sys.stderr.flush()


def log_to_stderr(command: str, form: str = "text") -> None:
    """Let what the steps of a run log appear as lines of this command."""
    handler = _ToStderr()
    handler.setFormatter(LineFormatter(form, command))
    logger = logging.getLogger("flows")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    # Prefect gives the root logger a handler of its own.
    logger.propagate = False


@contextmanager
def progress_bar(form: str = "text", doing: str = "reading") -> Iterator[Report]:
    """Show files done on a terminal; in a log file, or where lines are JSON, show nothing."""
    console = Console(stderr=True)
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    is_shown = console.is_terminal and form == "text"
    with Progress(*columns, console=console, transient=True, disable=not is_shown) as bar:
        task = bar.add_task(doing, total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)
