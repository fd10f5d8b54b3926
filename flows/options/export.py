"""How `gongkai export` is called."""

from pathlib import Path

from flows.parser_kit import Commands, a_year, add_command
from flows.settings import EXPORT_FORMATS, LABEL_LANGUAGES

_HELP = """\
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


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "export", "write the views for analysts as files", _HELP)
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
        "--year", action="append", default=[], type=a_year, metavar="YEAR", help="only this year"
    )
