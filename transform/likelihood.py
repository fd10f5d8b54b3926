"""How likely a character is between its neighbours: the language side of a torn place.

Evidence is the document itself (mirrors tear a few places, the same words stand whole elsewhere)
and the phrase list of pypinyin (47,111 phrases), both looked up in simplified characters.
"""

import math
from collections import Counter
from functools import cache
from itertools import pairwise

from transform.gbk_shift import Language
from transform.han import converter
from transform.readings import phrases

_COMMON_WEIGHT = 0.4
_PHRASE_PAIR_WEIGHT = 1.0
_DOCUMENT_PAIR_WEIGHT = 2.0


@cache
def _phrase_counts() -> tuple[Counter[str], frozenset[str]]:
    singles: Counter[str] = Counter()
    pairs: set[str] = set()
    for phrase in phrases():
        singles.update(phrase)
        pairs.update(map("".join, pairwise(phrase)))
    return singles, frozenset(pairs)


def language_of(document: str) -> Language:
    """Build the weight function for a document: `weight(before, char, after)`."""
    simplify = converter("t2s").convert
    text = simplify(document)
    document_pairs = frozenset(map("".join, pairwise(text)))
    singles, phrase_pairs = _phrase_counts()

    def weight(before: str, char: str, after: str) -> float:
        before, char, after = simplify(before), simplify(char), simplify(after)
        total = _COMMON_WEIGHT * math.log1p(singles[char])
        for pair in (before + char, char + after):
            total += _PHRASE_PAIR_WEIGHT * (pair in phrase_pairs)
            total += _DOCUMENT_PAIR_WEIGHT * (pair in document_pairs)
        return total

    return weight
