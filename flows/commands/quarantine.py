"""`gongkai quarantine`."""

import argparse
import os

from flows.answers import write_answer
from flows.console import say
from flows.ingest import counted
from flows.lock import writer_lock
from flows.publish import amend
from flows.query import ask
from flows.settings import Settings, read_settings
from sql import quarantine, warehouse


def run(args: argparse.Namespace) -> int:
    """List the quarantine on stdout, or set its files free."""
    settings = read_settings(args.warehouse, os.environ)
    if args.retry:
        say("quarantine", f"the next run tries {counted(_retry(settings), 'file')} again")
        return 0
    with warehouse.closing(warehouse.connect_for_query(settings.warehouse)) as con:
        write_answer(ask(con, quarantine.listing()), args.format)
    return 0


def _retry(settings: Settings) -> int:
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        count = len(con.table("quarantine"))
    if count:
        with writer_lock(settings):
            amend(settings, quarantine.set_free)
    return count
