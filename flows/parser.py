"""The command line as argparse sees it."""

import argparse

from flows.options import (
    doctor,
    export,
    fetch,
    ingest,
    inspect,
    quarantine,
    query,
    report,
    rollback,
    serve,
)
from flows.parser_kit import OneLineParser
from flows.version import VERSION

# in the order of the help
_COMMANDS = (
    ingest,
    fetch,
    export,
    query,
    inspect,
    report,
    quarantine,
    rollback,
    serve,
    doctor,
)


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of `gongkai`; a parsed command line names its `command`."""
    parser = OneLineParser(
        prog="gongkai",
        description="Annual disclosure reports (政府信息公开工作年度报告) as one DuckDB warehouse.",
        epilog="Each command has its own help: gongkai ingest --help",
    )
    parser.add_argument("--version", action="version", version=f"gongkai {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return parser
