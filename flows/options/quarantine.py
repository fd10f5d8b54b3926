"""How `gongkai quarantine` is called."""

from flows.parser_kit import Commands, add_command

_HELP = """\
examples:
  gongkai quarantine
  gongkai quarantine --format csv > unread.csv
  gongkai quarantine --retry

A file stands here until it is replaced or taken out of the inbox. It is tried again when it or the
program changes; --retry has the next run try all of them again, as after installing LibreOffice or
giving files more time or memory:
  GONGKAI_FILE_SECONDS    seconds a file may take at each stage, beside 2 for each MB (60)
  GONGKAI_FILE_MEMORY_MB  memory a file may take (1024)
"""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "quarantine", "list the files that could not be read", _HELP)
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="default: table"
    )
    parser.add_argument("--retry", action="store_true", help="have the next run try them again")
