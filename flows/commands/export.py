"""`gongkai export`."""

import argparse
import os
from contextlib import closing

from flows.console import say
from flows.export import export
from flows.ingest import counted
from flows.settings import read_settings
from sql import warehouse


def run(args: argparse.Namespace) -> int:
    """Write the views and name each file."""
    settings = read_settings(args.warehouse, os.environ)
    with closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        for file in export(con, args.out, args.format):
            say("export", f"{file.path}: {counted(file.rows, 'row')}")
    return 0
