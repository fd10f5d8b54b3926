"""Lines of a PDF to paragraphs, without what is printed on every page around the text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.pdf.lines import Piece

# Where running titles and page numbers stand, in parts of the page's height.
_HEAD, _FOOT = 0.1, 0.88
_DASH = r"[-—–―－─~·•.\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}第?\s*\d{{1,3}}\s*页?{_DASH}|第?\s*\d{{1,3}}\s*页?\s*[/,，、共]+\s*\d{{1,3}}\s*页?"
    r"|page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[0-9A-Za-z.,:/%@_-]*")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
_SENTENCE_END = ("。", "！", "？")
# In parts of the font size.
_INDENT = 1.2
_FAR_BELOW = 3.2
_OTHER_SIZE = 0.12


class Measure(NamedTuple):
    """The column of prose of a document: its edges and its usual font size."""

    left: float
    right: float
    size: float


def furniture(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> set[int]:
    """Give the ids of lines that are running titles and page numbers."""
    seen: Counter[tuple[str, int, int]] = Counter()
    candidates = []
    for lines, height in zip(pages, heights, strict=True):
        outer = [line for line in lines if not _HEAD < line.base / height < _FOOT]
        candidates.append(outer)
        seen.update({_print_of(line) for line in outer})
    most = max(2, (len(pages) + 1) // 2)
    return {
        id(line)
        for lines, outer in zip(pages, candidates, strict=True)
        for line in outer
        if seen[_print_of(line)] >= most or _is_page_number(line, lines)
    }


def _print_of(line: Piece) -> tuple[str, int, int]:
    text = re.sub(r"\d+", "#", "".join(line.text.split()))
    return text, round(line.base / 4), round(line.size)


def _is_page_number(line: Piece, lines: Sequence[Piece]) -> bool:
    """A number of its own at the very edge of the page, apart from all text."""
    others = [abs(other.base - line.base) for other in lines if other is not line]
    is_outermost = line.base in {min(o.base for o in lines), max(o.base for o in lines)}
    is_apart = min(others, default=line.size * 9) > 1.6 * line.size
    return is_outermost and is_apart and _PAGE_NUMBER.fullmatch(line.text) is not None


def measure_of(lines: Iterable[Piece], width: float) -> Measure:
    """Tell where prose ends from the lines that go over half of the page, and where it begins."""
    every = list(lines)
    wide = [line for line in every if line.x1 - line.x0 > width / 2] or every
    sizes = Counter(round(line.size, 1) for line in wide)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for line in every if abs(line.size - size) < 1]
    return Measure(
        # Short lines count too: the first line of a paragraph is indented, be it ever so wide.
        min((line.x0 for line in body), default=0.0),
        max((line.x1 for line in wide if abs(line.size - size) < 1), default=width),
        size,
    )


def goes_on(above: Piece, below: Piece, measure: Measure, *, next_page: bool = False) -> bool:
    """Whether a line continues the paragraph of the line above it."""
    size = max(above.size, 1.0)
    if abs(below.size - above.size) > _OTHER_SIZE * size:
        return False
    if not next_page and below.base - above.base > _FAR_BELOW * size:
        return False
    if _is_headline(above, measure) and _is_headline(below, measure):
        return above.x1 - above.x0 > (measure.right - measure.left) / 2
    if below.x0 - measure.left > _INDENT * size:
        return False
    # The last line of a paragraph may end at the margin by chance.
    if above.text.endswith(_SENTENCE_END) and _is_heading(below, measure):
        return False
    # A line ends where the next word has no place any more; a mark of punctuation goes with it.
    word = _WORD.match(below.text)
    needed = max(len(word[0]) * 0.5 if word else 0.0, 1.0) + 1.2
    return measure.right - above.x1 < needed * size


def _is_heading(line: Piece, measure: Measure) -> bool:
    """Whether a line is numbered as sections are, and ends before the margin as headings do."""
    return _HEADING.match(line.text) is not None and measure.right - line.x1 > 2 * line.size


def _is_headline(line: Piece, measure: Measure) -> bool:
    """Whether a line is larger than prose and stands in the middle."""
    off = abs(line.middle - (measure.left + measure.right) / 2)
    return line.size > 1.15 * measure.size and off < line.size


def joined(texts: Sequence[str]) -> str:
    """Put the lines of a paragraph together: only words of letters take a space between them."""
    result = texts[0]
    for text in texts[1:]:
        is_word = result[-1:].isascii() and text[:1].isascii()
        is_word = is_word and result[-1:].isalpha() and text[:1].isalpha()
        result += f" {text}" if is_word else text
    return result
