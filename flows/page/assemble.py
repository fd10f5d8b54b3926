"""The page put together: template, styles and scripts of `web/`, the data, and a policy.

The policy (https://www.w3.org/TR/CSP3/) lets the page load nothing at all and run no script but
these, by their hashes, whatever a document has put into the data.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

_WEB = Path(__file__).parent / "web"
_STYLES = ("tokens", "layout", "fields", "figures", "print")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def assemble(script: str, charts: str, data: Mapping[str, str]) -> str:
    """Give the HTML; `charts` is the script the page starts itself, `data` fills slots."""
    style = "".join(
        (_WEB / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in _STYLES
    )
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)} {_hash(charts)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    slots = {"policy": policy, "style": style, "script": script, **data}
    template = (_WEB / "page.html").read_text(encoding="utf-8")
    return _SLOT.sub(lambda slot: slots[slot[1]], template)


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
