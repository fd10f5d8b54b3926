"""Rows printed on one line with spaces between their cells, as PDF viewers give them: to cells.

Spaces keep no columns and blank cells leave nothing, so all such a line has is its cells in order:
each becomes a paragraph, and rows are read as where every cell is a line (`printed_rows`).
"""

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Block, Paragraph
from transform.labels import is_like_any, label_key
from transform.pieces import is_page_mark
from transform.printed_rows import LONGEST_LABEL
from transform.values import is_value_like

# Two labels and fifteen figures do not fill it.
_LONGEST_ROW = 160
# A label torn over cells is whole again when at most this many of them are joined.
_MOST_JOINED = 3
# So many figures end a row of a table, whatever a broken line left of its label.
_MANY = 3


def with_parted_rows(blocks: Sequence[Block], known: frozenset[str]) -> list[Block]:
    """Part the lines that are rows of a table into their cells; `known` are official label keys.

    Figures on a line of their own behind a row with figures are dropped: a line break tore them
    off, or it is the number of a page, or their label stands elsewhere. Nothing tells which, and
    without them a torn row lacks a figure, so that it is read as unreadable. A few figures that
    have no label, but a figure alone above or below them, are not parted: there every cell is a
    line, and 100 200 is one of them.
    """
    parted: list[Block] = []
    above = ""
    is_inside = has_figures = False
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            above, is_inside, has_figures = "", False, False
            parted.append(block)
        elif is_page_mark(block.text):
            parted.append(block)
        else:
            cells = _cells(block.text, above, known, is_inside=is_inside)
            if 1 < len(cells) <= _MANY and all(map(is_value_like, cells)):
                is_single = is_value_like(above) or _is_figure(blocks[at + 1 : at + 2])
                cells = [block.text] if is_single else cells
            if has_figures and all(map(is_value_like, cells)):
                continue
            is_row = len(cells) > 1
            is_inside = is_row or (is_inside and len(block.text) <= LONGEST_LABEL)
            has_figures = is_row and is_value_like(cells[-1])
            above = block.text
            parted += [replace(block, text=cell) for cell in cells] if is_row else [block]
    return parted


def _is_figure(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Paragraph) and is_value_like(block.text) for block in blocks)


def _cells(text: str, above: str, known: frozenset[str], *, is_inside: bool) -> list[str]:
    """Give the cells of a row, or the text as it is; `is_inside` a table more is a row.

    Figures alone may stand below their label, which is the text `above`.
    """
    cells = text.split()
    if len(cells) < 2 or sum(map(len, cells)) > _LONGEST_ROW:
        return [text]
    count = len(cells)
    while count and is_value_like(cells[count - 1]):
        count -= 1
    labels, figures = cells[:count], len(cells) - count
    if 2 * sum(len(label) == 1 for label in labels) > len(labels) and figures:
        # Text recognition put a space between all characters.
        labels = ["".join(labels)]
        cells = [*labels, *cells[count:]]
    if not figures:
        is_row = sum(label_key(cell) in known for cell in cells) > 1
    elif not labels:
        is_row = len(cells) > 1 and (is_inside or _is_official([above], known))
    else:
        is_row = (is_inside and figures >= _MANY) or _is_official(labels, known)
    return cells if is_row and not any(map(is_value_like, labels)) else [text]


def _is_official(labels: Sequence[str], known: frozenset[str]) -> bool:
    """Tell whether the last of a few labels, or of them joined, is an official one."""
    tails = {"".join(labels[-most:]) for most in range(1, _MOST_JOINED + 1)}
    return any(len(tail) <= LONGEST_LABEL and is_like_any(label_key(tail), known) for tail in tails)
