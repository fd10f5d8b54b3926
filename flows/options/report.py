"""How `gongkai report` is called."""

from pathlib import Path

from flows.parser_kit import Commands, a_year, add_command

_HELP = """\
examples:
  gongkai report --out page.html
  gongkai report --out /srv/share/2023.html --year 2023

One HTML file that opens from disk in any browser and uses no network: coverage by province and
county, comparisons of townships, a sheet for each township, findings with their evidence. It holds
all years and opens with --year, or with the newest. Where there are too many findings for one page,
errors and warnings are listed first, then those of that year; the page says how many it leaves out.
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "report", "write one web page of everything", _HELP)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="page to write")
    parser.add_argument("--year", type=a_year, metavar="YEAR", help="year the page opens with")
