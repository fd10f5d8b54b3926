"""The command line as argparse sees it. Imports nothing heavy: `--help` must be instant."""

import argparse
from pathlib import Path
from typing import NoReturn

from flows.settings import DEFAULT_WAREHOUSE, EXPORT_FORMATS, LABEL_LANGUAGES, RUNNERS
from flows.version import VERSION

_EXIT_CODES = """\
exit codes:
  0  all well
  1  the run failed; the published warehouse is as it was
  2  the command line is wrong
  3  done, but files of this inbox stand in quarantine, from this run or an earlier one
"""

_INGEST = f"""\
examples:
  gongkai ingest data/samples
  gongkai ingest /srv/reports --workers 8
  gongkai ingest /srv/reports --full --direct --warehouse /srv/gongkai/warehouse.duckdb

Only new and changed files are read. Files that cannot become a report are listed in the table
quarantine with reason and advice, and tried again when they or the program change:
  gongkai query "from quarantine"

What people decide about single figures and findings stands in corrections.csv beside the warehouse
and is applied by every run; data/README.md says how to write it.

{_EXIT_CODES}"""

_EXPORT = """\
examples:
  gongkai export --out data/exports
  gongkai export --out /srv/share --format parquet
  gongkai export --out for_excel --format xlsx --labels zh --county 双峰县 --year 2023
  gongkai export --out two_years --county 350102 --county 431321 --year 2022 --year 2023

A file or sheet for each view, and datapackage.json, which says what every column is. --county and
--year restrict every view that has a county or a year; each may be given several times.

csv      UTF-8 with a byte order mark, so that Excel and WPS show Chinese. A text that a
         spreadsheet would run as a formula gets an apostrophe in front.
parquet  A view with years is a folder with a part for each: view/report_year=2023/data.parquet
xlsx     One workbook, gongkai.xlsx. What a sheet does not hold (1,048,575 rows) goes on in the
         next; Excel hardly opens so many, so restrict them.
"""

_QUERY = """\
examples:
  gongkai query "from township_years"
  gongkai query "select rule, count(*) from findings group by all order by 2 desc"
  gongkai query "from facts where indicator = 'requests.received_new'" --format csv > new.csv

The statement can only read the warehouse: no other file and no network.
"""

_INSPECT = """\
examples:
  gongkai inspect data/samples/000_0d19910ca6c92bea.txt
  gongkai inspect report.html --json > report.json

Shows every stage: encoding, repairs, identity, sections, tables, facts, findings. Exit code 1
where the file would go to the quarantine.
"""


_REPORT = """\
examples:
  gongkai report --out page.html
  gongkai report --out /srv/share/2023.html --year 2023

One HTML file that opens from disk in any browser and uses no network: coverage by province and
county, comparisons of townships, a sheet for each township, findings with their evidence. It holds
all years and opens with --year, or with the newest. Where there are too many findings for one page,
errors and warnings are listed first, then those of that year; the page says how many it leaves out.
"""


class OneLineParser(argparse.ArgumentParser):
    """A parser whose errors are one line: what, where, what to do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and end with code 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of `gongkai`; a parsed command line names its `command`."""
    parser = OneLineParser(
        prog="gongkai",
        description="Annual disclosure reports (政府信息公开工作年度报告) as one DuckDB warehouse.",
        epilog="Each command has its own help: gongkai ingest --help",
    )
    parser.add_argument("--version", action="version", version=f"gongkai {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_ingest(commands)
    _add_export(commands)
    _add_query(commands)
    _add_inspect(commands)
    _add_report(commands)
    return parser


def _add(
    commands: "argparse._SubParsersAction[OneLineParser]",
    name: str,
    summary: str,
    epilog: str,
) -> argparse.ArgumentParser:
    """Add a command; every command but `inspect` names a warehouse."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if name != "inspect":
        parser.add_argument(
            "--warehouse",
            type=Path,
            metavar="FILE",
            help=f"the DuckDB file (default: {DEFAULT_WAREHOUSE})",
        )
    return parser


def _add_ingest(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    parser = _add(commands, "ingest", "read the reports of a folder into the warehouse", _INGEST)
    parser.add_argument("inbox", type=Path, metavar="INBOX", help="folder of reports")
    parser.add_argument(
        "--runner",
        choices=RUNNERS,
        default="processes",
        help="work in this process, or in worker processes (default: processes)",
    )
    parser.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="number of worker processes (default: one for each core)",
    )
    parser.add_argument("--full", action="store_true", help="read every file again")
    parser.add_argument("--direct", action="store_true", help="run without Prefect")


def _add_export(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    parser = _add(commands, "export", "write the views for analysts as files", _EXPORT)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("--format", choices=EXPORT_FORMATS, default="csv", help="default: csv")
    parser.add_argument(
        "--labels",
        choices=LABEL_LANGUAGES,
        default="en",
        help="headers as columns are called, or in Chinese; zh is for csv and xlsx (default: en)",
    )
    parser.add_argument(
        "--county",
        action="append",
        default=[],
        metavar="NAME_OR_CODE",
        help="only this county, by name (双峰县, 福州市鼓楼区) or code (431321)",
    )
    parser.add_argument(
        "--year", action="append", default=[], type=_year, metavar="YEAR", help="only this year"
    )


def _add_query(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    parser = _add(commands, "query", "ask the warehouse one question in SQL", _QUERY)
    parser.add_argument("sql", metavar="SQL", help="one statement that reads")
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="default: table"
    )


def _add_inspect(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    parser = _add(commands, "inspect", "show everything known of one file", _INSPECT)
    parser.add_argument("file", type=Path, metavar="FILE", help="a report")
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def _add_report(commands: "argparse._SubParsersAction[OneLineParser]") -> None:
    parser = _add(commands, "report", "write one web page of everything", _REPORT)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="page to write")
    parser.add_argument("--year", type=_year, metavar="YEAR", help="year the page opens with")


def _year(text: str) -> int:
    """Parse a year of four digits."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        message = f"{text!r} is not a year: give four digits"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _count(text: str) -> int:
    """Parse a number of workers."""
    if not text.isdigit() or int(text) < 1:
        message = f"{text!r} is not a number of workers: give 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)
