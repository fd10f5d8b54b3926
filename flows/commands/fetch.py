"""`gongkai fetch`."""

import argparse

from flows.console import log_to_stderr
from flows.fetch.into import fetch_into


def run(args: argparse.Namespace) -> int:
    """Fetch all sources and say what came of it."""
    log_to_stderr("fetch")
    summary = fetch_into(args.sources, args.into)
    if summary.failed:
        return 1 if summary.failed == summary.total else 3
    return 0
