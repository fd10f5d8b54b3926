"""How `gongkai inspect` is called."""

from pathlib import Path

from flows.parser_kit import Commands, add_command

_HELP = """\
examples:
  gongkai inspect data/samples/阳朔县_兴坪镇_2022.txt
  gongkai inspect report.html --json > report.json

Shows every stage: encoding, repairs, identity, sections, tables, facts, findings. Exit code 1
where the file would go to the quarantine.
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "inspect", "show everything known of one file", _HELP, has_warehouse=False
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a report")
    parser.add_argument("--json", action="store_true", help="as one JSON object")
