"""What a piece of markup says: a tag taken apart, or a whole cell or line as it is printed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from extract.html.attributes import is_hidden, name_of
from extract.html.boxes import Box, Line, tidy
from extract.html.markup import (
    is_whole,
    name_and_attributes,
    parts_of,
    plain,
    tags_of,
)
from extract.html.roles import ROLES, VOID
from extract.html.tables import HtmlCell, cell_of

# A program writes the cells of its tables in a few ways; longer ones would take memory.
_KEPT = 1 << 10
_LONGEST_KEPT = 1_000


class Piece(NamedTuple):
    """A piece of markup; `role` is that of its element, behind a slash if it closes it.

    `whole cell`, `spaced cell` and `whole line` stand for what they hold as well; no role is that
    of what says nothing. `label` is the element's own name for itself.
    """

    role: str
    name: str = ""
    attributes: Mapping[str, str] = {}
    label: str = ""
    cell: HtmlCell | None = None
    line: Line | None = None


class _Head(NamedTuple):
    """The opening tags of a whole cell or line: whether they show it, and the text in it."""

    attributes: Mapping[str, str]
    is_shown: bool
    is_text_shown: bool
    is_link: bool
    is_spaced: bool


_NOTHING = Piece("")


def read_piece(markup: str) -> Piece:
    """Read a tag, a comment or a whole element, as `extract.html.markup` cuts them."""
    if markup.startswith("</"):
        role = ROLES.get(markup[2:-1], "")
        return Piece(f"/{role}") if role else _NOTHING
    if markup.startswith(("<!", "<?")):
        return _NOTHING
    if is_whole(markup):
        return _read_whole(markup)
    name, attributes = name_and_attributes(markup)
    role = ROLES.get(name, "")
    if role == "skip" or is_hidden(attributes):
        return _NOTHING if name in VOID else Piece("skip", name)
    return Piece(role, name, attributes, name_of(attributes)) if role else _NOTHING


def _read_whole(markup: str) -> Piece:
    is_cell = markup.startswith(("<td", "<th"))
    if not is_cell and not markup.startswith(("<p", "<li")):
        return _NOTHING
    opening, text, closing = parts_of(markup)
    head = _kept_head(opening) if len(opening) <= _LONGEST_KEPT else _read_head(opening)
    if not head.is_shown:
        return _NOTHING
    shown = plain(text) if head.is_text_shown else ""
    if not is_cell:
        shown = tidy(shown)
        return Piece("whole line", line=Line(shown, len(shown) * head.is_link))
    is_spaced = head.is_spaced or "<br>" in text or len(closing.split(None, 1)) > 1
    # In a page laid out by tables, a cell with lines in it is known by its name.
    box = Box("cell", name_of(head.attributes) if is_spaced else "")
    lines = [line for part in shown.split("<br>") if (line := tidy(part))]
    for line in lines:
        box.take_line(Line(line))
    cell = cell_of(box, head.attributes, "\n".join(lines))
    return Piece("spaced cell" if is_spaced else "whole cell", cell=cell)


def _read_head(opening: str) -> _Head:
    pieces = tags_of(opening)
    (_, first), *rest = [name_and_attributes(tag) for tag in pieces[::2]]
    return _Head(
        attributes=first,
        is_shown=not is_hidden(first),
        is_text_shown=not any(is_hidden(attributes) for _, attributes in rest),
        is_link=any(name == "a" and attributes.get("href") for name, attributes in rest),
        is_spaced=any(pieces[1::2]),
    )


_kept_head = lru_cache(_KEPT)(_read_head)
