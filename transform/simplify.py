"""Traditional to simplified, only where a text is traditional, and no official name harmed.

OpenCC's `t2s` run blindly turns 乾务镇 into 干务镇. So a paragraph is converted only when it has
more traditional than simplified characters, and the names that no conversion leads back from are
matched before it, in every traditional spelling a machine gives them (s2t, s2tw, s2hk).
"""

import re
from collections.abc import Iterable
from functools import cache

from transform.han import Scripts, converter, scripts

Change = tuple[str, str]

# Separates the paragraphs and cells of a document inside one string.
BLOCK = "\x1f"

_MACHINE_CONFIGS = ("s2t", "s2tw", "s2hk")
_BACK_CONFIGS = ("t2s", "tw2s", "hk2s")


class NameGuard:
    """The official names that simplifying would change, by each way they may be printed."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))

    def split(self, text: str) -> list[tuple[str, str | None]]:
        """Cut a text into (printed, official name or None) pieces, in order."""
        spellings = _harmed(self._names)
        pieces: list[tuple[str, str | None]] = []
        at = 0
        for match in _alternation(self._names).finditer(text):
            pieces.append((text[at : match.start()], None))
            pieces.append((match[0], spellings[match[0]]))
            at = match.end()
        pieces.append((text[at:], None))
        return pieces


@cache
def _harmed(names: tuple[str, ...]) -> dict[str, str]:
    """Map printed spelling to official name, for names that do not come back by themselves."""
    found: dict[str, set[str]] = {}
    joined = "\n".join(names)
    for machine in (None, *_MACHINE_CONFIGS):
        printed = converter(machine).convert(joined) if machine else joined
        for back in _BACK_CONFIGS:
            returned = converter(back).convert(printed).split("\n")
            for name, spelling, result in zip(names, printed.split("\n"), returned, strict=True):
                if result != name:
                    found.setdefault(spelling, set()).add(name)
    # A spelling that two names share says nothing; it is left to the converter.
    return {spelling: min(owners) for spelling, owners in found.items() if len(owners) == 1}


@cache
def _alternation(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(_harmed(names), key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    # The look-ahead spares most positions the walk through all alternatives.
    starts = re.escape("".join({name[0] for name in longest_first}))
    return re.compile(f"(?=[{starts}])(?:{'|'.join(map(re.escape, longest_first))})")


def script_of(text: str) -> str:
    """Tell `traditional` from `simplified` by which kind of telling character is commoner."""
    sets = scripts()
    traditional = sum(map(text.count, sets.traditional.intersection(text)))
    if not traditional:
        return "simplified"
    simplified = sum(map(text.count, sets.simplified.intersection(text)))
    return "traditional" if traditional > simplified else "simplified"


def simplify(text: str, guard: NameGuard) -> tuple[str, list[Change]]:
    """Simplify the traditional blocks of a document; blocks are separated by `BLOCK`.

    A block without telling characters of its own goes with the document.
    """
    sets = scripts()
    if sets.traditional.isdisjoint(text):
        return text, []
    document = script_of(text)
    convert = converter(_back_config(text, sets)).convert
    blocks = text.split(BLOCK)
    chosen = [i for i, block in enumerate(blocks) if _is_traditional(block, sets, document)]
    if not chosen:
        return text, []
    pieces = guard.split(BLOCK.join(blocks[i] for i in chosen))
    converted = "".join(name or convert(piece) for piece, name in pieces).split(BLOCK)
    changes: list[Change] = []
    for index, block in zip(chosen, converted, strict=True):
        if block != blocks[index]:
            changes.append((blocks[index], block))
            blocks[index] = block
    return BLOCK.join(blocks), changes


def _is_traditional(block: str, sets: Scripts, document: str) -> bool:
    traditional = sum(map(block.count, sets.traditional.intersection(block)))
    simplified = sum(map(block.count, sets.simplified.intersection(block)))
    if document == "traditional":
        return traditional >= simplified
    # One odd character in a simplified page is a name or a slip, not a script.
    return traditional > 1 and traditional > 2 * simplified


def _back_config(text: str, sets: Scripts) -> str:
    """Choose the OpenCC configuration by the regional forms that stand in the text."""
    if not sets.hong_kong.isdisjoint(text):
        return "hk2s"
    # Taiwan writes 著 for 着; a text that also has 着 follows the general standard.
    if not sets.taiwan.isdisjoint(text) and "着" not in text:
        return "tw2s"
    return "t2s"
