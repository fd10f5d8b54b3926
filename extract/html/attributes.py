"""What attributes say of an element: whether it is shown, whether it has height, its names."""

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

_Attributes = Mapping[str, str | None]

_HIDING = '[hidden],[style*="display" i],[style*="visib" i],[style*="mso-hide" i]'
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_FLAT = re.compile(r"(?:^|;)\s*height\s*:\s*0(?:\.0*)?\s*(?:p[tx]|;|$)", re.IGNORECASE)
_NAMES = ("id", "class", "role", "itemprop")


def hidden_elements(parser: LexborHTMLParser) -> frozenset[int]:
    """Give the memory addresses of the elements that are not shown."""
    return frozenset(
        node.mem_id
        for node in parser.css(_HIDING)
        if "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or "")
    )


def is_flat(attributes: _Attributes) -> bool:
    """Tell whether a row is printed without height."""
    if not attributes:
        return False
    height, style = attributes.get("height"), attributes.get("style")
    return (height or "").strip() in {"0", "0px", "0pt"} or bool(style and _FLAT.search(style))


def name_of(attributes: _Attributes) -> str:
    """Give what the page calls an element: id, classes and role."""
    if not attributes:
        return ""
    return " ".join([attributes.get(name) or "" for name in _NAMES]).strip().lower()
