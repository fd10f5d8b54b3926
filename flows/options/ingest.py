"""How `gongkai ingest` is called."""

from pathlib import Path

from flows.options.run_options import TELLING, add_run_options
from flows.parser_kit import EXIT_CODES, Commands, add_command

_HELP = f"""\
examples:
  gongkai ingest data/samples
  gongkai ingest /srv/reports --workers 8
  gongkai ingest /srv/reports --full --direct --warehouse /srv/gongkai/warehouse.duckdb

Only new and changed files are read. Files that cannot become a report are listed in the table
quarantine with reason and advice, and tried again when they or the program change:
  gongkai query "from quarantine"

What people decide about single figures and findings stands in corrections.csv beside the warehouse
and is applied by every run; data/README.md says how to write it.

{TELLING}

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "ingest", "read the reports of a folder into the warehouse", _HELP
    )
    parser.add_argument("inbox", type=Path, metavar="INBOX", help="folder of reports")
    add_run_options(parser, retries=0)
    parser.add_argument("--full", action="store_true", help="read every file again")
    parser.add_argument("--direct", action="store_true", help="run without Prefect")
