"""`gongkai query`."""

import argparse
import os

from flows.answers import write_answer
from flows.query import ask
from flows.settings import read_settings
from sql import warehouse


def run(args: argparse.Namespace) -> int:
    """Answer one question on stdout."""
    settings = read_settings(args.warehouse, os.environ)
    with warehouse.closing(warehouse.connect_for_query(settings.warehouse)) as con:
        write_answer(ask(con, args.sql), args.format)
    return 0
