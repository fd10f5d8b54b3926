"""How `gongkai ingest` is called."""

from flows.options.run_options import TELLING, add_run_options
from flows.parser_kit import EXIT_CODES, Commands, a_place, add_command

_HELP = f"""\
examples:
  gongkai ingest data/samples
  gongkai ingest /srv/reports --workers 8
  gongkai ingest /srv/reports --full --direct --warehouse /srv/gongkai/warehouse.duckdb
  gongkai ingest s3://disclosure/2024 --runner dask --address tcp://10.0.0.5:8786 \\
      --shards s3://disclosure/shards
  gongkai ingest /srv/reports --sources /srv/gongkai/sources.toml

Only new and changed files are read. Files that cannot become a report are listed in the table
quarantine with reason and advice, and tried again when they or the program change:
  gongkai quarantine

Left out are hidden files, what Windows and Word leave behind (Thumbs.db, desktop.ini, ~$…) and the
inbox's own README.md; also links that lead out of the inbox, pipes and devices, which are named.

An inbox may be the URL of an object store, given the package for it (s3fs, gcsfs …). Work is done
on this machine, or on a Dask or Ray cluster: docs/cluster.md.

With --sources what they list is fetched into the folder first, as by gongkai fetch. Sources that
fail stop nothing: what was fetched from them before is read, and the run ends with code 3.

What people decide about single figures and findings stands in corrections.csv beside the warehouse
and is applied by every run; data/README.md says how to write it.

{TELLING}

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "ingest", "read the reports of a folder into the warehouse", _HELP
    )
    parser.add_argument(
        "inbox", type=a_place, metavar="INBOX", help="folder of reports, or its URL"
    )
    add_run_options(parser, retries=0)
    parser.add_argument("--full", action="store_true", help="read every file again")
    parser.add_argument("--direct", action="store_true", help="run without Prefect")
