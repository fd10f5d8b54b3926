"""`gongkai export`."""

import argparse
import os
from pathlib import Path

from flows.console import say
from flows.export import ExportRequest, export
from flows.export_package import NAME as PACKAGE
from flows.export_tables import Written
from flows.ingest import counted
from flows.settings import read_settings
from sql import warehouse


def run(args: argparse.Namespace) -> int:
    """Write the views and name each file."""
    request = ExportRequest(args.format, args.labels, tuple(args.county), tuple(args.year))
    settings = read_settings(args.warehouse, os.environ)
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        views = set()
        for written in export(con, args.out, request):
            say("export", _line(args.out, written))
            views.add(written.table.name)
    say("export", f"{args.out / PACKAGE}: describes {counted(len(views), 'view')}")
    return 0


def _line(folder: Path, written: Written) -> str:
    said = (counted(written.rows, "row"), written.table.unrestricted, *written.remarks)
    return f"{folder}/{written.place}: {'; '.join(filter(None, said))}"
