"""`gongkai fetch`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from flows.console import progress_bar, say
from flows.fetch.run import FAILED, UNCHANGED, FetchSummary, Outcome, fetch
from flows.fetch.sources import read_sources
from flows.ingest import counted


def run(args: argparse.Namespace) -> int:
    """Fetch all sources and say what came of it."""
    summary = fetch_into(args.sources, args.into, "fetch")
    if summary.failed:
        return 1 if summary.failed == summary.total else 3
    return 0


def fetch_into(sources: Path, inbox: Path, command: str) -> FetchSummary:
    """Fetch the sources of a file into an inbox, and say so as `command`.

    Raises SourcesError, and what `flows.fetch.run.fetch` raises.
    """
    wanted = read_sources(sources.expanduser())

    def tell(outcome: Outcome) -> None:
        if outcome.kind == FAILED:
            say(command, f"failed {outcome.url}: {outcome.words}")
        elif outcome.kind != UNCHANGED:
            say(command, f"{outcome.kind} {outcome.words} from {outcome.url}")

    with progress_bar(doing="fetching") as progress:
        summary = fetch(wanted, inbox.expanduser(), tell, progress)
    for line in describe(summary):
        say(command, line)
    return summary


def describe(summary: FetchSummary) -> Iterator[str]:
    """Give the outcome of a run in lines."""
    fetched = f"fetched {counted(summary.new + summary.changed, 'file')}"
    kinds = f"({summary.new:,} new, {summary.changed:,} changed)"
    yield f"{fetched} {kinds}, {summary.unchanged:,} unchanged, {summary.seconds:.1f} s"
    if summary.failed:
        count = counted(summary.failed, "source")
        yield f"{count} could not be fetched; what was fetched from them before is kept"
