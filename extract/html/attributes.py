"""What attributes say of an element: whether it is shown, whether it has height, its names."""

import re
from collections.abc import Mapping

_Attributes = Mapping[str, str]

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_FLAT = re.compile(r"(?:^|;)\s*height\s*:\s*0(?:\.0*)?\s*(?:p[tx]|;|$)", re.IGNORECASE)
_NAMES = ("id", "class", "role", "itemprop")


def is_hidden(attributes: _Attributes) -> bool:
    """Tell whether an element is not shown."""
    return bool(attributes) and (
        "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
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
