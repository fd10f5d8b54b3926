"""How `gongkai rollback` is called."""

from flows.parser_kit import Commands, add_command

_HELP = """\
examples:
  gongkai rollback --list
  gongkai rollback
  gongkai rollback --to 20261122T183000-1a2b3c

Publishes the warehouse of the run before, or of the run named, again. What is published now is
kept, so that there is a way forward, too. Readers keep reading throughout.
A file that is damaged is put beside its place, with .damaged behind its name.

The next ingest reads again what has come since that run: put right first what was wrong with it.
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "rollback", "publish an earlier warehouse again", _HELP)
    parser.add_argument("--list", action="store_true", help="show the warehouses that are kept")
    parser.add_argument("--to", metavar="RUN_ID", help="last run of the warehouse wanted")
