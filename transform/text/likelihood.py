"""How likely a run of characters is between its neighbours: the language side of lost bytes.

An interpolated bigram model (Jelinek and Mercer 1980) over simplified characters. Its evidence is
the document itself (a few places are torn, the same words stand whole elsewhere), the phrases of
`vocabulary`, and pypinyin's list of 47,111 phrases. The scores are natural logarithms of
probabilities, so that the difference of two is the logarithm of the odds.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from transform.text.han import everyday, gb2312, simple_forms
from transform.text.outcome import BLOCK
from transform.text.readings import phrases
from transform.text.vocabulary import PHRASES

# What each source says counts for this share; the rest is left to single characters.
_DOCUMENT_SHARE = 0.45
_OFFICIAL_SHARE = 0.25
_PHRASE_SHARE = 0.1
_NAME_SHARE = 0.05
_SINGLE_SHARE = 1 - _DOCUMENT_SHARE - _OFFICIAL_SHARE - _PHRASE_SHARE - _NAME_SHARE
# Counts are kept away from certainty: one sighting of a pair after one of its first character is
# not "always".
_DOUBT = 2.0
# Chance of a single character that no source has, by how common its kind is.
_EVERYDAY_FLOOR = 5e-5
_GB2312_FLOOR = 5e-6
_FLOOR = 2e-7

# Which mark of punctuation stands somewhere is no matter of words, so that all count as one …
_PUNCTUATION = re.compile(r"[，。、；：,;:]")
# … except where a paragraph or cell ends, which is behind a full stop and hardly behind a comma.
_ENDS = {"。": 0.5, "；": 0.05, "：": 0.05, "，": 5e-4, "、": 5e-4, ",": 5e-4}
_END = frozenset((BLOCK, "\n"))

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_DIGITS = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[A-Za-z]")


class Counts(NamedTuple):
    """Characters, and pairs of neighbours, of one source."""

    singles: Counter[str]
    pairs: Counter[str]
    total: int


def _folded(text: str) -> str:
    """Bring a text to what pairs are counted in: simplified, half-width, one of each kind."""
    text = text.translate(_forms())
    return _PUNCTUATION.sub("，", _LETTERS.sub("a", _DIGITS.sub("0", text)))


@cache
def _forms() -> dict[int, str]:
    return simple_forms() | _WIDE


def _counts(texts: Iterable[str]) -> Counts:
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        singles.update(text)
        pairs.update(map("".join, pairwise(text)))
    return Counts(singles, pairs, singles.total())


@cache
def _official() -> Counts:
    return _counts(_folded(phrase) for phrase in PHRASES.split())


@cache
def _phrases() -> Counts:
    return _counts(phrases())


@cache
def _named(names: tuple[str, ...]) -> Counts:
    return _counts(names)


class Language:
    """The model for one document; `names` are official names, which hold pairs of their own.

    Nothing is counted before the first question.
    """

    def __init__(self, document: str = "", names: tuple[str, ...] = ()) -> None:
        self._text = document
        self._official_names = names
        self._known: dict[str, float] = {}

    @cached_property
    def _document(self) -> Counts:
        return _counts([_folded(self._text)])

    @cached_property
    def _names(self) -> Counts:
        return _named(self._official_names)

    def score(self, before: str, text: str) -> float:
        """Logarithm of the chance that `text` follows the character `before`."""
        return sum(map(self._log_chance, map("".join, pairwise(before + text))))

    def mean(self, text: str) -> float:
        """Give the mean logarithm of a text's transitions: how much it reads like a report."""
        return self.score("", text) / max(1, len(text) - 1)

    def _log_chance(self, pair: str) -> float:
        known = self._known.get(pair)
        if known is None:
            at_end = _ENDS.get(pair[0]) if pair[1] in _END else None
            known = math.log(at_end or self._chance(_folded(pair)))
            self._known[pair] = known
        return known

    def _chance(self, pair: str) -> float:
        first, second = pair[0], pair[1]
        return (
            _DOCUMENT_SHARE * _share(self._document, first, pair)
            + _OFFICIAL_SHARE * _share(_official(), first, pair)
            + _PHRASE_SHARE * _share(_phrases(), first, pair)
            + _NAME_SHARE * _share(self._names, first, pair)
            + _SINGLE_SHARE * self._single(second)
        )

    def _single(self, char: str) -> float:
        known = sum(
            source.singles[char] / (source.total + 1)
            for source in (self._document, _official(), _phrases())
        )
        return known / 3 + _floor(char)


def _share(source: Counts, first: str, pair: str) -> float:
    return source.pairs[pair] / (source.singles[first] + _DOUBT)


@cache
def _floor(char: str) -> float:
    if char in everyday():
        return _EVERYDAY_FLOOR
    return _GB2312_FLOOR if char in gb2312() or char.isascii() else _FLOOR
