"""Tables as Word leaves them in plain text: each cell on a line of its own behind a tab.

A blank line ends a row, a line without a tab continues the cell above it. Merged columns are lost
(a merged cell stands once), merged rows stand as empty cells. Lines with several tabs (text copied
from a spreadsheet) are a row each.
"""

import re

from extract.document import Cell, Table

_TAB_LINE = re.compile(r"[ \u3000\xa0]*\t")
# A line that opens with a numeral and 、 and is longer than any label torn in two is a heading that
# follows the table at once, not the rest of the cell above.
HEADING = re.compile(r"\s*[一二三四五六七八九十\d]{1,2}、.{6,}")
# Official labels end at 40 characters; what is longer and stands without a tab is prose.
LONGEST_LABEL = 60
# A line as short as this is no heading: it is what a line break tore off a label.
_SHORTEST_PROSE = 3


def is_tab_line(line: str) -> bool:
    """Tell whether a line holds a cell: it begins with a tab, or has two tabs inside."""
    return _TAB_LINE.match(line) is not None or line.rstrip().count("\t") >= 2


def take_tab_table(lines: list[str], start: int) -> tuple[Table, int]:
    """Read the table that begins at `start`; give it and the line behind it."""
    rows: list[list[str]] = []
    row: list[str] = []
    at = start
    while at < len(lines):
        line = lines[at]
        if is_tab_line(line):
            cells = _TAB_LINE.sub("", line, count=1).split("\t")
            if len(cells) > 1 and row:
                rows.append(row)
                row = []
            row.extend(cells)
            if len(cells) > 1:
                rows.append(row)
                row = []
        elif not line.strip():
            if row and not _is_rest_of_cell(lines[at + 1 : at + 2]):
                rows.append(row)
                row = []
        elif row and not _is_prose(line):
            row[-1] += "\n" + line
        else:
            break
        at += 1
    if row:
        rows.append(row)
    return ragged_table(rows, start), at


def _is_rest_of_cell(following: list[str]) -> bool:
    """A few characters without a tab right behind one blank line: a cell of two paragraphs."""
    return any(
        0 < len(line.strip()) <= _SHORTEST_PROSE and not is_tab_line(line) for line in following
    )


def _is_prose(line: str) -> bool:
    return HEADING.match(line) is not None or len(line) > LONGEST_LABEL


def ragged_table(rows: list[list[str]], line: int) -> Table:
    """Rows of cell texts to a `Table` whose columns are ordinals."""
    return Table(
        tuple(
            Cell(text.strip(), row_index, column)
            for row_index, row in enumerate(rows)
            for column, text in enumerate(row)
        ),
        line=line,
    )
