"""Fetch what a list names into an inbox, and log what came of it."""

import logging
from collections.abc import Iterator
from pathlib import Path

from flows.console import progress_bar
from flows.fetch.run import FAILED, UNCHANGED, FetchSummary, Outcome, fetch
from flows.fetch.sources import read_sources
from flows.ingest import counted

logger = logging.getLogger(__name__)


def fetch_into(sources: Path, inbox: Path, form: str = "text") -> FetchSummary:
    """Fetch the sources of a file into an inbox, and log what came of each.

    `form` is that of the lines, one of `flows.log.FORMS`. Raises SourcesError, and what
    `flows.fetch.run.fetch` raises.
    """
    wanted = read_sources(sources.expanduser())

    def tell(outcome: Outcome) -> None:
        if outcome.kind == FAILED:
            logger.warning("failed %s: %s", outcome.url, outcome.words)
        elif outcome.kind != UNCHANGED:
            logger.info("%s %s from %s", outcome.kind, outcome.words, outcome.url)

    with progress_bar(form, doing="fetching") as progress:
        summary = fetch(wanted, inbox.expanduser(), tell, progress)
    for line in describe(summary):
        logger.info("%s", line)
    return summary


def describe(summary: FetchSummary) -> Iterator[str]:
    """Give the outcome of a run in lines."""
    fetched = f"fetched {counted(summary.new + summary.changed, 'file')}"
    kinds = f"({summary.new:,} new, {summary.changed:,} changed)"
    yield f"{fetched} {kinds}, {summary.unchanged:,} unchanged, {summary.seconds:.1f} s"
    if summary.failed:
        count = counted(summary.failed, "source")
        yield f"{count} could not be fetched; what was fetched from them before is kept"
