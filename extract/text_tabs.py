"""Tables whose cells are set off by tabs: a cell a line, as Word leaves them, or a row a line.

Behind a tab each: a blank line ends a row, a line without a tab continues the cell above it. Merged
columns are lost (a merged cell stands once), merged rows stand as empty cells.

A row a line, as sheets and browsers give it: tabs stand between cells. Sheets keep a blank for
every place that a merged cell covers, so all rows are of one width, and their columns are true.
"""

import math
import re
from dataclasses import replace
from itertools import islice, takewhile

from extract.document import Block, Cell, Paragraph, Table

_TAB_LINE = re.compile(r"[ \u3000\xa0]*\t")
_FIGURE = re.compile(r"[-+]?[\d.,０-９]+\D{0,4}$")
# A line that opens with a numeral and 、 and is longer than any label torn in two is a heading that
# follows the table at once, not the rest of the cell above.
HEADING = re.compile(r"\s*[一二三四五六七八九十\d]{1,2}、.{6,}")
# Official labels end at 40 characters; what is longer and stands without a tab is prose.
LONGEST_LABEL = 60
# A line as short as this is no heading: it is what a line break tore off a label.
_SHORTEST_PROSE = 3
# This many lines tell how a table writes its rows.
_STYLE_WINDOW = 60
# A row of one cell in front of a table stands at most so many lines above one of several.
_NEAR = 4
# The first figure of a row stands at most so many lines below the row above.
_FAR = 12
# Fewer and narrower rows may be of one width by chance.
_LEAST_ROWS, _LEAST_CELLS = 3, 4


def begins_tab_table(lines: list[str], at: int) -> bool:
    """Tell whether a table begins here: with a cell behind a tab, or with tabs between cells.

    One tab between two cells may stand in prose too; close above a row of more it is a row's.
    """
    line = lines[at]
    if _is_indented(line):
        return False
    if _TAB_LINE.match(line) or line.rstrip().count("\t") > 1:
        return True
    near = takewhile(lambda below: "\t" in below, lines[at + 1 : at + _NEAR])
    return (
        "\t" in line.strip()
        and not _is_prose(line)
        and any(below.rstrip().count("\t") > 1 for below in near)
    )


def take_tab_blocks(lines: list[str], start: int) -> tuple[list[Block], int]:
    """Read the table that begins at `start`; give it and the line behind it.

    Lines of prose that are indented by a tab are paragraphs: they make no row with figures.
    """
    take_rows = _rows_of_lines if _has_row_lines(lines, start) else _rows_of_cells
    rows, end = take_rows(lines, start)
    if not _holds_figures(rows):
        return [Paragraph(text.strip(), start) for row in rows for text in row if text.strip()], end
    if not any(row[0].strip() for row in rows):
        # A tab in front of every row is a mark, and no blank cell that could be a figure's.
        rows = [row[1:] or row for row in rows]
    rows = _without_gaps(rows)
    return [replace(ragged_table(rows, start), has_grid=_is_grid(rows))], end


def _without_gaps(rows: list[list[str]]) -> list[list[str]]:
    """Leave out the blanks of a table that has two tabs, or more, from each cell to the next."""
    step = math.gcd(*(at for row in rows for at, cell in enumerate(row) if cell.strip()))
    return [row[::step] for row in rows] if step > 1 else rows


def _holds_figures(rows: list[list[str]]) -> bool:
    """Tell whether a row has several texts, and any cell is a figure or blank for one."""
    texts = [[cell.strip() for cell in row] for row in rows]
    return any(sum(map(bool, row)) > 1 for row in texts) and any(
        not cell or _FIGURE.match(cell) for row in texts for cell in row
    )


def _has_row_lines(lines: list[str], start: int) -> bool:
    """Tell whether most lines hold several cells."""
    tabs = [line for line in islice(lines, start, start + _STYLE_WINDOW) if "\t" in line]
    return 2 * sum(_is_row(line) for line in tabs) > len(tabs)


def _is_row(line: str) -> bool:
    return "\t" in line.strip() or line.count("\t") > 1


def _is_grid(rows: list[list[str]]) -> bool:
    is_large = len(rows) >= _LEAST_ROWS and len(rows[0]) >= _LEAST_CELLS
    return is_large and len({len(row) for row in rows}) == 1


def _rows_of_lines(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    rows = [lines[start].split("\t")]
    at = start + 1
    while at < len(lines):
        line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        is_gap = not line.strip() and "\t" not in line and "\t" in following
        if not is_gap and not _belongs(rows[-1], line, following):
            break
        if not is_gap:
            rows.append(line.split("\t"))
        at += 1
    return rows, at


def _belongs(above: list[str], line: str, following: str) -> bool:
    """Tell whether a line is a further row of a table; one text alone may be a heading behind it.

    It is a row if it is as wide as the rows around it, or short and a row follows.
    """
    if "\t" in line.strip():
        return True
    tabs, next_tabs = line.count("\t"), following.count("\t")
    if len(line.strip()) > LONGEST_LABEL or HEADING.match(line) is None:
        return not _is_prose(line.strip()) and bool(tabs or next_tabs)
    is_wide = tabs == len(above) - 1 > 0 and next_tabs in {0, tabs}
    return is_wide and len(following.strip()) <= LONGEST_LABEL


def _rows_of_cells(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    row: list[str] = []
    at = start
    while at < len(lines):
        line = lines[at]
        if _is_indented(line) and not (rows and _goes_on(lines, at)):
            break
        if _TAB_LINE.match(line) or _is_row(line):
            cells = _behind_mark(line).split("\t")
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
    return rows, at


def _is_indented(line: str) -> bool:
    """Tell a sentence that is indented by tabs from a cell; a note in brackets is one."""
    text = line.strip()
    is_sentence = "。" in text and "\t" not in text and text[0] not in "(（"
    return is_sentence and _TAB_LINE.match(line) is not None


def _goes_on(lines: list[str], at: int) -> bool:
    """Tell whether figures follow close: the sentence is a note among the rows of a table."""
    below = takewhile(lambda line: not line.strip() or _TAB_LINE.match(line), lines[at + 1 :])
    return any(_FIGURE.match(line.strip()) for line in islice(below, _FAR))


def _behind_mark(line: str) -> str:
    mark = _TAB_LINE.match(line)
    return line[mark.end() :] if mark else line


def _is_rest_of_cell(following: list[str]) -> bool:
    """A few characters without a tab right behind one blank line: a cell of two paragraphs."""
    return any(0 < len(line.strip()) <= _SHORTEST_PROSE and "\t" not in line for line in following)


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
