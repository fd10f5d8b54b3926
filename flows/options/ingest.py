"""How `gongkai ingest` is called."""

from flows.parser_kit import EXIT_CODES, Commands, a_count, a_number, a_place, add_command
from flows.settings import KEPT, RUNNERS

_HELP = f"""\
examples:
  gongkai ingest data/samples
  gongkai ingest /srv/reports --workers 8
  gongkai ingest /srv/reports --full --direct --warehouse /srv/gongkai/warehouse.duckdb
  gongkai ingest s3://disclosure/2024 --runner dask --address tcp://10.0.0.5:8786 \\
      --shards s3://disclosure/shards

Only new and changed files are read. Files that cannot become a report are listed in the table
quarantine with reason and advice, and tried again when they or the program change:
  gongkai quarantine

An inbox may be the URL of an object store, given the package for it (s3fs, gcsfs …). Work is done
on this machine, or on a Dask or Ray cluster: docs/cluster.md.

What people decide about single figures and findings stands in corrections.csv beside the warehouse
and is applied by every run; data/README.md says how to write it.

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "ingest", "read the reports of a folder into the warehouse", _HELP
    )
    parser.add_argument(
        "inbox", type=a_place, metavar="INBOX", help="folder of reports, or its URL"
    )
    parser.add_argument(
        "--runner",
        choices=RUNNERS,
        default="processes",
        help="work in this process, in worker processes, or on a cluster (default: processes)",
    )
    parser.add_argument(
        "--workers",
        type=a_count,
        metavar="N",
        help="number of worker processes (default: one for each core)",
    )
    parser.add_argument(
        "--keep",
        type=a_number,
        default=KEPT,
        metavar="N",
        help=f"warehouses to keep for gongkai rollback (default: {KEPT})",
    )
    parser.add_argument(
        "--address",
        metavar="A",
        help="the cluster to use, as in tcp://HOST:8786 or ray://HOST:10001 "
        "(default: one of N workers on this machine, for this run)",
    )
    parser.add_argument(
        "--shards",
        type=a_place,
        metavar="PLACE",
        help="folder or URL where the workers of a cluster leave what they read; they and this "
        "machine must share it (default: state/packs beside the warehouse)",
    )
    parser.add_argument("--full", action="store_true", help="read every file again")
    parser.add_argument("--direct", action="store_true", help="run without Prefect")
