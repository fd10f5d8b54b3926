"""One page of a PDF as it is seen: characters and rulings, upright, y downwards from the top.

Whatever the order of the content stream, a rotation of the page or one of its text, what comes
out of here is geometry. Invisible text (the layer that text recognition puts behind a scan) and
slanted text (watermarks) are no part of what was printed.
"""

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.exceptions import UnreadableFileError
from extract.pdf.rulings import Ruling, rulings_of

# A page that people read holds some thousands; an Excel sheet printed on one page ten times that.
_MOST_CHARS = 60_000
_MOST_OBJECTS = 60_000
# Degrees by which text may lean and still be no watermark.
_SLANT = 8
# A line this near to the middle of a character goes through it, in parts of its size.
_THROUGH = 0.12
# PDFium gives a hyphen at a line end as one of these.
_HYPHENS = (0x02, 0xAD, 0xFFFE)
# What stands for a glyph of which the file does not say what character it is.
NO_CHARACTER = "\ufffd"


class Char(NamedTuple):
    """One glyph: its box by advance width, the line it stands on, and the font size."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """Where it is from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """Where it is from top to bottom: the middle of the letters, not of their box."""
        return self.base - 0.35 * self.size


class Page(NamedTuple):
    """What one page shows.

    `picture_share` is how much of it is covered by pictures; `is_hidden` tells that all its text is
    invisible.
    """

    width: float
    height: float
    chars: list[Char]
    rulings: list[Ruling]
    picture_share: float
    is_hidden: bool


class View(NamedTuple):
    """How user space turns into what is seen: quarter turns clockwise, and the page's box."""

    turns: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of user space is seen."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


class _Glyph(NamedTuple):
    """A character in user space; `turn` is how many quarter turns clockwise set it upright."""

    text: str
    turn: int
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float


def too_complex(what: str) -> UnreadableFileError:
    """The error for a file that would take more time or memory than any report needs."""
    return UnreadableFileError(
        "TooComplex", f"This PDF has {what}.", "Print the report alone into a new PDF."
    )


def load_page(page: pdfium.PdfPage) -> Page:
    """Take a page apart; one that no office would print raises `UnreadableFileError`."""
    if pdfium_c.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        raise too_complex("a page drawn of too many parts")
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > _MOST_CHARS:
            raise too_complex("a page with more characters than can be printed on one")
        glyphs = list(_glyphs(textpage))
        is_hidden = any(_is_invisible(textpage.raw, at) for at in range(count) if not glyphs)
    finally:
        textpage.close()
    # Text tells best which way up a page is meant: turned tables stand on unturned pages too.
    turns = Counter(glyph.turn for glyph in glyphs).most_common(1)
    view = View(turns[0][0] if turns else page.get_rotation() // 90 % 4, *page.get_cropbox())
    width, height = view.size
    chars = (_seen(glyph, view) for glyph in glyphs)
    drawn = rulings_of(page, view.place, _MOST_OBJECTS)
    if drawn is None:
        raise too_complex("a page drawn of too many parts")
    seen = [char for char in chars if 0 <= char.middle <= width and 0 <= char.base <= height]
    return Page(
        width,
        height,
        _without_struck(seen, drawn.rulings),
        drawn.rulings,
        drawn.picture_area / max(width * height, 1.0),
        is_hidden,
    )


def _without_struck(chars: list[Char], rulings: list[Ruling]) -> list[Char]:
    """Make unknown what figures have a line drawn through them: they are struck out, or not."""
    levels = sorted((rule for rule in rulings if rule.is_level), key=lambda rule: rule.top)
    tops = [rule.top for rule in levels]

    def is_struck(char: Char) -> bool:
        reach = _THROUGH * char.size
        first = bisect_left(tops, char.height - reach)
        end = bisect_right(tops, char.height + reach)
        return any(rule.x0 <= char.middle <= rule.x1 for rule in levels[first:end])

    return [
        char._replace(text=NO_CHARACTER) if char.text.isdecimal() and is_struck(char) else char
        for char in chars
    ]


def _glyphs(textpage: pdfium.PdfTextPage) -> Iterator[_Glyph]:
    raw, box = textpage.raw, pdfium_c.FS_RECTF()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_MATRIX()
    for index in range(textpage.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        # Spaces and line ends that PDFium makes up would only be in the way of geometry.
        if pdfium_c.FPDFText_IsGenerated(raw, index) == 1 and code not in _HYPHENS:
            continue
        turn = _turn(math.degrees(pdfium_c.FPDFText_GetCharAngle(raw, index)))
        if turn is None or _is_invisible(raw, index):
            continue
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium_c.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
        size = pdfium_c.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        if size > 0:
            text = _text(code, has_map=pdfium_c.FPDFText_HasUnicodeMapError(raw, index) != 1)
            sides = (box.left, box.bottom, box.right, box.top)
            yield _Glyph(text, turn, sides, (x.value, y.value), size)


def _turn(angle: float) -> int | None:
    """Give the quarter turns clockwise that set a piece of text upright, or None if it leans.

    PDFium counts the angle the way of the clock.
    """
    turns = round(angle / 90)
    return -turns % 4 if abs(angle - 90 * turns) <= _SLANT else None


def _is_invisible(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> bool:
    part = pdfium_c.FPDFText_GetTextObject(raw, index)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(part) if part else 0
    return bool(mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _text(code: int, *, has_map: bool) -> str:
    if code in _HYPHENS:
        return "-"
    is_private = 0xE000 <= code < 0xF900 or code >= 0xF0000
    if not has_map or is_private or (code < 0x20 and code not in (9, 10, 13)):
        return NO_CHARACTER
    return chr(code)


def _seen(glyph: _Glyph, view: View) -> Char:
    left, bottom, right, top = glyph.box
    (a, b), (c, d) = view.place(left, bottom), view.place(right, top)
    base = view.place(*glyph.origin)[1]
    # Figures that stand sideways have their order from top to bottom: line by line it is another.
    is_lying = glyph.turn != view.turns and glyph.text.isdecimal()
    text = NO_CHARACTER if is_lying else glyph.text
    return Char(text, min(a, c), max(a, c), min(b, d), max(b, d), base, glyph.size)
