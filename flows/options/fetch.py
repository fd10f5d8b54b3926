"""How `gongkai fetch` is called."""

from pathlib import Path

from flows.parser_kit import Commands, add_command

_HELP = """\
examples:
  gongkai fetch sources.toml --into data/inbox
  gongkai ingest data/inbox --sources sources.toml

The second does both in one go, for every night. SOURCES lists pages and attachments;
docs/sources.md says how. Only what has changed is fetched again. What robots.txt does not allow is
not fetched, nor anything at a private address.

exit codes:
  0  all well
  1  nothing could be fetched, or the run failed
  2  the command line is wrong
  3  done, but some sources could not be fetched; each is named with its reason
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "fetch",
        "fetch listed pages and attachments into a folder",
        _HELP,
        has_warehouse=False,
    )
    parser.add_argument("sources", type=Path, metavar="SOURCES", help="file that lists them")
    parser.add_argument(
        "--into", type=Path, metavar="INBOX", required=True, help="folder of reports"
    )
