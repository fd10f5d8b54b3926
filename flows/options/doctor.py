"""How `gongkai doctor` is called."""

from pathlib import Path

from flows.parser_kit import Commands, add_command
from flows.settings import DEFAULT_INBOX

_HELP = """\
examples:
  gongkai doctor
  gongkai doctor --warehouse /srv/gongkai/warehouse.duckdb --inbox /srv/reports
  gongkai doctor --json

Looks at packages, programs and reference data, folders and their rights, the disk, the warehouse
and how the last run went; changes nothing. One line for each: ok, warning, or wrong with what to
do.

exit codes:
  0  nothing is wrong; there may be warnings
  1  something is wrong
  2  the command line is wrong
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "doctor", "is this installation and this warehouse healthy", _HELP
    )
    parser.add_argument(
        "--inbox",
        type=Path,
        default=DEFAULT_INBOX,
        metavar="DIR",
        help=f"folder of reports (default: {DEFAULT_INBOX})",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
