"""Tables whose cells are closed by `|`: one a line (mirrored pages) or one row a line (Markdown).

Mirrored pages fill each row with bars up to the column count, since merged cells leave fewer
cells than columns: the count is the greatest number that divides every place where such a run of
bars ends. Where no such number exists cells are lost: what most stretches between two such runs are
multiples of is the count then, and the others are rows that nobody can part.
"""

import math
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from extract.document import Block, Paragraph, Table
from extract.text_tabs import HEADING, LONGEST_LABEL, ragged_table

_BARS = re.compile(r"\|[|\s]*")
# What stands above a table that begins with a bar; a first cell has no such number.
_HEADING_OF_SECTION = re.compile(r"\s*[一二三四五六]、.{4,}")
_DIGITS = re.compile(r"\d")
_RULE = re.compile(r"[\s:|+-]*")
# A cell that spreads over more lines than this is prose between two tables.
_TALLEST_CELL = 8
# A row of fifteen heads, each broken in two.
_TALLEST_ROW = 16
# A label that begins a row and stands on a line without a bar: what a narrow cell holds of it.
LONGEST_FRONT = 12
# Where cells are lost, so many of the stretches between runs of bars are still whole rows.
_MOST_WHOLE = 0.7
# This many lines tell how a table writes its rows.
_STYLE_WINDOW = 60


def is_pipe_line(line: str) -> bool:
    """Tell whether a line closes a cell: it ends with a bar, or has two bars inside."""
    return line.rstrip().endswith("|") or line.count("|") >= 2


def first_line(lines: list[str], at: int, prose_from: int) -> int:
    """Give the line on which the table of the bar line `at` begins, not above `prose_from`.

    That is `at`, but where its first cell stands above its bar, or its first row is torn.
    """
    if _has_row_lines(lines, at):
        opens, closes = _row_style(lines, at)
        return _torn_front(lines, at, prose_from) if closes and not opens else at
    above = at - 1
    while above >= prose_from and not lines[above].strip():
        above -= 1
    is_cell = above >= prose_from and not _HEADING_OF_SECTION.match(lines[above])
    return above if is_cell and not lines[at].strip(" \t|") else at


def _torn_front(lines: list[str], at: int, prose_from: int) -> int:
    """Go up the lines that hold a bar but do not close with one, and to what stands in front."""
    front = at
    while (
        front > prose_from
        and "|" in lines[front - 1]
        and not lines[front - 1].rstrip().endswith("|")
    ):
        front -= 1
    has_label = front > prose_from and 0 < len(lines[front - 1].strip()) <= LONGEST_FRONT
    return front - 1 if front < at and has_label else front


def take_pipe_blocks(lines: list[str], first: int, at: int) -> tuple[list[Block], int]:
    """Read the tables whose first bar line is `at`, and the headings squeezed between them.

    `first` is the line on which their first cell begins. Gives the blocks and the line behind.
    """
    if _has_row_lines(lines, at):
        table, end = _take_row_lines(lines, first, at)
        return [table], end
    end = _region_end(lines, at)
    head = [line for line in lines[first:at] if line.strip()]
    return _split_region(head + lines[at:end], first), end


def _has_row_lines(lines: list[str], start: int) -> bool:
    """Tell whether rows stand on one line each: of the lines with a bar many hold several cells."""
    counts = [
        sum(bool(part.strip()) for part in line.split("|"))
        for line in lines[start : _region_end(lines, start)]
        if "|" in line
    ]
    filled = [count for count in counts if count]
    return 4 * sum(count > 1 for count in filled) > len(filled)


def _take_row_lines(lines: list[str], first: int, start: int) -> tuple[Table, int]:
    """Read rows from the bar line `start` on; the first of them begins on the line `first`."""
    rows = []
    opens, closes = _row_style(lines, start)
    at = start
    while at < len(lines):
        if _is_gap(lines, at):
            at += 1
            continue
        height = _row_height(lines, at, opens=opens) if closes else int(is_pipe_line(lines[at]))
        if not height:
            break
        line = "\n".join(lines[first if at == start else at : at + height]).strip()
        at += height
        if "--" not in line or not _RULE.fullmatch(line):
            rows.append(_row_cells(line))
    return replace(ragged_table(rows, first), has_grid=_is_grid(rows)), at


def _row_height(lines: list[str], at: int, *, opens: bool) -> int:
    """Count the lines of the row at `at`, 0 where none begins.

    A line with bars is a row of its own at the least, so that reading always goes on; one without
    a bar at its end goes on to the line that has one. Its first line has a bar too if rows open
    with bars, else it is a label's front, as short as what one line of a narrow cell holds.
    """
    line = lines[at]
    alone = int(is_pipe_line(line))
    if line.rstrip().endswith("|") or ("|" not in line and (opens or len(line) > LONGEST_FRONT)):
        return alone
    for height in range(1, _TALLEST_ROW + 1):
        line = lines[at + height - 1] if at + height <= len(lines) else ""
        if line.rstrip().endswith("|"):
            return height
        if not line.strip() or _is_prose(line):
            break
    return alone


def _is_prose(line: str) -> bool:
    is_heading = "|" not in line and HEADING.match(line) is not None
    return is_heading or max(map(len, line.split("|"))) > LONGEST_LABEL


def _row_style(lines: list[str], start: int) -> tuple[bool, bool]:
    """Tell whether rows open with a bar, and whether they close with one.

    Of rows torn over lines few lines close; of rows that end without a bar only those whose last
    cell is blank.
    """
    rows = [line.strip() for line in lines[start : start + _STYLE_WINDOW] if line.count("|") >= 2]
    opening = sum(row.startswith("|") for row in rows)
    closing = sum(row.endswith("|") for row in rows)
    return 2 * opening > len(rows), 4 * closing > len(rows)


def _row_cells(line: str) -> list[str]:
    cells = line.split("|")
    # A bar at either end of the line closes nothing.
    cells = cells[1:] if line.startswith("|") else cells
    cells = cells[:-1] if line.endswith("|") else cells
    return [cell.replace("<br>", "\n") for cell in cells]


def _is_grid(rows: list[list[str]]) -> bool:
    """Tell whether rows keep their columns.

    They are of one width then, and what a merged cell covers is blank or holds its text once more.
    """
    if len({len(row) for row in rows}) != 1:
        return False
    texts = [[cell.strip() for cell in row] for row in rows]
    has_blanks = any(not cell and any(row[at:]) for row in texts for at, cell in enumerate(row))
    return has_blanks or any(_repeats_label(row) for row in texts)


def _repeats_label(row: list[str]) -> bool:
    """Figures of neighbours may be the same; so may a dash or 无."""
    pairs = pairwise(row)
    return any(a == b and len(a) > 1 and not _DIGITS.search(a) for a, b in pairs)


def _is_gap(lines: list[str], at: int) -> bool:
    """A single blank line between two rows."""
    return not lines[at].strip() and at + 1 < len(lines) and is_pipe_line(lines[at + 1])


def _region_end(lines: list[str], start: int) -> int:
    """Find the line behind the last bar of a run of cells."""
    end = start + 1
    for at in range(start + 1, len(lines)):
        if at - end > _TALLEST_CELL or (at > end and len(lines[at]) > 2 * LONGEST_LABEL):
            break
        if is_pipe_line(lines[at]):
            end = at + 1
    return end


def _split_region(lines: list[str], first: int) -> list[Block]:
    """Cut a region into tables and the headings between them."""
    blocks: list[Block] = []
    cells: list[str] = []
    ends: list[int] = []
    pending: list[str] = []
    for offset, line in enumerate(lines):
        text, bars = _trailing_bars(line)
        if text.strip():
            pending.append(text.strip())
        if not bars:
            continue
        cut = _prose_lines(pending)
        if cut:
            blocks.extend(_finished(cells, ends, first))
            blocks.extend(Paragraph(text, first + offset) for text in pending[:cut])
            cells, ends = [], []
        cells.append("\n".join(pending[cut:]))
        pending = []
        cells.extend([""] * (bars - 1))
        if bars > 1:
            ends.append(len(cells))
    blocks.extend(_finished(cells, ends, first))
    blocks.extend(Paragraph(text, first + len(lines) - 1) for text in pending)
    return blocks


def _trailing_bars(line: str) -> tuple[str, int]:
    stripped = line.rstrip()
    text = stripped.rstrip("| \t")
    return text, stripped[len(text) :].count("|")


def _prose_lines(cell: list[str]) -> int:
    """Count the lines in front of a cell's own text: a heading or prose the cell ran into."""
    return max(
        (
            index + 1
            for index, line in enumerate(cell[:-1])
            if HEADING.match(line) or len(line) > LONGEST_LABEL
        ),
        default=0,
    )


def _finished(cells: list[str], ends: list[int], line: int) -> list[Block]:
    if not any(cells):
        return []
    width = math.gcd(*ends) if ends else len(cells)
    if width > 1:
        rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    else:
        rows = _rows_of_segments([cells[a:b] for a, b in pairwise([0, *ends, len(cells)])])
    return [ragged_table([row for row in rows if row], line)]


def _rows_of_segments(segments: list[list[str]]) -> list[list[str]]:
    """Cut what stands between runs of bars into rows where a cell is lost or one too many.

    Most segments hold whole rows still, which tells the width. In the others nobody knows whether
    a blank at the end is a cell or what fills the row up: there it is none, so that a row without
    one of its figures is too short, and not one with a blank.
    """
    lengths = [len(segment) for segment in segments if segment]
    fits = Counter(width for width in set(lengths) if width > 1 for n in lengths if not n % width)
    width, count = max(fits.items(), key=lambda fit: (fit[1], fit[0]), default=(0, 0))
    if count < _MOST_WHOLE * len(lengths):
        width = 0
    rows: list[list[str]] = []
    for segment in segments:
        if width and len(segment) % width == 0:
            rows += [segment[at : at + width] for at in range(0, len(segment), width)]
        else:
            rows.append(_without_last_blanks(segment))
    return rows


def _without_last_blanks(cells: list[str]) -> list[str]:
    end = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
    return cells[:end]
