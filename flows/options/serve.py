"""How `gongkai serve` is called."""

from pathlib import Path

from flows.options.run_options import TELLING, add_run_options
from flows.parser_kit import Commands, add_command
from flows.settings import DEFAULT_CRON, DEFAULT_INBOX, DEFAULT_TIMEZONE, MOST_RETRIES

_HELP = f"""\
examples:
  gongkai serve
  gongkai serve /srv/reports --warehouse /srv/gongkai/warehouse.duckdb --log json
  gongkai serve /srv/reports --cron "0 4 * * 1-5" --timezone UTC

Runs until it is ended with Ctrl-C or SIGTERM. A night that passed while it did not run, or while
the machine slept, is made up for at once, by one run however many they were. There are never two
runs at a time.

The schedule is Prefect's: its server is the one at PREFECT_API_URL, or else one of its own, whose
page in the browser is named at the start. To run at once: prefect deployment run, as told there.

{TELLING}
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "serve", "ingest every night, by a schedule", _HELP)
    parser.add_argument(
        "inbox",
        type=Path,
        nargs="?",
        default=DEFAULT_INBOX,
        metavar="INBOX",
        help=f"folder of reports (default: {DEFAULT_INBOX})",
    )
    parser.add_argument(
        "--cron",
        default=DEFAULT_CRON,
        metavar="WHEN",
        help=f'minute, hour, day, month, weekday (default: "{DEFAULT_CRON}")',
    )
    parser.add_argument(
        "--timezone",
        default=DEFAULT_TIMEZONE,
        metavar="ZONE",
        help=f"where the clock of --cron stands (default: {DEFAULT_TIMEZONE})",
    )
    parser.add_argument(
        "--name",
        default="nightly",
        metavar="NAME",
        help="of the deployment; warehouses that share a Prefect server need one each "
        "(default: nightly)",
    )
    add_run_options(parser, retries=MOST_RETRIES)
