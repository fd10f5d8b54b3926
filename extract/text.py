"""Plain text to blocks: prose lines, and tables in the layouts that conversions leave behind.

Three readers of tables share the lines between them: `text_tabs` (a cell a line behind a tab),
`text_pipes` (cells closed by `|`). A table whose cells have become bare paragraphs cannot be told
from prose here; it stays paragraphs, and recognition finds it by its labels.
"""

from extract.document import Block, Paragraph
from extract.text_pipes import is_pipe_line, take_pipe_blocks
from extract.text_tabs import is_tab_line, take_tab_table


def read_text(text: str) -> tuple[Block, ...]:
    """Split decoded text into paragraphs (one a non-blank line) and tables, in order."""
    lines = text.split("\n")
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if is_tab_line(lines[at]):
            table, at = take_tab_table(lines, at)
            blocks.append(table)
        elif is_pipe_line(lines[at]):
            opening = _opening_cell(lines, at, blocks)
            if opening:
                blocks.pop()
            found, at = take_pipe_blocks(lines, at, opening)
            blocks.extend(found)
        else:
            if stripped := lines[at].strip():
                blocks.append(Paragraph(stripped, at))
            at += 1
    return tuple(blocks)


def _opening_cell(lines: list[str], at: int, blocks: list[Block]) -> Paragraph | None:
    """Give the paragraph right above a line of bars only: it is the first cell of the table."""
    above = blocks[-1] if blocks else None
    if lines[at].strip(" \t|") or not isinstance(above, Paragraph) or above.line is None:
        return None
    return None if any(map(str.strip, lines[above.line + 1 : at])) else above
