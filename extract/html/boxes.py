"""What a page is between parsing and blocks: lines of text and data tables in nested boxes."""

import re
from collections.abc import Iterator
from itertools import filterfalse
from operator import itemgetter
from typing import NamedTuple

from extract.document import Block, Paragraph, Table

# A table with less text than this in its labels is a counter or a calendar, no content.
_LEAST_LABELS = 60
_LEAST_PROSE = 30
_SENTENCE = re.compile(r"[，。；,;]")
_TEXT = itemgetter(0)
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Line(NamedTuple):
    """A run of text that stands on lines of its own; `linked` of its characters are links."""

    text: str
    linked: int = 0
    is_heading: bool = False

    def is_link(self) -> bool:
        """Tell whether most of the text is a link."""
        return 2 * self.linked > len(self.text)


class Box:
    """An element that holds others. All counts are of everything inside.

    `chars` are characters, `linked` those in links, `mass` those of prose and of large tables;
    `cells` are cells of data tables, `links` lines that are links. A data table is a box with
    `table` and no parts. `is_picture` says of a cell that a picture stands in it.
    """

    __slots__ = (
        "cells", "chars", "is_picture", "linked", "links", "mass", "name", "parts", "table", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, name: str = "") -> None:
        self.tag = tag
        self.name = name
        self.parts: list[Line | Box] = []
        self.chars = self.linked = self.links = self.mass = self.cells = 0
        self.table: Table | None = None
        self.is_picture = False

    def take_line(self, line: Line) -> None:
        """Add a line behind what is there."""
        self.parts.append(line)
        self.chars += len(line.text)
        if line.linked:
            self.linked += line.linked
            self.links += line.is_link()
        if len(line.text) >= _LEAST_PROSE:
            self.mass += _mass(line)

    def take_box(self, box: "Box") -> None:
        """Add a box behind what is there, unless nothing is in it."""
        if box.parts or box.table:
            self.parts.append(box)
            self.chars += box.chars
            self.linked += box.linked
            self.links += box.links
            self.mass += box.mass
            self.cells += box.cells

    def is_links(self) -> bool:
        """Tell whether most of the text is links."""
        return 2 * self.linked > self.chars


def tidy(text: str) -> str:
    """Print runs of white space as one blank, and none around the text."""
    words = text.split()
    # Most texts have no space in them.
    if len(words) < 2:
        return words[0] if words else ""
    return _SPACE.sub(" ", text.strip())


def _mass(line: Line) -> int:
    """Weigh a long line: prose counts by its length, titles, captions and links do not."""
    length = len(line.text)
    is_linked = length - line.linked < max(_LEAST_PROSE, line.linked)
    return length if not is_linked and _SENTENCE.search(line.text) else 0


def table_box(table: Table, linked: int = 0) -> Box:
    """Wrap a data table."""
    box = Box("table")
    box.table = table
    box.cells = len(table.cells)
    texts = list(map(_TEXT, table.cells))
    box.chars = len("".join(texts))
    box.linked = linked
    labels = len("".join(filterfalse(str.isdigit, texts)))
    box.mass = labels if labels >= _LEAST_LABELS and not box.is_links() else 0
    return box


def lines_of(box: Box) -> Iterator[str]:
    """Give all text inside, line by line; a cell of a table is a line or several."""
    for block in blocks_of(box):
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def blocks_of(box: Line | Box) -> Iterator[Block]:
    """Give the blocks inside in reading order."""
    waiting: list[Line | Box] = [box]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Line):
            yield Paragraph(part.text)
        elif part.table is not None:
            yield part.table
        else:
            waiting.extend(reversed(part.parts))
