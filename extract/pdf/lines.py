"""Characters to lines and to the pieces of lines, by where they stand and nothing else.

The content stream of a PDF may draw a page in any order; what is read is what stands beside each
other. A glyph drawn twice a hair apart (bold for want of a bold font) is one glyph. Two different
glyphs in one place are neither: nobody can tell which of them is meant.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.page import NO_CHARACTER, Char

# All in parts of the font size.
_SAME_PLACE = 0.16
_SAME_LINE = 0.45
_WORD_GAP = 0.25
# Points and commas are narrow: fonts of one width leave a gap beside them.
_MARK_GAP = 0.4
_PIECE_GAP = 0.55
# Heads of narrow columns stand closer than that, but never as close as their own characters.
_HEAD_GAP = 0.3
_SET_SOLID = 0.06
_NEXT_LINE = 2.2
_SAME_PARAGRAPH = 1.5
# Left and right together, in points: what Word, WPS and LibreOffice leave free in a cell.
_CELL_MARGINS = 11.0
_FIGURES = frozenset("0123456789０１２３４５６７８９.,，．-－−")
# Below this stand letters and digits, which have words; characters from here on do not.
_FIRST_WIDE = "\u2010"


class Piece(NamedTuple):
    """A run of text on one line without a wide gap."""

    text: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """Where it is from left to right."""
        return (self.x0 + self.x1) / 2


def distinct(chars: Iterable[Char]) -> list[Char]:
    """Leave out what is drawn again over itself."""
    kept: dict[tuple[str, int], list[tuple[int, Char]]] = {}
    result = []
    for char in chars:
        reach = _SAME_PLACE * char.size
        step = max(reach, 0.5)
        column, row = int(char.x0 // step), int(char.base // step)
        if not any(
            abs(at - column) <= 1 and _apart(char, other) < reach
            for near in (row - 1, row, row + 1)
            for at, other in kept.get((char.text, near), ())
        ):
            kept.setdefault((char.text, row), []).append((column, char))
            result.append(char)
    return result


def _apart(one: Char, other: Char) -> float:
    return max(abs(one.x0 - other.x0), abs(one.base - other.base))


def lines_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Group characters that stand on one line; lines from top to bottom, each left to right."""
    lines: list[list[Char]] = []
    base = 0.0
    for char in sorted(chars, key=lambda char: char.base):
        if lines and char.base - base <= _SAME_LINE * max(min(char.size, lines[-1][-1].size), 1):
            lines[-1].append(char)
            # Letters of one line stand a little higher or lower; the line itself must not drift.
            base += (char.base - base) / len(lines[-1])
        else:
            lines.append([char])
            base = char.base
    return [sorted(line, key=lambda char: (char.x0, char.x1)) for line in lines]


def text_of(line: Sequence[Char]) -> str:
    """Join the characters of a line; words and numbers that stand apart stay apart."""
    parts: list[str] = []
    previous: Char | None = None
    for char in line:
        if previous is not None:
            if _is_over(previous, char):
                parts[-1] = NO_CHARACTER
                continue
            is_mark = previous.text in ".," or char.text in ".,"
            gap = (_MARK_GAP if is_mark else _WORD_GAP) * char.size
            if char.x0 - previous.x1 > gap and is_narrow(previous.text) and is_narrow(char.text):
                parts.append(" ")
        parts.append(" " if char.text in "\r\n\t" else char.text)
        previous = char
    return "".join(parts).strip()


def _is_over(one: Char, other: Char) -> bool:
    is_print = not one.text.isspace() and not other.text.isspace()
    return is_print and other.x0 - one.x0 < _SAME_PLACE * min(one.size, other.size)


def is_narrow(text: str) -> bool:
    """Whether this is a letter or a figure that has words or numbers, not a wide character."""
    return text < _FIRST_WIDE and not text.isspace()


def cell_text(chars: Iterable[Char], width: float) -> str:
    """Give the text of a cell of this width, a line a line; a number broken in two is whole."""
    texts: list[str] = []
    above: list[Char] = []
    for line in lines_of(chars):
        printed = [char for char in line if not char.text.isspace()]
        if not printed:
            continue
        if above and _goes_on(above, printed, width):
            texts[-1] += text_of(line)
        else:
            texts.append(text_of(line))
        above = printed
    return "\n".join(texts)


def _goes_on(above: Sequence[Char], below: Sequence[Char], width: float) -> bool:
    """Whether a number was broken for want of room.

    Either not one figure more had a place above, or, since LibreOffice breaks behind any figure,
    both together had none, and stand as close as lines of one paragraph do.
    """
    if not all(char.text in _FIGURES for char in above) or below[0].text not in _FIGURES:
        return False
    used = above[-1].x1 - above[0].x0
    step = below[0].base - above[0].base
    free = width - used - _CELL_MARGINS
    if free < used / len(above):
        return step < _NEXT_LINE * above[0].size
    are_figures = all(char.text in _FIGURES for char in below) and above[0].text not in "0０"
    has_no_room = free < below[-1].x1 - below[0].x0
    return are_figures and has_no_room and step < _SAME_PARAGRAPH * above[0].size


def pieces_of(line: Sequence[Char]) -> list[Piece]:
    """Cut a line where its print has a gap as wide as two columns have between them."""
    groups: list[list[Char]] = []
    for char in line:
        if char.text.isspace():
            continue
        if groups and char.x0 - groups[-1][-1].x1 <= _PIECE_GAP * char.size:
            groups[-1].append(char)
        else:
            groups.append([char])
    has_blanks = any(char.text.isspace() for char in line)
    words = groups if has_blanks else [word for group in groups for word in _words(group)]
    return [piece_of(word) for word in words]


def _words(chars: list[Char]) -> list[list[Char]]:
    """Cut a run of Chinese characters set solid where a few gaps stand out; else leave it whole."""
    gaps = [(right.x0 - left.x1) / right.size for left, right in pairwise(chars)]
    cuts = [at for at, gap in enumerate(gaps, start=1) if gap > _HEAD_GAP]
    words = [chars[start:end] for start, end in pairwise([0, *cuts, len(chars)])]
    is_solid = all(gap < _SET_SOLID or gap > _HEAD_GAP for gap in gaps)
    # `总 计` is one word, printed wide.
    are_words = sum(len(word) == 1 for word in words) * 3 <= len(words)
    is_chinese = all("\u4e00" <= char.text <= "\u9fff" for char in chars)
    return words if is_solid and are_words and is_chinese else [chars]


def piece_of(chars: Sequence[Char]) -> Piece:
    """Take a run of characters as one piece."""
    sizes = sorted(char.size for char in chars)
    bases = sorted(char.base for char in chars)
    return Piece(
        text_of(chars),
        chars[0].x0,
        max(char.x1 for char in chars),
        bases[len(bases) // 2],
        sizes[len(sizes) // 2],
    )
