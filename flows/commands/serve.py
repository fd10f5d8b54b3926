"""`gongkai serve`."""

import argparse
import datetime
import importlib
import logging
import os
from pathlib import Path

from flows.cluster_request import require_cluster
from flows.console import log_to_stderr, say
from flows.discover import require_inbox
from flows.environment import hand_on
from flows.exceptions import PrefectError
from flows.lock import schedule_lock
from flows.notify import read_target
from flows.orphans import ENVIRONMENT
from flows.prefect_env import prepare_prefect
from flows.prefect_server import ADDRESS, reach_server
from flows.schedule import is_missed, last_due
from flows.settings import Settings, read_settings

logger = logging.getLogger(__name__)


def run(args: argparse.Namespace) -> int:
    """Serve the schedule until it is ended."""
    log_to_stderr("serve", args.log)
    hand_on(args)
    os.environ[ENVIRONMENT] = str(os.getpid())
    read_target(os.environ)
    require_cluster(args, os.environ)
    settings = read_settings(args.warehouse, os.environ)
    now = datetime.datetime.now(datetime.UTC)
    due = last_due(args.cron, args.timezone, now)
    inbox = require_inbox(args.inbox, settings.warehouse)
    with schedule_lock(settings):
        _serve(args, settings, inbox, due)
    say("serve", "ended", args.log)
    return 0


def _serve(
    args: argparse.Namespace, settings: Settings, inbox: Path, due: datetime.datetime
) -> None:
    """Serve with Prefect, which is imported only here, once its environment stands."""
    prepare_prefect(settings.prefect_home)
    say("serve", "starting Prefect (the first start may take 20 s) …", args.log)
    server = reach_server(settings.prefect_home, has_schedule=True)
    prefect_serve = importlib.import_module("flows.prefect_serve")
    if server:
        server.wait()
    parameters = _parameters(args, settings, inbox)
    plan = prefect_serve.Plan(args.name, args.cron, args.timezone, parameters)
    page = os.environ[ADDRESS].removesuffix("/api")
    line = f'{inbox}, "{args.cron}" {args.timezone}; Prefect: {page}; to run at once: '
    line += f"PREFECT_API_URL={page}/api prefect deployment run 'gongkai ingest/{args.name}'"
    say("serve", line, args.log, {"inbox": str(inbox), "prefect": page, "cron": args.cron})
    missed = is_missed(settings, str(inbox), due)
    if missed:
        say(
            "serve",
            f"nothing was run since {due:%Y-%m-%d %H:%M} {args.timezone}: running now",
            args.log,
        )
    try:
        prefect_serve.serve(plan, server, is_missed=missed)
    except PrefectError as error:
        logger.error("%s", error)
        # Prefect would wait for minutes, at exit, for a server that has gone.
        os._exit(1)


def _parameters(args: argparse.Namespace, settings: Settings, inbox: Path) -> dict[str, object]:
    """Give the parameters of the flow, as JSON has them."""
    return {
        "inbox": str(inbox),
        "warehouse": str(settings.warehouse),
        "runner": args.runner,
        "workers": args.workers,
        "keep": args.keep,
        "retries": args.retries,
        "sources": str(args.sources.resolve()) if args.sources else None,
        "address": args.address,
        "shards": str(args.shards) if args.shards else None,
    }
