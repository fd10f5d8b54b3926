"""Pinyin: which readings a character has, and which bracketed letters are a reading at all."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

# Tone letters as mirror sites print them, ü in all its tones, ɡ (U+0261) for g, and the syllabic
# nasals ń ň ǹ ḿ.
TONE_LETTERS = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹḿɡ"
SYLLABLE = rf"[a-z{TONE_LETTERS}]{{1,7}}"
TONED = re.compile(rf"[{TONE_LETTERS}]")


def plain(reading: str) -> str:
    """A reading without its tone, ü as v: what mirrors and dictionaries agree on.

    >>> plain("lǜ"), plain("ɡuān"), plain("ń")
    ('lv', 'guan', 'n')
    """
    letters = unicodedata.normalize("NFD", reading.replace("ɡ", "g"))
    letters = letters.replace("u\u0308", "v")
    return "".join(c for c in letters if not unicodedata.combining(c))


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of a character without tones (pypinyin's table); empty for other characters."""
    return frozenset(plain(r) for r in PINYIN_DICT.get(ord(char), "").split(",") if r)


def phrases() -> Iterable[str]:
    """Give the simplified words and phrases of pypinyin's list."""
    return PHRASES_DICT.keys()
