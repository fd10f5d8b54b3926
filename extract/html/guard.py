"""Bounds on the markup that the parser may have.

The parser keeps the rules of browsers and with them their weak spots: time grows with the square
of the nesting depth and of the attributes of one tag, and memory with the product of different
fonts and paragraphs. Pages that want so much are attacks or broken exports.
"""

import re
from collections import Counter

from extract.exceptions import UnreadableFileError

# Characters of markup without scripts, styles and embedded pictures; a long report has 200,000.
MOST_MARKUP = 16_000_000
# Tags of a page; a report exported by Word has some 10,000.
MOST_TAGS = 600_000
# Cells of all tables of a page; a report has some 300.
MOST_CELLS = 200_000
# Elements one inside the other; browsers themselves stop at 512.
DEEPEST_NESTING = 5_000
MOST_ATTRIBUTES = 500
# Different fonts times tags: a font that is never closed is opened anew in each paragraph, and
# only three of a kind are kept.
_MOST_REOPENED = 350_000

# Below these sizes no shape of markup takes long.
_FEW_TAGS = 3_000
_SHALLOW_TAGS = 20_000
_SHORT_TEXT = 100_000

_ADVICE = "Save the article alone, without the page around it."
_FONTS = "font|b|big|code|em|i|nobr|s|small|strike|strong|tt|u"
# Spelt out because this one runs over every page and case-folding takes three times as long.
_ANY_CASE = re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", _FONTS)
_FONT_OPENING = re.compile(rf"<(?:{_ANY_CASE})(?=[\s/>])[^<>]*")
_FONT = re.compile(rf"</?(?:{_FONTS})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_OPTION = re.compile(r"</?(?:option|optgroup)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh](?=[\s/>])", re.IGNORECASE)
_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][^\s/>]*))")
_TAG_PIECE = re.compile(r"""[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+)|>""")
_RAW = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_RAW_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s%]{200,}")
# Elements that end where their parent ends or the next of their kind begins, empty ones, and
# fonts, whose depth is bounded by how many differ.
# fmt: off
_SHALLOW = frozenset([
    *_FONTS.split("|"), "a",
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup",
    "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed",
    "param", "source", "track", "wbr", "html", "head", "body",
])
# fmt: on


def bounded(text: str) -> str:
    """Give markup the parser reads in bounded time and memory.

    Raises `UnreadableFileError` where it is larger than any page that people read.
    """
    if len(text) > MOST_MARKUP or text.count("<") > MOST_TAGS:
        text = _without_ballast(text)
    tags = text.count("<")
    if len(text) > MOST_MARKUP or tags > MOST_TAGS:
        raise _too_large(f"{len(text):,} characters and {tags:,} tags of markup")
    if tags > _FEW_TAGS and _different_fonts(text) * tags > _MOST_REOPENED:
        text = _FONT.sub("", text)
    if tags > _SHALLOW_TAGS:
        # The time for the choices of a field grows with their square, and none is text.
        text = _OPTION.sub("", text)
    if tags > _SHALLOW_TAGS or len(text) > _SHORT_TEXT:
        _check_shape(text)
    return text


def blanked(text: str) -> str:
    """Give the text, of equal length, with comments, scripts and styles made blank."""
    kept: list[str] = []
    at = 0
    while tag := _HIDDEN.search(text, at):
        end = _end_of_hidden(text, tag)
        kept += [text[at : tag.start()], " " * (end - tag.start())]
        at = end
    return "".join([*kept, text[at:]])


_HIDDEN = re.compile(r"<(?:!--|script\b|style\b)", re.IGNORECASE)


def _end_of_hidden(text: str, opening: re.Match[str]) -> int:
    """Find the end of a comment, script or style; what nothing closes reaches to the end."""
    name = opening[0][1:].lower()
    if name == "!--":
        end = text.find("-->", opening.end())
        return len(text) if end < 0 else end + 3
    closing = _RAW_ENDS[name].search(text, opening.end())
    end = text.find(">", closing.end()) if closing else -1
    return len(text) if end < 0 else end + 1


def _too_large(what: str) -> UnreadableFileError:
    return UnreadableFileError("TooLarge", f"This page has {what}.", _ADVICE)


def _without_ballast(text: str) -> str:
    """Drop scripts, styles and embedded pictures."""
    kept: list[str] = []
    at = 0
    while opening := _RAW.search(text, at):
        kept.append(text[at : opening.start()])
        at = _end_of_hidden(text, opening)
    kept.append(text[at:])
    return _DATA_URI.sub("data:,", "".join(kept))


def _different_fonts(text: str) -> int:
    """Count font tags that differ; one with half a string in it may differ behind a bracket."""
    tags = _FONT_OPENING.findall(text)
    different = set(tags)
    torn = {tag for tag in different if tag.count('"') % 2 or tag.count("'") % 2}
    return len(different) + (sum(tag in torn for tag in tags) if torn else 0)


def _check_shape(text: str) -> None:
    """Refuse what nests or carries attributes beyond all measure, and tables without end."""
    if (cells := len(_CELL.findall(text))) > MOST_CELLS:
        raise _too_large(f"{cells:,} table cells")
    open_elements: Counter[str] = Counter()
    at = depth = 0
    while tag := _TAG.search(text, at):
        name = (tag[2] or "!--").lower()
        if name == "!--" or (name in _RAW_ENDS and not tag[1]):
            opening = _HIDDEN.match(text, tag.start())
            at = _end_of_hidden(text, opening) if opening else tag.end()
            continue
        at, attributes = _end_of_tag(text, tag.end())
        if attributes > MOST_ATTRIBUTES:
            raise _too_large(f"a tag with {attributes:,} attributes")
        if name not in _SHALLOW and (open_elements[name] or not tag[1]):
            open_elements[name] += -1 if tag[1] else 1
            depth += -1 if tag[1] else 1
        if depth > DEEPEST_NESTING:
            raise _too_large(f"more than {DEEPEST_NESTING:,} elements one inside the other")


def _end_of_tag(text: str, at: int) -> tuple[int, int]:
    """Find where a tag ends, and count its attributes."""
    attributes = 0
    while piece := _TAG_PIECE.match(text, at):
        at = piece.end()
        if piece[0] == ">":
            break
        if not piece[0].startswith("="):
            attributes += len(piece[0].replace("/", " ").split())
    return at, attributes
