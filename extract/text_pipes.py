"""Tables whose cells are closed by `|`: one a line (mirrored pages) or one row a line (Markdown).

Mirrored pages fill each row with bars up to the column count, since merged cells leave fewer
cells than columns: the count is the greatest number that divides every place where such a run of
bars ends. Where no such number exists a run of two or more bars ends a row.
"""

import math
import re
from dataclasses import replace

from extract.document import Block, Paragraph, Table
from extract.text_tabs import HEADING, LONGEST_LABEL, ragged_table

_BARS = re.compile(r"\|[|\s]*")
_RULE = re.compile(r"\s*\|?[\s:|+-]*-{2,}[\s:|+-]*\|?\s*")
# A cell that spreads over more lines than this is prose between two tables.
_TALLEST_CELL = 8
_TALLEST_ROW = 6


def is_pipe_line(line: str) -> bool:
    """Tell whether a line closes a cell: it ends with a bar, or has two bars inside."""
    return line.rstrip().endswith("|") or line.count("|") >= 2


def take_pipe_blocks(
    lines: list[str], start: int, opening: Paragraph | None
) -> tuple[list[Block], int]:
    """Read the tables that begin at `start`, and the headings squeezed between them.

    `opening` is the line above the first bar, which belongs to the first cell.
    """
    if _has_row_lines(lines, start):
        table, at = _take_row_lines(lines, start)
        return ([opening, table] if opening else [table]), at
    end = _region_end(lines, start)
    first = start if opening is None else opening.line or start
    head = [opening.text] if opening else []
    blocks = _split_region(head + lines[start:end], first)
    return blocks, end


def _has_row_lines(lines: list[str], start: int) -> bool:
    """Tell whether rows stand on one line each: some line of the run holds several cells."""
    at = start
    while at < len(lines) and (is_pipe_line(lines[at]) or _is_gap(lines, at)):
        if len([part for part in lines[at].split("|") if part.strip()]) >= 2:
            return True
        at += 1
    return False


def _take_row_lines(lines: list[str], start: int) -> tuple[Table, int]:
    rows = []
    at = start
    while at < len(lines):
        if _is_gap(lines, at):
            at += 1
            continue
        height = _row_height(lines, at)
        if not height:
            break
        line = "\n".join(lines[at : at + height]).strip()
        at += height
        if not _RULE.fullmatch(line):
            rows.append(_row_cells(line))
    return replace(ragged_table(rows, start), has_grid=_is_grid(rows)), at


def _row_height(lines: list[str], at: int) -> int:
    """Count the lines of the row at `at`; a cell torn over lines leaves some without a bar.

    A line with bars is a row of its own at the least, so that reading always goes on.
    """
    alone = int(is_pipe_line(lines[at]))
    if alone and not lines[at].lstrip().startswith("|"):
        return alone
    for height in range(1, _TALLEST_ROW + 1):
        line = lines[at + height - 1] if at + height <= len(lines) else ""
        if line.rstrip().endswith("|"):
            return height
        if not line.strip() or len(line) > LONGEST_LABEL or HEADING.match(line):
            break
    return alone


def _row_cells(line: str) -> list[str]:
    cells = line.split("|")
    # A bar at either end of the line closes nothing.
    cells = cells[1:] if line.startswith("|") else cells
    cells = cells[:-1] if line.endswith("|") else cells
    return [cell.replace("<br>", "\n") for cell in cells]


def _is_grid(rows: list[list[str]]) -> bool:
    """Rows of one width, with blanks that hold a place for what is merged, keep their columns."""
    keeps_places = any(
        not cell.strip() and any(map(str.strip, row[at:]))
        for row in rows
        for at, cell in enumerate(row)
    )
    return keeps_places and len({len(row) for row in rows}) == 1


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
        rows = [cells[a:b] for a, b in zip([0, *ends], [*ends, len(cells)], strict=True)]
    return [ragged_table([row for row in rows if row], line)]
