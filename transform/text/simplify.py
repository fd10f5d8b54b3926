"""Traditional to simplified, only where a text is traditional, and no official name harmed.

OpenCC's `t2s` run blindly turns 乾务镇 into 干务镇. So a paragraph is converted only when it has
more traditional than simplified characters, and the names that no conversion leads back from are
matched before it, in every traditional spelling a machine gives them (s2t, s2tw, s2hk, and
character by character).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, compress
from operator import ne

from transform.text.han import Scripts, converter, scripts
from transform.text.outcome import BLOCK, Change, Outcome, spliced

_MACHINE_CONFIGS = ("s2t", "s2tw", "s2hk")
_BACK_CONFIGS = ("t2s", "tw2s", "hk2s")

# Taiwan writes 著 for the particle 着, so `tw2s` turns it; in these words it is zhù and stays.
_STAYS_ZHU = re.compile("[專名論原編譯土卓昭遺合顯巨]著|著[名作述稱錄者]")
# Within a sentence 於 is the preposition; OpenCC takes it for the surname before some characters
# (關於崇文門). At the beginning of one it may well be the surname and is left to OpenCC.
_PREPOSITION = re.compile("(?<=[\u4e00-\u9fff])於")
# What OpenCC leaves: machines write 瞭 for every 了 (為瞭) and 衹 for every 只, where simplified
# text has 瞭 in three words; and old forms that mirrors and typists know though OpenCC does not.
_LEFT = re.compile(
    "瞭(?![望哨台])|(?<![神地])祇|[衹値淸敍鄕効隣濶鬭縂揹徧砲衞綫眞敎麽]",
)
_LEFT_FORMS = dict(
    zip(
        "瞭祇衹値淸敍鄕効隣濶鬭縂揹徧砲衞綫眞敎麽",
        "了只只值清叙乡效邻阔斗总背遍炮卫线真教么",
        strict=True,
    )
)


class NameGuard:
    """The official names that simplifying would change, by each way they may be printed."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))

    def split(self, text: str) -> list[tuple[str, str | None]]:
        """Cut a text into (printed, official name or None) pieces, in order."""
        spellings = _harmed(self.names)
        found = _spellings_in(text, self.names)
        if not found:
            return [(text, None)]
        pieces: list[tuple[str, str | None]] = []
        at = 0
        for match in _alternation(found).finditer(text):
            pieces.append((text[at : match.start()], None))
            pieces.append((match[0], spellings[match[0]]))
            at = match.end()
        pieces.append((text[at:], None))
        return pieces


def _spellings_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Find the spellings that occur at all: hardly ever any, and the search for them is short."""
    present = set(text)
    return tuple(s for s in _harmed(names) if present.issuperset(s) and s in text)


@cache
def _harmed(names: tuple[str, ...]) -> dict[str, str]:
    """Map printed spelling to official name, for names that do not come back by themselves."""
    found: dict[str, set[str]] = {}
    for printed in _printings(names):
        # What stands before a name may be read together with it (在於潛鎮).
        for before in ("", "在"):
            joined = "\n".join(before + spelling for spelling in printed)
            right = [before + name for name in names]
            for back in _BACK_CONFIGS:
                is_harmed = map(ne, right, _converted(joined, back).split("\n"))
                for name, spelling in compress(zip(names, printed, strict=True), is_harmed):
                    found.setdefault(spelling, set()).add(name)
    # A spelling that two names share says nothing; it is left to the converter.
    return {spelling: min(owners) for spelling, owners in found.items() if len(owners) == 1}


def _printings(names: tuple[str, ...]) -> Iterator[Sequence[str]]:
    yield names
    for machine in _MACHINE_CONFIGS:
        yield converter(machine).convert("\n".join(names)).split("\n")
    by_character = {ord(char): converter("s2t").convert(char) for char in frozenset("".join(names))}
    yield [name.translate(by_character) for name in names]


@cache
def _alternation(spellings: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def script_of(text: str, characters: frozenset[str]) -> str:
    """Tell `traditional` from `simplified` by which kind of telling character is commoner.

    `characters` are those that occur in the text.
    """
    sets = scripts()
    traditional = sum(map(text.count, sets.traditional & characters))
    if not traditional:
        return "simplified"
    simplified = sum(map(text.count, sets.simplified & characters))
    return "traditional" if traditional > simplified else "simplified"


def simplify(text: str, guard: NameGuard) -> Outcome:
    """Simplify the traditional blocks of a document; blocks are separated by `BLOCK`.

    A block without telling characters of its own goes with the document.
    """
    sets = scripts()
    document = script_of(text, frozenset(text))
    config = _back_config(text, sets)
    blocks = text.split(BLOCK)
    chosen = [i for i, block in enumerate(blocks) if _is_traditional(block, sets, document)]
    if not chosen:
        return Outcome(text)
    pieces = guard.split(BLOCK.join(blocks[i] for i in chosen))
    converted = "".join(name or _converted(piece, config) for piece, name in pieces).split(BLOCK)
    starts = [0, *accumulate(len(block) + 1 for block in blocks)]
    changes = [
        Change(starts[index], blocks[index], block)
        for index, block in zip(chosen, converted, strict=True)
        if block != blocks[index]
    ]
    return Outcome(spliced(text, changes), changes)


def _converted(text: str, config: str) -> str:
    convert = converter(config).convert
    if "於" in text:
        text = _PREPOSITION.sub("于", text)
    if config == "tw2s" and "著" in text:
        kept = [match.start() + match[0].index("著") for match in _STAYS_ZHU.finditer(text)]
        changes = [Change(at, "着", "著") for at in kept]
        result = spliced(convert(text), changes)
    else:
        result = convert(text)
    return _LEFT.sub(lambda match: _LEFT_FORMS[match[0]], result)


def _is_traditional(block: str, sets: Scripts, document: str) -> bool:
    if block.isascii():
        return False
    traditional = sum(map(block.count, sets.traditional.intersection(block)))
    simplified = sum(map(block.count, sets.simplified.intersection(block)))
    if document == "traditional":
        return traditional >= simplified
    # One odd character in a simplified page is a name or a slip, not a script.
    return traditional > 1 and traditional > 2 * simplified


def _back_config(text: str, sets: Scripts) -> str:
    """Choose the OpenCC configuration by the regional forms that stand in the text."""
    hong_kong = sum(map(text.count, sets.hong_kong.intersection(text)))
    taiwan = sum(map(text.count, sets.taiwan.intersection(text)))
    if hong_kong > taiwan:
        return "hk2s"
    # Taiwan writes 著 for 着; a text that also has 着 follows the general standard.
    if taiwan and "着" not in text:
        return "tw2s"
    return "hk2s" if hong_kong else "t2s"
