"""What the options of all commands are made of. Imports nothing heavy: `--help` must be instant."""

import argparse
from pathlib import Path
from typing import NoReturn, TypeAlias

from flows.exceptions import StorageError
from flows.places import Place, place_of
from flows.settings import DEFAULT_WAREHOUSE

# More than any machine has cores, and fewer than any cannot start.
_MOST_WORKERS = 1_000
EXIT_CODES = """\
exit codes:
  0  all well
  1  the run failed; the published warehouse is as it was
  2  the command line is wrong
  3  done, but files of this inbox stand in quarantine, from this run or an earlier one, or
     sources could not be fetched
"""


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line: what, where, what to do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end with code 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


Commands: TypeAlias = "argparse._SubParsersAction[OneLineParser]"


def add_command(
    commands: Commands, name: str, summary: str, epilog: str, *, has_warehouse: bool = True
) -> argparse.ArgumentParser:
    """Add a command with its help; nearly every one names a warehouse."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if has_warehouse:
        parser.add_argument(
            "--warehouse",
            type=Path,
            metavar="FILE",
            help=f"the DuckDB file (default: {DEFAULT_WAREHOUSE})",
        )
    return parser


def a_year(text: str) -> int:
    """Parse a year of four digits."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        message = f"{text!r} is not a year: give four digits"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_number(text: str) -> int:
    """Parse a number that may be zero."""
    if not (text.isascii() and text.isdigit()):
        message = f"{text!r} is not a number: give 0 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_count(text: str) -> int:
    """Parse a number of workers."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_WORKERS):
        message = f"{text!r} is not a number of workers: give 1 to {_MOST_WORKERS:,}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_place(text: str) -> Place:
    """Parse a path or a URL."""
    try:
        return place_of(text)
    except StorageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
