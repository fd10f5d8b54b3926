"""The style sheets in a page, as far as they hide elements or show them again.

Read are the rules for a screen of a desk. A selector that needs a pointer, a choice or a place
among others is left out: it says what a page may come to show, not what it shows.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# Far longer sheets than those in pages; what is behind has no say.
_LONGEST_SHEET = 400_000
_LONGEST_SELECTOR = 200
_MOST_RULES = 500

# A comment that nothing closes reaches to the end.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_DECLARED = re.compile(
    r"(?:^|[;\s])(display|visibility)\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE
)
_HIDING = frozenset(["none", "hidden", "collapse"])
_SCREEN = re.compile(
    r"(?:(?:only\s+)?(?:screen|all))?\s*(?:\band\b)?\s*(?:\(\s*min-width\s*:\s*\d{1,3}(?:\.\d+)?px\s*\))?",
    re.IGNORECASE,
)
_SELECTOR = re.compile(
    r"(?:[\w\s#.*>-]|\[[\w-]+(?:[~|^$*]?=[\"']?[\w-]*[\"']?)?\]"
    r"|:(?:first-child|last-child|not\([\w#.-]+\)))+"
)
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_TYPE = re.compile(r"(?:^|[\s>(])[a-zA-Z]")


class Rule(NamedTuple):
    """One selector and one property: whether it hides, and how much it weighs against others."""

    selector: str
    property: str
    hides: bool
    weight: tuple[int, ...]


def rules_of(sheets: Iterable[str]) -> list[Rule]:
    """Give the rules of the sheets in their order; the last of two of equal weight holds."""
    rules: list[Rule] = []
    for sheet in sheets:
        lower = sheet.lower()
        if "display" not in lower and "visibility" not in lower:
            continue
        for head, declarations in _blocks(sheet[:_LONGEST_SHEET]):
            stated = declared(declarations)
            for selector in map(str.strip, head.split(",") if stated else ()):
                if len(selector) > _LONGEST_SELECTOR or not _SELECTOR.fullmatch(selector):
                    continue
                for name, (hides, is_important) in stated.items():
                    weight = (int(is_important), *_specificity(selector), len(rules))
                    rules.append(Rule(selector, name, hides, weight))
    return rules[:_MOST_RULES]


def declared(declarations: str) -> dict[str, tuple[bool, bool]]:
    """Give for each property whether it hides and whether that is important.

    >>> declared("color: red; DISPLAY: none !important")
    {'display': (True, True)}
    """
    found: dict[str, tuple[bool, bool]] = {}
    for name, value, important in _DECLARED.findall(declarations):
        if important or not found.get(name.lower(), (False, False))[1]:
            found[name.lower()] = (value.lower() in _HIDING, bool(important))
    return found


def is_for_screens(media: str) -> bool:
    """Tell whether a condition holds on a screen of a desk.

    >>> [is_for_screens(m) for m in ("", "screen", "print", "(max-width: 600px)")]
    [True, True, False, False]
    """
    return any(_SCREEN.fullmatch(each.strip()) for each in media.split(","))


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Give selectors and declarations of the rules that hold on a screen."""
    around: list[str] = []
    parts = _BRACE.split(_COMMENT.sub(" ", sheet))
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            around.append(text.rpartition(";")[2].strip())
        elif around:
            head = around.pop()
            if not head.startswith("@") and all(map(_is_media_for_screens, around)):
                yield head, text


def _is_media_for_screens(head: str) -> bool:
    return head[:6].lower() == "@media" and is_for_screens(head[6:])


def _specificity(selector: str) -> tuple[int, int, int]:
    bare = _ATTRIBUTE.sub("", selector)
    classes = bare.count(".") + selector.count("[") + len(re.findall(r":(?!not)", bare))
    return bare.count("#"), classes, len(_TYPE.findall(bare))
