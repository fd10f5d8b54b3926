"""`gongkai rollback`."""

import argparse
import os
from collections.abc import Iterator

from flows.answers import write_answer
from flows.console import log_to_stderr, say
from flows.earlier import editions, roll_back
from flows.ingest import counted
from flows.lock import writer_lock
from flows.query import Answer
from flows.settings import Settings, read_settings


def run(args: argparse.Namespace) -> int:
    """List what is kept, or publish one of it again."""
    log_to_stderr("rollback")
    settings = read_settings(args.warehouse, os.environ)
    if args.list:
        _list(settings)
        return 0
    with writer_lock(settings):
        edition = roll_back(settings, args.to)
    reports = counted(edition.run.count_reports, "report")
    say("rollback", f"published the warehouse of run {edition.run.run_id} again: {reports}")
    return 0


def _list(settings: Settings) -> None:
    columns = ("run_id", "finished_at", "status", "reports")
    rows: Iterator[tuple[object, ...]] = (
        (run.run_id, run.finished_at, run.status, run.count_reports)
        for _, run in editions(settings)
    )
    write_answer(Answer(columns, (False, False, False, True), rows), "table")
