"""A parsed page to boxes, in one walk over an explicit stack: pages nest deeper than Python may.

Left out is what browsers do not show (scripts, hidden elements, readings above characters) and
what is no text of the page (menus, buttons). Text is verbatim but for runs of white space.
"""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extract.document import Paragraph
from extract.html.attributes import hidden_elements, is_flat, name_of
from extract.html.boxes import Box, Line, table_box
from extract.html.roles import ROLES
from extract.html.tables import PROSE_CELL, HtmlCell, HtmlRow, table_or_layout
from extract.text import read_text

_SPACE = re.compile(r"[ \t\n\r\f]+")
# Nothing to read in a line: space, and marks of no width (one begins every file joined in).
_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_SENTENCE = re.compile(r"[，。；,;]")
_LEAST_PROSE = 30
_BLOCKS = "br,div,li,p,table"
_TYPED = frozenset(["", "text", "number", "tel"])


def boxes_of(parser: LexborHTMLParser) -> Box:
    """Give all that a page shows."""
    root = Box("body")
    if parser.body is not None:
        _Walk(root, hidden_elements(parser)).through(parser.body)
    return root


class _OpenTable:
    """A table whose end is not reached: its name and the rows so far."""

    __slots__ = ("group", "kind", "name", "rows")

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[HtmlRow] = []
        self.group = 0
        self.kind = "tbody"


class _Walk:
    """Enters and leaves elements; what is entered is left, so that boxes and tables pair up."""

    def __init__(self, root: Box, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._box = root
        self._around: list[Box] = []
        self._tables: list[_OpenTable] = []
        self._texts: list[str] = []
        self._linked = 0
        self._open_links = 0
        self._open_pre = 0

    def through(self, root: LexborNode) -> None:
        hidden, enter, leave = self._hidden, _ENTER, _LEAVE
        open_nodes: list[tuple[LexborNode, str]] = []
        node = root.first_child
        while node is not None or open_nodes:
            if node is None:
                done, role = open_nodes.pop()
                if role:
                    leave[role](self, done)
                node = done.next
            elif node.is_text_node:
                self._take_text(node.text_content or "")
                node = node.next
            else:
                role = ROLES.get(node.tag or "", "")
                is_hidden = hidden and node.mem_id in hidden
                if not is_hidden and (not role or enter[role](self, node)):
                    open_nodes.append((node, role if role in leave else ""))
                    node = node.first_child
                else:
                    node = node.next
        self._end_line()

    def _take_text(self, text: str) -> None:
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

    def _begin_line(self, _: LexborNode) -> bool:
        if self._texts:
            self._end_line()
        return True

    def _leave_line(self, _: LexborNode) -> None:
        if self._texts:
            self._end_line()

    def _leave_heading(self, _: LexborNode) -> None:
        self._end_line(is_heading=True)

    def _end_line(self, *, is_heading: bool = False) -> None:
        texts = self._texts
        if not texts:
            return
        text = _tidy("".join(texts))
        texts.clear()
        linked, self._linked = min(self._linked, len(text)), 0
        if text and (self._tables or not _NOTHING.fullmatch(text)):
            self._box.take_line(Line(text, linked, is_heading), _mass(text, linked))

    def _begin_box(self, node: LexborNode) -> bool:
        self._end_line()
        self._around.append(self._box)
        self._box = Box(node.tag or "", name_of(node.attributes))
        return True

    def _end_box(self) -> Box:
        self._end_line()
        done, self._box = self._box, self._around.pop()
        return done

    def _leave_box(self, _: LexborNode) -> None:
        done = self._end_box()
        self._box.take_box(done)

    def _begin_pre(self, node: LexborNode) -> bool:
        if self._tables or self._open_pre or node.css_first(_BLOCKS):
            self._open_pre += 1
            return self._begin_box(node)
        self._end_line()
        for block in read_text(node.text()):
            if isinstance(block, Paragraph):
                self._box.take_line(Line(block.text), _mass(block.text, 0))
            else:
                self._box.take_box(table_box(block))
        return False

    def _end_pre(self, node: LexborNode) -> None:
        self._leave_box(node)
        self._open_pre -= 1

    def _begin_table(self, node: LexborNode) -> bool:
        self._end_line()
        self._tables.append(_OpenTable(name_of(node.attributes)))
        return True

    def _begin_group(self, node: LexborNode) -> bool:
        table = self._tables[-1]
        table.group += 1
        table.kind = node.tag or ""
        return True

    def _begin_row(self, node: LexborNode) -> bool:
        table = self._tables[-1]
        table.rows.append(HtmlRow(table.group, table.kind, [], is_flat(node.attributes)))
        return True

    def _begin_cell(self, node: LexborNode) -> bool:
        if self._texts:
            self._end_line()
        attributes = node.attributes
        box = Box("cell")
        cell = HtmlCell(box, attributes.get("rowspan"), attributes.get("colspan"))
        self._tables[-1].rows[-1].cells.append(cell)
        text = self._only_text(node)
        if text is None:
            box.name = name_of(attributes)
            self._around.append(self._box)
            self._box = box
            return True
        if text := _tidy(text):
            box.parts.append(Line(text))
            box.chars, box.mass = len(text), _mass(text, 0)
        return False

    def _leave_cell(self, _: LexborNode) -> None:
        self._end_box()

    def _only_text(self, node: LexborNode) -> str | None:
        """Give the text of a cell that holds a single one, as most do; None for any other."""
        inner = node.first_child
        while inner is not None:
            if inner.next is not None:
                return None
            if inner.is_text_node:
                return inner.text_content
            is_plain = ROLES.get(inner.tag or "", "line") == "line"
            if not is_plain or (self._hidden and inner.mem_id in self._hidden):
                return None
            inner = inner.first_child
        return ""

    def _end_table(self, _: LexborNode) -> None:
        self._end_line()
        table = self._tables.pop()
        box = table_or_layout(table.rows)
        box.name = table.name
        self._box.take_box(box)

    def _begin_link(self, node: LexborNode) -> bool:
        self._open_links += bool(node.attributes.get("href"))
        return True

    def _end_link(self, node: LexborNode) -> None:
        self._open_links -= bool(node.attributes.get("href"))

    def _begin_struck(self, _: LexborNode) -> bool:
        """Pass over what is struck out in a table: it is not the figure."""
        return not self._tables

    def _begin_raised(self, _: LexborNode) -> bool:
        """Pass over the number of a footnote, which is no part of the figure before it."""
        is_behind_digit = bool(self._texts) and self._texts[-1].rstrip()[-1:].isdigit()
        return not (self._tables and is_behind_digit)

    def _take_input(self, node: LexborNode) -> bool:
        """Take the figure that forms print in a field; fields of a search box are no text."""
        attributes = node.attributes
        is_printed = bool(self._tables) or "readonly" in attributes or "disabled" in attributes
        if is_printed and (attributes.get("type") or "").lower() in _TYPED:
            self._texts.append(attributes.get("value") or "")
        return False

    def _take_select(self, node: LexborNode) -> bool:
        chosen = node.css_first("option[selected]") if self._tables else None
        if chosen is not None:
            self._texts.append(chosen.text())
        return False

    def _take_textarea(self, node: LexborNode) -> bool:
        text = node.text() if self._tables else ""
        if len(text) <= PROSE_CELL and "<" not in text:
            for line in text.split("\n"):
                self._end_line()
                self._texts.append(line)
        return False


# Functions and not methods of one walk: a walk that held its own would be freed by the collector
# only, and all that it found with it.
# An element is entered if this says so.
_ENTER: dict[str, Callable[[_Walk, LexborNode], bool]] = {
    "skip": lambda _walk, _node: False,
    "line": _Walk._begin_line,
    "heading": _Walk._begin_line,
    "box": _Walk._begin_box,
    "pre": _Walk._begin_pre,
    "table": _Walk._begin_table,
    "group": _Walk._begin_group,
    "row": _Walk._begin_row,
    "cell": _Walk._begin_cell,
    "link": _Walk._begin_link,
    "struck": _Walk._begin_struck,
    "sup": _Walk._begin_raised,
    "input": _Walk._take_input,
    "select": _Walk._take_select,
    "textarea": _Walk._take_textarea,
}
_LEAVE: dict[str, Callable[[_Walk, LexborNode], None]] = {
    "line": _Walk._leave_line,
    "heading": _Walk._leave_heading,
    "box": _Walk._leave_box,
    "pre": _Walk._end_pre,
    "table": _Walk._end_table,
    "cell": _Walk._leave_cell,
    "link": _Walk._end_link,
}


def _tidy(text: str) -> str:
    """Print runs of white space as one blank, and none around the text."""
    text = text.strip()
    # Most cells hold one digit.
    return _SPACE.sub(" ", text) if len(text) > 1 else text


def _mass(text: str, linked: int) -> int:
    """Weigh a line: prose counts by its length, titles, captions and links do not."""
    if len(text) < _LEAST_PROSE or len(text) - linked < max(_LEAST_PROSE, linked):
        return 0
    return len(text) if _SENTENCE.search(text) else 0
