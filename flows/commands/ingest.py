"""`gongkai ingest`."""

import argparse
import importlib
import os

from flows.cluster_request import require_cluster
from flows.console import log_to_stderr, progress_bar, say
from flows.environment import hand_on
from flows.ingest import CORES, Options
from flows.notify import read_target
from flows.outcome import describe
from flows.places import Place
from flows.prefect_env import prepare_prefect
from flows.prefect_server import ADDRESS, reach_server
from flows.quiet import is_quiet
from flows.records import RunSummary
from flows.runs import Manner, run_once
from flows.settings import Settings, read_settings


def run(args: argparse.Namespace) -> int:
    """Ingest an inbox and say what came of it."""
    log_to_stderr("ingest", args.log)
    hand_on(args)
    settings = read_settings(args.warehouse, os.environ)
    require_cluster(args, os.environ)
    workers = args.workers or CORES
    options = Options(args.runner, workers, args.full, args.keep, args.address, args.shards)
    manner = Manner(args.retries, read_target(os.environ), args.sources)
    # Where nobody's server waits for a flow run, a night without news makes none.
    is_alone = ADDRESS not in os.environ and not args.sources
    if args.direct or (is_alone and is_quiet(settings, args.inbox, options)):
        with progress_bar(args.log) as progress:
            summary = run_once(settings, args.inbox, options, manner, progress=progress)
    else:
        summary = _with_prefect(settings, args, options, manner)
    for line in describe(summary):
        say("ingest", line.text, args.log, line.fields)
    return 3 if summary.in_quarantine or summary.sources_failed else 0


def _with_prefect(
    settings: Settings, args: argparse.Namespace, options: Options, manner: Manner
) -> RunSummary:
    """Run as a flow. Prefect is imported only here, once its environment stands."""
    prepare_prefect(settings.prefect_home)
    say("ingest", "starting Prefect (the first start may take 20 s) …", args.log)
    server = reach_server(settings.prefect_home)
    prefect_flow = importlib.import_module("flows.prefect_flow")
    if server:
        server.wait()
    inbox: Place = args.inbox
    with progress_bar(args.log) as progress:
        summary: RunSummary = prefect_flow.ingest_with_prefect(
            settings, inbox, options, progress, manner=manner, drained=server is not None
        )
    return summary
