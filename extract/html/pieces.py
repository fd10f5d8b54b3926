"""What a piece of markup says: a tag taken apart, or a whole cell or line as it is printed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from extract.html.attributes import is_hidden, look_of, name_of
from extract.html.boxes import Box, Line, tidy
from extract.html.markup import (
    inside,
    is_whole,
    name_and_attributes,
    parts_of,
    plain,
    tags_of,
)
from extract.html.roles import ROLES, VOID
from extract.html.tables import HtmlCell, cell_of

# How many pieces and openings of cells are kept; longer ones would take memory.
_PIECES_KEPT = 4_096
_HEADS_KEPT = 1_024
_LONGEST_KEPT = 1_000


class Piece(NamedTuple):
    """A piece of markup; `role` is that of its element, behind a slash if it closes it.

    `whole table`, `whole cell`, `spaced cell` and `whole line` stand for what they hold as well, a
    `struck line` is yet to be cut up; no role is that of what says nothing. `label` is the
    element's own name for itself.
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
    is_struck: bool
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
    if not role and "style" in attributes:
        role = _role_of_run(attributes)
    if role == "skip" or is_hidden(attributes):
        return _NOTHING if name in VOID else Piece("skip", name)
    return Piece(role, name, attributes, name_of(attributes)) if role else _NOTHING


def _role_of_run(attributes: Mapping[str, str]) -> str:
    """Give the role of an element in the line by its style."""
    look = look_of(attributes)
    if look.is_unseen:
        return "skip"
    if look.has_size is False:
        return "tiny"
    if look.is_struck:
        return "struck"
    return "sup" if look.is_raised else ""


def _read_whole(markup: str) -> Piece:
    if markup.startswith("<table"):
        return Piece("whole table", "table")
    is_cell = markup.startswith(("<td", "<th"))
    if not is_cell and not markup.startswith(("<p", "<li")):
        return _NOTHING
    opening, printed, closing = parts_of(markup)
    head = _kept_head(opening) if len(opening) <= _LONGEST_KEPT else _read_head(opening)
    if not head.is_shown:
        return _NOTHING
    text = printed if head.is_text_shown and not (head.is_struck and is_cell) else ""
    if not is_cell:
        if head.is_struck:
            return Piece("struck line")
        shown = tidy(plain(text))
        return Piece("whole line", line=Line(shown, len(shown) * head.is_link))
    lines = lines_in(text)
    is_spaced = head.is_spaced or "<br>" in printed or len(closing.split(None, 1)) > 1
    # In a page laid out by tables, a cell with lines in it is known by its name.
    box = Box("cell", name_of(head.attributes) if is_spaced else "")
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
        is_text_shown=_is_text_shown(rest),
        is_struck=any(look_of(attributes).is_struck for _, attributes in rest),
        is_link=any(name == "a" and attributes.get("href") for name, attributes in rest),
        is_spaced=any(pieces[1::2]),
    )


def _is_text_shown(tags: list[tuple[str, dict[str, str]]]) -> bool:
    """Tell whether the text in elements one in the other is shown."""
    looks = [look_of(attributes) for name, attributes in tags if not ROLES.get(name)]
    sizes = [look.has_size for look in looks if look.has_size is not None]
    is_seen = not any(look.is_unseen for look in looks) and all(sizes[-1:])
    return is_seen and not any(is_hidden(attributes) for _, attributes in tags)


# A program writes the cells of its tables in a few ways.
_kept_head = lru_cache(_HEADS_KEPT)(_read_head)


def holds_sized(pieces: list[str], at: int, name: str) -> bool:
    """Tell whether a run of letters without size only holds others that have one of their own."""
    sized = ("font-size" in pieces[place].lower() for place in inside(pieces, at, name))
    return not pieces[at + 1].strip() and any(sized)


def lines_in(text: str) -> list[str]:
    """Give the lines of the text of a whole cell.

    >>> lines_in(" 结果 <br>&nbsp;<br>纠正")
    ['结果', '纠正']
    """
    return [line for part in plain(text).split("<br>") if (line := tidy(part))]


class _Pieces(dict[str, Piece]):
    """Pieces by their markup, each read once.

    Pages of a site share their menus, and all pages their labels and most of their figures, so
    this outlives the page; when it is full it begins anew.
    """

    def __missing__(self, markup: str) -> Piece:
        piece = read_piece(markup)
        # The article of a page is known by its box, so a cell of prose has one of its own.
        is_prose = piece.cell is not None and piece.cell.box.mass > 0
        if len(markup) <= _LONGEST_KEPT and not is_prose:
            if len(self) >= _PIECES_KEPT:
                self.clear()
            self[markup] = piece
        return piece


PIECES = _Pieces()
