"""`gongkai report`."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from flows.console import say
from flows.drafts import replacing
from flows.exceptions import RequestError
from flows.ingest import counted
from flows.page.build import Page, build_page
from flows.settings import read_settings
from sql import warehouse


def run(args: argparse.Namespace) -> int:
    """Write the page, and say how large it is and what it leaves out."""
    settings = read_settings(args.warehouse, os.environ)
    if args.out.is_dir():
        raise RequestError(f"{args.out} is a folder: name the page inside it")
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        page = build_page(con, args.year)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with replacing(args.out) as draft:
        draft.write_text(page.html, encoding="utf-8")
    for line in describe(args.out, page):
        say("report", line)
    return 0


def describe(path: Path, page: Page) -> Iterator[str]:
    """Give what was written in lines."""
    size = path.stat().st_size / 1e6
    yield f"{path}: {counted(page.reports, 'report')}, {size:.1f} MB"
    if page.findings_carried < page.findings:
        yield (
            f"{page.findings_carried:,} of {counted(page.findings, 'finding')} are listed, errors "
            'and warnings first; the others are counted (see: gongkai query "from findings")'
        )
