"""One Word table to blocks: a grid of cells, or what stands in it where it lays out the page.

People put whole reports into one table: rows of prose, of headings and of tables inside. Such rows
are walked through; what stands between them stays a table.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extract.document import Block, Cell, Paragraph, Table
from extract.opc import Element
from extract.word.grid import merges, places

# The longest official label has 40 characters; only prose fills a cell, or a whole row, with more.
_PROSE_CELL = 400
_PROSE_ROW = 100
_LONGEST_HEADING = 60
_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*、")

ReadCell = Callable[[Element], list[Block]]


@dataclass
class _Cell:
    row: int
    column: int
    row_span: int
    column_span: int
    blocks: list[Block]
    text: str

    @property
    def inner(self) -> int:
        """Count the filled cells of the tables inside."""
        tables = (block for block in self.blocks if isinstance(block, Table))
        return sum(bool(cell.text) for table in tables for cell in table.cells)


def table_blocks(table: Element, read_cell: ReadCell) -> list[Block]:
    """Give what a `w:tbl` holds; `read_cell` gives the blocks of one of its cells."""
    groups = list(_tied_rows(_cells(table, read_cell)))
    is_walked = [_is_layout(group) for group in groups]
    blocks: list[Block] = []
    kept: list[list[_Cell]] = []
    for group, walks in zip(groups, is_walked, strict=True):
        if walks:
            blocks += _as_table(kept, is_part=True)
            blocks += [block for cell in group for block in cell.blocks]
            kept = []
        else:
            kept.append(group)
    return blocks + _as_table(kept, is_part=any(is_walked))


def _cells(table: Element, read_cell: ReadCell) -> list[_Cell]:
    """Put each cell where it begins; what merged cells cover is not printed and not read."""
    found: list[_Cell] = []
    open_above: dict[int, _Cell] = {}
    for row_index, row in enumerate(places(table)):
        open_here: dict[int, _Cell] = {}
        last: _Cell | None = None
        for place in row:
            is_merged, continues, continues_left = merges(place.cell)
            if continues_left and last is not None:
                last.column_span = max(last.column_span, place.end - last.column)
                continue
            above = open_above.get(place.start) if continues else None
            if above is None:
                blocks = read_cell(place.cell)
                width = place.end - place.start
                last = _Cell(row_index, place.start, 1, width, blocks, _text(blocks))
                found.append(last)
            else:
                last = above
                last.row_span += 1
            if is_merged:
                open_here[place.start] = last
        open_above = open_here
    return found


def _text(blocks: Sequence[Block]) -> str:
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [cell.text for cell in block.cells if cell.text]
    return "\n".join(lines)


def _tied_rows(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Give the cells of each row, of several rows where cells reach over them."""
    group: list[_Cell] = []
    end = 0
    for cell in cells:
        if cell.row >= end and group:
            yield group
            group = []
        group.append(cell)
        end = max(end, cell.row + cell.row_span)
    if group:
        yield group


def _is_layout(group: Sequence[_Cell]) -> bool:
    """Rows that hold prose, a heading of their own, or more inside their cells than in them."""
    inner = sum(cell.inner for cell in group)
    own = sum(any(isinstance(block, Paragraph) for block in cell.blocks) for cell in group)
    if inner > own:
        return True
    if len(group) == 1:
        text = group[0].text
        is_heading = len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None
        return is_heading or len(text) > _PROSE_ROW
    return any(len(cell.text) > _PROSE_CELL for cell in group)


def _as_table(groups: list[list[_Cell]], *, is_part: bool) -> list[Block]:
    """Give rows as a table; rows of one cell as paragraphs where there is nothing beside them.

    In part of a layout that also holds for such rows at either end.
    """
    first, last = 0, len(groups)
    if is_part or all(len(group) == 1 for group in groups):
        while first < last and len(groups[first]) == 1:
            first += 1
        while last > first and len(groups[last - 1]) == 1:
            last -= 1
    cells = [cell for group in groups[first:last] for cell in group]
    top = cells[0].row if cells else 0
    table = Table(
        tuple(Cell(c.text, c.row - top, c.column, c.row_span, c.column_span) for c in cells),
        has_grid=True,
    )
    return [
        *(block for group in groups[:first] for block in group[0].blocks),
        *([table] if cells else []),
        *(block for group in groups[last:] for block in group[0].blocks),
    ]
