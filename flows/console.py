"""Talk: log lines, progress and outcome on stderr, so that stdout is data alone."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.ingest import Progress as Report
from flows.printable import printable_line


def say(command: str, line: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(f"gongkai {command}: {printable_line(line)}\n")
    sys.stderr.flush()


def log_to_stderr(command: str) -> None:
    """Let what the steps of a run log appear as lines of this command."""
    handler = logging.StreamHandler()
    handler.setFormatter(_LineFormatter(f"gongkai {command}: %(message)s"))
    logger = logging.getLogger("flows")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    # Prefect gives the root logger a handler of its own.
    logger.propagate = False


class _LineFormatter(logging.Formatter):
    """Gives a record as one line, whatever stands in its message."""

    def format(self, record: logging.LogRecord) -> str:
        return printable_line(super().format(record))


@contextmanager
def progress_bar() -> Iterator[Report]:
    """Show files done on a terminal; in a log file, show nothing."""
    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("reading", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)
