"""A parsed page to boxes, in one walk over the pieces of its markup (`extract.html.markup`).

Left out is what browsers do not show (scripts, hidden elements, readings above characters) and
what is no text of the page (menus, buttons). Text is verbatim but for runs of white space.
"""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

from extract.document import Paragraph
from extract.html.attributes import is_flat, is_spacer
from extract.html.boxes import Box, Line, table_box, tidy
from extract.html.fields import chosen, set_apart, text_behind, typed, written
from extract.html.markup import (
    closing,
    inside,
    pieces_of,
    plain,
    tag_name,
    tags_of,
    text_inside,
)
from extract.html.pieces import PIECES, Piece, holds_sized, read_piece
from extract.html.shapes import Shapes
from extract.html.tables import OpenTable, cell_of, table_or_layout
from extract.text import read_text

# Nothing to read in a line: space, and marks of no width (one begins every file joined in).
_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_BLOCKS = frozenset(["br", "div", "li", "p", "table"])


def boxes_of(parser: LexborHTMLParser) -> Box:
    """Give all that a page shows."""
    root = Box("body")
    if parser.body is not None:
        _Walk(root, pieces_of(parser.body.inner_html or "")).through()
    return root


class _Walk:
    """Enters and leaves elements; what is entered is left, so that boxes and tables pair up."""

    def __init__(self, root: Box, pieces: list[str]) -> None:
        self._pieces = pieces
        self._at = 0
        self._box = root
        self._around: list[Box] = []
        self._tables: list[OpenTable] = []
        self._texts: list[str] = []
        self._linked = 0
        self._links: list[bool] = []
        self._open_links = 0
        self._open_pre = 0

    def through(self) -> None:
        pieces = self._pieces
        if pieces[0]:
            self._take_text(pieces[0])
        at = 1
        while at < len(pieces):
            piece = PIECES[pieces[at]]
            if act := _ACTS.get(piece.role):
                self._at = at
                if not act(self, piece):
                    at = closing(pieces, at, piece.name)
            if text := pieces[at + 1]:
                self._take_text(text)
            at += 2
        self._end_line()

    def _take_text(self, text: str) -> None:
        if "&" in text:
            text = plain(text)
        if self._open_pre and "\n" in text:
            *lines, text = text.split("\n")
            for line in lines:
                self._texts.append(line)
                self._end_line()
        elif not self._texts and text.isspace():
            # Between elements there is mostly nothing else, and no line begins with it.
            return
        self._texts.append(text)
        if self._open_links:
            self._linked += len(text.strip())

    def _begin_line(self, _: Piece) -> bool:
        if self._texts:
            self._end_line()
        return True

    def _leave_heading(self, _: Piece) -> bool:
        self._end_line(is_heading=True)
        return True

    def _end_line(self, *, is_heading: bool = False) -> None:
        if not self._texts:
            return
        text = tidy("".join(self._texts))
        self._texts.clear()
        linked, self._linked = min(self._linked, len(text)), 0
        if text and (self._tables or not _NOTHING.fullmatch(text)):
            self._box.take_line(Line(text, linked, is_heading))

    def _begin_box(self, piece: Piece) -> bool:
        self._end_line()
        self._around.append(self._box)
        self._box = Box(piece.name, piece.label)
        return True

    def _end_box(self) -> Box:
        self._end_line()
        done, self._box = self._box, self._around.pop()
        return done

    def _leave_box(self, _: Piece) -> bool:
        done = self._end_box()
        self._box.take_box(done)
        return True

    def _begin_pre(self, piece: Piece) -> bool:
        pieces = self._pieces
        names = (tag_name(pieces[at]) for at in inside(pieces, self._at, piece.name))
        if self._tables or self._open_pre or not _BLOCKS.isdisjoint(names):
            self._open_pre += 1
            return self._begin_box(piece)
        self._end_line()
        for block in read_text(text_inside(pieces, self._at, piece.name)):
            if isinstance(block, Paragraph):
                self._box.take_line(Line(block.text))
            else:
                self._box.take_box(table_box(block))
        return False

    def _end_pre(self, piece: Piece) -> bool:
        self._open_pre -= 1
        return self._leave_box(piece)

    def _begin_table(self, piece: Piece) -> bool:
        self._end_line()
        self._tables.append(OpenTable(piece.label, *self._tables[-1:]))
        return True

    def _begin_group(self, piece: Piece) -> bool:
        self._tables[-1].begin_group(piece.name)
        return True

    def _begin_row(self, piece: Piece) -> bool:
        self._tables[-1].begin_row(is_flat=is_flat(piece.attributes))
        return True

    def _begin_cell(self, piece: Piece) -> bool:
        self._end_line()
        self._around.append(self._box)
        self._box = Box("cell", piece.label)
        self._tables[-1].rows[-1].cells.append(cell_of(self._box, piece.attributes))
        return True

    def _take_cell(self, piece: Piece) -> bool:
        if self._texts:
            self._end_line()
        if piece.cell is not None:
            self._tables[-1].rows[-1].cells.append(piece.cell)
        return True

    def _take_spaced_cell(self, piece: Piece) -> bool:
        """Take a cell with space or breaks around its text, which count in links and in <pre>."""
        return self._cut_up() if self._open_links or self._open_pre else self._take_cell(piece)

    def _take_line(self, piece: Piece) -> bool:
        if self._open_links or self._open_pre:
            return self._cut_up()
        if self._texts:
            self._end_line()
        line = piece.line
        if line and line.text and (self._tables or not _NOTHING.fullmatch(line.text)):
            self._box.take_line(line)
        return True

    def _take_table(self, _: Piece) -> bool:
        is_plain = not (self._open_links or self._open_pre)
        table = _SHAPES.table_in(self._pieces[self._at]) if is_plain else None
        if table is None:
            return self._cut_up()
        self._end_line()
        self._box.take_box(table)
        return True

    def _cut_up(self) -> bool:
        """Take a whole element tag by tag, from its first."""
        pieces, at = self._pieces, self._at
        pieces[at : at + 1] = tags_of(pieces[at])
        first = read_piece(pieces[at])
        return _ACTS[first.role](self, first)

    def _leave_cell(self, _: Piece) -> bool:
        self._end_box()
        return True

    def _end_table(self, _: Piece) -> bool:
        self._end_line()
        table = self._tables.pop()
        box = table_or_layout(table.rows)
        box.name = table.name
        self._box.take_box(box)
        return True

    def _begin_link(self, piece: Piece) -> bool:
        self._links.append(bool(piece.attributes.get("href")))
        self._open_links += self._links[-1]
        return True

    def _end_link(self, _: Piece) -> bool:
        self._open_links -= self._links.pop()
        return True

    def _begin_struck(self, piece: Piece) -> bool:
        """Pass over what is struck out in a table, and figures that are: they hold no longer."""
        return not (self._tables or text_inside(self._pieces, self._at, piece.name).isdecimal())

    def _begin_tiny(self, piece: Piece) -> bool:
        return holds_sized(self._pieces, self._at, piece.name)

    def _begin_raised(self, _: Piece) -> bool:
        """Pass over the number of a footnote, which is no part of the figure before it."""
        return not (self._texts and self._texts[-1].rstrip()[-1:].isdigit())

    def _take_picture(self, piece: Piece) -> bool:
        if self._tables and not is_spacer(piece.attributes):
            self._tables[-1].take_picture()
        return True

    def _take_input(self, piece: Piece) -> bool:
        if figure := typed(piece.attributes, is_in_table=bool(self._tables)):
            before = "".join(self._texts).strip()
            self._texts.append(set_apart(figure, before, text_behind(self._pieces, self._at)))
        return True

    def _take_select(self, _: Piece) -> bool:
        if self._tables and (figure := chosen(self._pieces, self._at)):
            self._texts.append(figure)
        return False

    def _take_textarea(self, piece: Piece) -> bool:
        for line in written(self._pieces, self._at, piece.name) if self._tables else ():
            self._end_line()
            self._texts.append(line)
        return False


_Act = Callable[[_Walk, Piece], bool]

# Functions and not methods of one walk: a walk that held its own would be freed by the collector
# only, and all that it found with it.
# What to do at a piece of each role; what an element holds is walked if it says so.
_ACTS: dict[str, _Act] = {
    "skip": lambda _walk, _piece: False,
    "line": _Walk._begin_line,
    "/line": _Walk._begin_line,
    "whole line": _Walk._take_line,
    "heading": _Walk._begin_line,
    "/heading": _Walk._leave_heading,
    "box": _Walk._begin_box,
    "/box": _Walk._leave_box,
    "pre": _Walk._begin_pre,
    "/pre": _Walk._end_pre,
    "whole table": _Walk._take_table,
    "table": _Walk._begin_table,
    "/table": _Walk._end_table,
    "group": _Walk._begin_group,
    "row": _Walk._begin_row,
    "cell": _Walk._begin_cell,
    "/cell": _Walk._leave_cell,
    "whole cell": _Walk._take_cell,
    "spaced cell": _Walk._take_spaced_cell,
    "link": _Walk._begin_link,
    "/link": _Walk._end_link,
    "struck": _Walk._begin_struck,
    "struck line": lambda walk, _piece: walk._cut_up(),
    "tiny": _Walk._begin_tiny,
    "sup": _Walk._begin_raised,
    "picture": _Walk._take_picture,
    "drawing": lambda walk, piece: not walk._take_picture(piece),
    "input": _Walk._take_input,
    "select": _Walk._take_select,
    "textarea": _Walk._take_textarea,
}


def _walk_table(markup: str) -> Box:
    """Walk over a whole table; the page around it if there is more than one thing in it."""
    root = Box("body")
    _Walk(root, ["", *tags_of(markup), ""]).through()
    only = root.parts[0] if len(root.parts) == 1 else root
    return only if isinstance(only, Box) else root


_SHAPES = Shapes(_walk_table)
