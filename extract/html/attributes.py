"""What attributes say of an element: whether it is shown, whether it has height, its names."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_Attributes = Mapping[str, str]

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_FLAT = re.compile(r"(?:^|;)\s*height\s*:\s*0(?:\.0*)?\s*(?:p[tx]|;|$)", re.IGNORECASE)
# Runs that nobody sees, but for white on white: the ground they stand on is not known.
_UNSEEN = re.compile(
    r"(?:^|;)\s*opacity\s*:\s*0+(?:\.0*)?%?\s*(?:;|!|$)"
    r"|position\s*:\s*(?:absolute|fixed)(?=.*?;\s*(?:left|top)\s*:\s*-\d{3})",
    re.IGNORECASE | re.DOTALL,
)
_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*(0+(?:\.0*)?[a-z%]*\s*(?:;|!|$))?", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_THIN = re.compile(r"\s*[0-2](?:px)?\s*$")
_SPACER = re.compile(
    r"(?:^|/)(?:space|spacer|blank|pixel|clear|transparent|trans|dot|1x1|none)\.(?:gif|png)",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:su[bp]|text-top)", re.IGNORECASE)
_NAMES = ("id", "class", "role", "itemprop")


def is_hidden(attributes: _Attributes) -> bool:
    """Tell whether an element is not shown."""
    return bool(attributes) and (
        "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
    )


class Look(NamedTuple):
    """How a run is printed; `has_size` is whether its letters have one, None where not stated."""

    is_unseen: bool = False
    is_struck: bool = False
    is_raised: bool = False
    has_size: bool | None = None


_PLAIN = Look()


def look_of(attributes: _Attributes) -> Look:
    """Tell how the style of a run prints it.

    >>> [look_of({"style": s}).has_size for s in ("font-size: 0px", "font-size: 0.5em", "")]
    [False, True, None]
    """
    style = attributes.get("style")
    return _look_of(style) if style else _PLAIN


# A program writes few styles, and each of them all over the page.
@lru_cache(maxsize=4096)
def _look_of(style: str) -> Look:
    sizes = _SIZE.findall(style)
    return Look(
        is_unseen=_UNSEEN.search(style) is not None,
        is_struck=_STRUCK.search(style) is not None,
        is_raised=_RAISED.search(style) is not None,
        has_size=not sizes[-1] if sizes else None,
    )


def is_flat(attributes: _Attributes) -> bool:
    """Tell whether a row is printed without height."""
    if not attributes:
        return False
    height, style = attributes.get("height", ""), attributes.get("style", "")
    return height.strip() in {"0", "0px", "0pt"} or bool(style and _FLAT.search(style))


def name_of(attributes: _Attributes) -> str:
    """Give what the page calls an element: id, classes and role."""
    if not attributes:
        return ""
    return " ".join([attributes.get(name, "") for name in _NAMES]).strip().lower()


def is_spacer(attributes: _Attributes) -> bool:
    """Tell whether a picture shows nothing: it is there for the room it takes, or to count visits.

    >>> [is_spacer({"src": s}) for s in ("../images/space.gif", "W020220119.png")]
    [True, False]
    """
    is_thin = any(_THIN.match(attributes.get(side, "")) for side in ("width", "height"))
    return is_thin or _SPACER.search(attributes.get("src", "")) is not None
