"""How `gongkai query` is called."""

from flows.parser_kit import Commands, add_command

_HELP = """\
examples:
  gongkai query "from township_years"
  gongkai query "select rule, count(*) from findings group by all order by 2 desc"
  gongkai query "from facts where indicator = 'requests.received_new'" --format csv > new.csv

The statement can only read the warehouse: no other file and no network. On a terminal a table has
at most 1,000 rows; in a pipe or file it has all, as csv and json always have.
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "query", "ask the warehouse one question in SQL", _HELP)
    parser.add_argument("sql", metavar="SQL", help="one statement that reads")
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="default: table"
    )
