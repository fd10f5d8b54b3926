"""Fields of a form that print a figure: some sites show their tables as forms."""

from collections.abc import Mapping

from extract.html.markup import inside, name_and_attributes, text_inside
from extract.html.pieces import PIECES
from extract.html.tables import PROSE_CELL

_TYPED = frozenset(["", "text", "number", "tel"])


def typed(attributes: Mapping[str, str], *, is_in_table: bool) -> str:
    """Give what stands in an input field; what is typed into a search box is no text."""
    is_printed = is_in_table or "readonly" in attributes or "disabled" in attributes
    is_text = is_printed and attributes.get("type", "").lower() in _TYPED
    return attributes.get("value", "") if is_text else ""


def text_behind(pieces: list[str], at: int) -> str:
    """Give the text that follows the piece at a place in the same line."""
    for place in range(at + 1, len(pieces), 2):
        if text := pieces[place].strip():
            return text
        if place + 1 < len(pieces) and PIECES[pieces[place + 1]].role:
            break
    return ""


def set_apart(figure: str, before: str, behind: str) -> str:
    """Give what a field adds to its line: a figure printed beside it is the same or another.

    >>> set_apart("3", "3", ""), set_apart("4", "3", ""), set_apart("3", "收到", "件")
    ('', ' 4', '3')
    """
    if figure[:1].isdigit() and figure.strip() in {before, behind}:
        return ""
    gap, end = " " * before[-1:].isdigit(), " " * behind[:1].isdigit()
    return f"{gap}{figure}{end}"


def chosen(pieces: list[str], at: int) -> str:
    """Give the option that is selected in the list that opens at a place; nothing if none is."""
    for option in inside(pieces, at, "select"):
        name, attributes = name_and_attributes(pieces[option])
        if name == "option" and "selected" in attributes:
            return text_inside(pieces, option, name)
    return ""


def written(pieces: list[str], at: int, name: str) -> list[str]:
    """Give the lines of the text area that opens at a place, unless it holds an article."""
    text = text_inside(pieces, at, name)
    return text.split("\n") if len(text) <= PROSE_CELL and "<" not in text else []
