"""HTML to blocks, by the parser rules browsers use, so that broken markup reads as people saw it.

Tables that only lay out a page (they hold other tables, or prose) are walked through; the others
become grids with their spans resolved. Scripts, forms and navigation are left out.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.document import Block, Cell, Content, Paragraph, Table

# fmt: off
_SKIPPED = frozenset([
    "script", "style", "noscript", "template", "head", "nav", "form", "select", "button", "iframe",
    "object", "svg", "textarea",
])
_INLINE = frozenset([
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "o:p",
])
# fmt: on
_LEFT_OUT_IN_CELLS = frozenset({"script", "style", "template"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
# No form has more columns; a page that claims them wants memory, not a table.
_MOST_COLUMNS = 100
# Layout cells hold whole articles; the longest official label has 40 characters.
_PROSE_CELL = 400


def read_html(text: str) -> Content:
    """Give the page's blocks in reading order, and what it says of itself (title, meta tags)."""
    parser = LexborHTMLParser(text)
    walk = _Walk()
    if parser.body is not None:
        walk.through(parser.body)
    return Content(tuple(walk.blocks), tuple(_metadata(parser)))


def _metadata(parser: LexborHTMLParser) -> list[tuple[str, str]]:
    found = []
    title = parser.css_first("title")
    if title is not None:
        found.append(("title", title.text(strip=True)))
    for meta in parser.css("meta"):
        name, content = meta.attributes.get("name"), meta.attributes.get("content")
        if name and content:
            found.append((name.lower(), content))
    return found


class _Walk:
    """Collects blocks over an explicit stack: pages nest deeper than Python may recurse."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []

    def through(self, root: LexborNode) -> None:
        # Each entry is a node still to enter, or None where a block element closes.
        stack: list[LexborNode | None] = [root]
        while stack:
            node = stack.pop()
            if node is None:
                self._close_paragraph()
            elif node.is_text_node:
                self._parts.append(node.text_content or "")
            elif node.is_element_node and node.tag not in _SKIPPED:
                self._enter(node, stack)
        self._close_paragraph()

    def _enter(self, node: LexborNode, stack: list[LexborNode | None]) -> None:
        if node.tag in _INLINE:
            stack.extend(_children_reversed(node))
            return
        self._close_paragraph()
        table = _data_table(node) if node.tag == "table" else None
        if table is not None:
            self.blocks.append(table)
            return
        stack.append(None)
        stack.extend(_children_reversed(node))

    def _close_paragraph(self) -> None:
        text = _SPACE.sub(" ", "".join(self._parts)).strip()
        self._parts.clear()
        if text:
            self.blocks.append(Paragraph(text))


def _children_reversed(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))[::-1]


def _data_table(node: LexborNode) -> Table | None:
    """Give the grid of a table, or None if it only lays out the page."""
    if len(node.css("table")) > 1:
        return None
    rows = [[cell for cell in row.iter() if cell.tag in {"td", "th"}] for row in node.css("tr")]
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    if sum(map(len, rows)) < 2 or any(len(text) > _PROSE_CELL for row in texts for text in row):
        return None
    return Table(tuple(_placed(rows, texts)), has_grid=True)


def _cell_text(cell: LexborNode) -> str:
    """Text of a cell, a line a block element, so that `1<b>2</b>` is 12 and `<p>1<p>2` is not."""
    parts: list[str] = []
    for node in cell.traverse(include_text=True):
        if node.is_text_node:
            parent = node.parent
            if parent is None or parent.tag not in _LEFT_OUT_IN_CELLS:
                parts.append(_SPACE.sub(" ", node.text_content or ""))
        elif node.tag not in _INLINE:
            parts.append("\n")
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _span(cell: LexborNode, name: str, most: int) -> int:
    """A span as browsers read it: leading digits, at least 1, no further than the table goes."""
    match = re.match(r"\s*(\d{1,6})", cell.attributes.get(name) or "")
    return min(max(int(match[1]) if match else 1, 1), max(most, 1))


def _placed(rows: list[list[LexborNode]], texts: list[list[str]]) -> list[Cell]:
    """Put each cell at its grid column, past the columns that cells above still cover."""
    placed: list[Cell] = []
    covered: dict[int, int] = {}  # column -> first row that is free again
    for row_index, (row, row_texts) in enumerate(zip(rows, texts, strict=True)):
        column = 0
        for node, text in zip(row, row_texts, strict=True):
            while covered.get(column, 0) > row_index:
                column += 1
            if column >= _MOST_COLUMNS:
                break
            height = _span(node, "rowspan", len(rows) - row_index)
            width = _span(node, "colspan", _MOST_COLUMNS - column)
            placed.append(Cell(text, row_index, column, height, width))
            covered.update(dict.fromkeys(range(column, column + width), row_index + height))
            column += width
    return placed
