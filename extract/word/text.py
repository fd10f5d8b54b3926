"""The text of one Word paragraph as it is printed, all changes to it accepted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.document import Block, Paragraph
from extract.opc import Element
from extract.word.styles import Styles
from extract.word.xml import (
    ALTERNATE,
    BOX,
    WORD_ART,
    M,
    Properties,
    R,
    T,
    W,
    branch,
    held,
    is_on,
    properties_of,
    value,
)

_TEXT = frozenset({T, M + "t"})
_RUNS = frozenset({R, M + "r"})
_PRINTED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_GONE = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "rt"))
_HOLDS_BOXES = frozenset(W + name for name in ("drawing", "pict", "object"))
_FIELD = W + "fldChar"
_SYMBOL = W + "sym"
_RUBY = W + "ruby"
# The symbol font has digits and signs where ASCII has them, moved to the private area.
_SYMBOL_FONT = "Symbol"
_SAME_IN_SYMBOL = frozenset("0123456789+-.,/%()")
_PRIVATE = 0xF000
# 10 with a raised 2 is not 102.
_SMALL = {
    "superscript": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "subscript": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


class Line(NamedTuple):
    """A paragraph's text, and what floats in front of and behind it (text boxes)."""

    text: str
    before: list[Block]
    after: list[Block]


def read_line(
    paragraph: Element,
    properties: Properties,
    styles: Styles,
    read_box: Callable[[Element], list[Block]],
    *,
    in_cell: bool = False,
) -> Line:
    """Read one `w:p` of these properties; `read_box` gives the blocks of a text box in it.

    What is struck out in a cell of a table is not its figure.
    """
    reading = _Reading(properties, styles, read_box, in_cell)
    reading.inline(paragraph)
    return Line("".join(reading.parts), reading.before, reading.after)


def runs_on(properties: Properties) -> bool:
    """Tell whether a paragraph's end is deleted or hidden, so that the next one joins it."""
    mark = held(properties.get(W + "rPr"))
    return W + "del" in mark or W + "moveFrom" in mark or bool(is_on(mark, "vanish"))


@dataclass
class _Reading:
    properties: Properties
    styles: Styles
    read_box: Callable[[Element], list[Block]]
    in_cell: bool
    parts: list[str] = field(default_factory=list)
    before: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    # One entry an open field: whether its code, which is not printed, is still running.
    fields: list[bool] = field(default_factory=list)

    def inline(self, parent: Element) -> None:
        """Read everything between the runs of a paragraph."""
        stack = list(reversed(parent))
        while stack:
            node = stack.pop()
            if node.tag in _RUNS:
                self._run(node)
            elif node.tag == ALTERNATE:
                stack.extend(reversed(branch(node)))
            elif node.tag in _TEXT:
                self._print(node.text or "")
            elif node.tag not in _GONE:
                stack.extend(reversed(node))

    def _run(self, run: Element) -> None:
        properties = properties_of(run, "rPr")
        is_hidden = self.styles.is_hidden(properties, self.properties)
        is_hidden = is_hidden or (self.in_cell and _is_struck(properties))
        small = _SMALL.get(value(properties, "vertAlign") or "")
        stack = list(reversed(run))
        while stack:
            node = stack.pop()
            if node.tag == _FIELD:
                self._field(node.get(W + "fldCharType"))
            elif is_hidden:
                continue
            elif node.tag in _TEXT:
                text = node.text or ""
                self._print(text.translate(small) if small else text)
            elif node.tag == ALTERNATE:
                stack.extend(reversed(branch(node)))
            elif node.tag in _PRINTED:
                self._print(_PRINTED[node.tag])
            elif node.tag == _SYMBOL:
                self._print(_symbol(node))
            elif node.tag in _HOLDS_BOXES:
                self._boxes(node)
            elif node.tag == _RUBY:
                self.inline(node)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _print(self, text: str) -> None:
        if not any(self.fields):
            self.parts.append(text)

    def _boxes(self, holder: Element) -> None:
        """Take the text boxes of a drawing, where they are anchored."""
        place = self.after if any(map(str.strip, self.parts)) else self.before
        stack = [holder]
        while stack:
            node = stack.pop()
            if node.tag == BOX:
                place.extend(self.read_box(node))
            elif node.tag == WORD_ART:
                text = (node.get("string") or "").strip()
                place.extend([Paragraph(text)] if text else [])
            elif node.tag == ALTERNATE:
                stack.extend(reversed(branch(node)))
            else:
                stack.extend(reversed(node))


def _is_struck(properties: Properties) -> bool:
    return bool(is_on(properties, "strike") or is_on(properties, "dstrike"))


def _symbol(node: Element) -> str:
    try:
        code = int(node.get(W + "char") or "", 16)
    except ValueError:
        return "\ufffd"
    if _PRIVATE <= code <= _PRIVATE + 0xFF and node.get(W + "font") == _SYMBOL_FONT:
        letter = chr(code - _PRIVATE)
        return letter if letter in _SAME_IN_SYMBOL else chr(code)
    is_character = 0x20 <= code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else "\ufffd"
