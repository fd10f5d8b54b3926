"""Plain text to blocks: prose lines, and tables in the layouts that conversions leave behind.

Two readers of tables share the lines between them: `text_tabs` (cells set off by tabs) and
`text_pipes` (cells closed by `|`, or by what `text_drawn` makes one). A table whose cells have
become bare paragraphs cannot be told from prose here; it stays paragraphs, and recognition finds it
by its labels.
"""

from extract.document import Block, Paragraph
from extract.text_drawn import without_drawing
from extract.text_pipes import first_line, is_pipe_line, take_pipe_blocks
from extract.text_tabs import begins_tab_table, take_tab_blocks


def read_text(text: str) -> tuple[Block, ...]:
    """Split decoded text into paragraphs (one a non-blank line) and tables, in order."""
    lines = without_drawing(text.split("\n"))
    blocks: list[Block] = []
    at = prose_from = 0
    while at < len(lines):
        if begins_tab_table(lines, at):
            found, at = take_tab_blocks(lines, at)
            blocks.extend(found)
            prose_from = at
        elif is_pipe_line(lines[at]):
            first = first_line(lines, at, prose_from)
            while blocks and _begins_at(blocks[-1], first):
                blocks.pop()
            found, at = take_pipe_blocks(lines, first, at)
            blocks.extend(found)
            prose_from = at
        else:
            if stripped := lines[at].strip():
                blocks.append(Paragraph(stripped, at))
            at += 1
    return tuple(blocks)


def _begins_at(block: Block, line: int) -> bool:
    """Tell whether a block is a paragraph that begins at a line or behind it."""
    return isinstance(block, Paragraph) and block.line is not None and block.line >= line
