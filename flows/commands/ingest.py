"""`gongkai ingest`."""

import argparse
import importlib
import os
from collections.abc import Iterator

from flows.cluster_request import require_cluster
from flows.console import log_to_stderr, progress_bar, say
from flows.ingest import CORES, Options, counted, ingest
from flows.places import Place
from flows.prefect_env import prepare_prefect
from flows.prefect_server import reach_server
from flows.records import RunSummary
from flows.settings import Settings, read_settings

_SHOWN_FAILURES = 20


def run(args: argparse.Namespace) -> int:
    """Ingest an inbox and say what came of it."""
    log_to_stderr("ingest")
    settings = read_settings(args.warehouse, os.environ)
    require_cluster(args, os.environ)
    workers = args.workers or CORES
    options = Options(args.runner, workers, args.full, args.keep, args.address, args.shards)
    if args.direct:
        with progress_bar() as progress:
            summary = ingest(settings, args.inbox, options, progress=progress)
    else:
        summary = _with_prefect(settings, args.inbox, options)
    for line in describe(summary):
        say("ingest", line)
    return 3 if summary.in_quarantine else 0


def describe(summary: RunSummary) -> Iterator[str]:
    """Give the outcome of a run in lines."""
    for failure in summary.failures[:_SHOWN_FAILURES]:
        yield f"quarantined {failure.source_path} ({failure.stage}): {failure.message}"
    if summary.in_quarantine > min(len(summary.failures), _SHOWN_FAILURES):
        count = counted(summary.in_quarantine, "file")
        yield f"{count} of this inbox in quarantine; see: gongkai quarantine"
    if summary.files_gone:
        yield f"{counted(summary.files_gone, 'file')} gone from the inbox; the reports are kept"
    if not summary.is_published:
        yield f"nothing new: {counted(summary.files_seen, 'file')} unchanged, warehouse untouched"
        return
    loaded = f"loaded {counted(summary.reports_loaded, 'report')}"
    findings = f"{counted(summary.findings, 'finding')} in the warehouse"
    yield f"{loaded}, {findings}, {summary.seconds:.1f} s"


def _with_prefect(settings: Settings, inbox: Place, options: Options) -> RunSummary:
    """Run as a flow. Prefect is imported only here, once its environment stands."""
    prepare_prefect(settings.prefect_home)
    say("ingest", "starting Prefect (the first start may take 20 s) …")
    server = reach_server(settings.prefect_home)
    prefect_flow = importlib.import_module("flows.prefect_flow")
    if server:
        server.wait()
    with progress_bar() as progress:
        summary: RunSummary = prefect_flow.ingest_with_prefect(
            settings, inbox, options, progress, drained=server is not None
        )
    return summary
