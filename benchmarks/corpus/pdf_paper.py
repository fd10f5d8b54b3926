"""Sheets of paper for the PDF renderer: where text is broken, and what is drawn where.

Everything is placed first and drawn last, so that the order of drawing can be anything: programs
that make PDFs draw by row, by column, all lines before all text, or in no order at all.
"""

import io
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

# One of the fonts that every PDF program brings along: nothing is embedded, nothing installed.
FONT = "STSong-Light"
# Characters that no line begins with.
_NEVER_FIRST = "，。、；：！？）”》"
_BOLD_SHIFT = 0.03


class Text(NamedTuple):
    """A run of characters; y is its base line, down from the upper edge of the sheet."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


class Line(NamedTuple):
    """A ruling."""

    x0: float
    y0: float
    x1: float
    y1: float


class Shade(NamedTuple):
    """A filled box without a border."""

    x: float
    y: float
    width: float
    height: float


Mark = Text | Line | Shade
Sheet = list[Mark]


@cache
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@cache
def width_of(text: str, size: float) -> float:
    """How wide a text is in print."""
    _register()
    return sum(1.0 if ord(char) > 0x2000 else 0.5 for char in text) * size


def broken(text: str, size: float, width: float, indent: float = 0) -> list[str]:
    """Break a text into lines no wider than `width`, by the rules for Chinese."""
    lines = []
    for part in text.split("\n"):
        line, used = "", indent
        for word in _words(part):
            wide = width_of(word, size)
            if line and used + wide > width:
                # The character in front of a mark goes to the next line with it.
                kept = len(line) - (word in _NEVER_FIRST and len(line) > 1)
                lines.append(line[:kept])
                line, used = line[kept:], width_of(line[kept:], size)
            line, used = line + word, used + wide
        lines.append(line)
    return lines


def _words(text: str) -> Iterator[str]:
    """Give what a line break never tears: a number, or one character."""
    word = ""
    for char in text:
        if (char.isascii() and char.isalnum()) or (word and char in ".,"):
            word += char
            continue
        if word:
            yield word
        word = ""
        yield char
    if word:
        yield word


def printed(
    sheets: list[Sheet],
    size: tuple[float, float],
    *,
    title: str,
    shuffled: Random | None = None,
    turned: bool = False,
) -> bytes:
    """Draw the sheets; `shuffled` in any order, `turned` as turned pages (`/Rotate 90`)."""
    _register()
    file = io.BytesIO()
    height = size[1]
    # The size as seen: the library itself exchanges the sides of turned pages.
    canvas = Canvas(file, pagesize=size, invariant=1)
    canvas.setTitle(title)
    for sheet in sheets:
        if turned:
            canvas.setPageRotation(90)
            canvas.translate(height, 0)
            canvas.rotate(90)
        canvas.setLineWidth(0.5)
        for mark in sorted(sheet, key=lambda _: shuffled.random()) if shuffled else sheet:
            _draw(canvas, mark, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, mark: Mark, height: float) -> None:
    if isinstance(mark, Line):
        canvas.line(mark.x0, height - mark.y0, mark.x1, height - mark.y1)
    elif isinstance(mark, Shade):
        canvas.setFillGray(0.88)
        canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, 0, 1)
        canvas.setFillGray(0)
    else:
        canvas.setFont(FONT, mark.size)
        for step in range(2 if mark.bold else 1):
            # Half-width figures are set one by one: the font's own are narrower than half.
            x = mark.x + step * _BOLD_SHIFT * mark.size
            for char in mark.text:
                if not char.isspace():
                    canvas.drawString(x, height - mark.y, char)
                x += width_of(char, mark.size)
