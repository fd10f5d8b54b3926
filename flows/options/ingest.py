"""How `gongkai ingest` is called."""

from pathlib import Path

from flows.parser_kit import EXIT_CODES, Commands, a_count, add_command
from flows.settings import RUNNERS

_HELP = f"""\
examples:
  gongkai ingest data/samples
  gongkai ingest /srv/reports --workers 8
  gongkai ingest /srv/reports --full --direct --warehouse /srv/gongkai/warehouse.duckdb
  gongkai ingest /srv/reports --sources /srv/gongkai/sources.toml

Only new and changed files are read. Files that cannot become a report are listed in the table
quarantine with reason and advice, and tried again when they or the program change:
  gongkai query "from quarantine"

With --sources what they list is fetched into the folder first, as by gongkai fetch. Sources that
fail stop nothing: what was fetched from them before is read, and the run ends with code 3.

What people decide about single figures and findings stands in corrections.csv beside the warehouse
and is applied by every run; data/README.md says how to write it.

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "ingest", "read the reports of a folder into the warehouse", _HELP
    )
    parser.add_argument("inbox", type=Path, metavar="INBOX", help="folder of reports")
    parser.add_argument(
        "--sources", type=Path, metavar="FILE", help="fetch what this file lists before"
    )
    parser.add_argument(
        "--runner",
        choices=RUNNERS,
        default="processes",
        help="work in this process, or in worker processes (default: processes)",
    )
    parser.add_argument(
        "--workers",
        type=a_count,
        metavar="N",
        help="number of worker processes (default: one for each core)",
    )
    parser.add_argument("--full", action="store_true", help="read every file again")
    parser.add_argument("--direct", action="store_true", help="run without Prefect")
