"""Pinyin: which readings a character has, and which bracketed letters are a reading at all."""

import importlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

# Tone letters as mirror sites print them: ü in all its tones, ɡ (U+0261) for g, the syllabic
# nasals ń ň ǹ ḿ, and marks that stand behind their letter (U+0300–030C).
TONE_LETTERS = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹḿɡếề\u0300\u0301\u0304\u0308\u030c"
SYLLABLE = rf"[a-z{TONE_LETTERS}]{{1,9}}"
TONED = re.compile(rf"[{TONE_LETTERS}]")
# More spellings than Mandarin has; what else stands in brackets comes and goes.
_KNOWN_SPELLINGS = 4096


@cache
def _listed() -> Mapping[int, str]:
    """Give the readings of characters by their code points.

    Its lists take longer to load than all else a command needs that reads no report.
    """
    found: Mapping[int, str] = importlib.import_module("pypinyin.constants").PINYIN_DICT
    return found


@lru_cache(_KNOWN_SPELLINGS)
def plain(reading: str) -> str:
    """A reading without its tone, ü as v: what mirrors and dictionaries agree on.

    >>> plain("lǜ"), plain("lüè"), plain("luè"), plain("ɡuān"), plain("ń")
    ('lv', 'lve', 'lve', 'guan', 'n')
    """
    letters = unicodedata.normalize("NFD", reading.replace("ɡ", "g"))
    letters = letters.replace("u\u0308", "v")
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return f"{letters[0]}ve" if letters in {"lue", "nue"} else letters


@lru_cache(_KNOWN_SPELLINGS)
def is_toned(reading: str) -> bool:
    """Tell whether any letter of a reading bears a tone mark (ɡ and ü alone are no tone).

    >>> is_toned("jīng"), is_toned("ɡe"), is_toned("an")
    (True, False, False)
    """
    return any(
        unicodedata.combining(c) and c != "\u0308" for c in unicodedata.normalize("NFD", reading)
    )


@lru_cache(_KNOWN_SPELLINGS)
def same_tone(reading: str) -> str:
    """Write a reading in one form: composed letters, ordinary g."""
    return unicodedata.normalize("NFC", reading.replace("ɡ", "g"))


@cache
def readings(char: str) -> frozenset[str]:
    """All readings of a character without tones (pypinyin's table); empty for other characters."""
    return frozenset(map(plain, toned_readings(char)))


@cache
def toned_readings(char: str) -> frozenset[str]:
    """All readings of a character with tones, in the form of `same_tone`."""
    listed = _listed().get(ord(char), "") if len(char) == 1 else ""
    return frozenset(same_tone(reading) for reading in listed.split(",") if reading)


@cache
def syllables() -> frozenset[str]:
    """Every syllable of Mandarin without tones, as v for ü: what a bracket must hold to be one."""
    return frozenset(
        plain(reading) for listed in _listed().values() for reading in listed.split(",")
    )


@cache
def neutral_readings() -> frozenset[str]:
    """Readings that some character has without a tone: 們(men), 個(ge)."""
    return frozenset(
        reading
        for listed in _listed().values()
        for reading in listed.split(",")
        if not is_toned(reading)
    )


def phrases() -> Iterable[str]:
    """Give the simplified words and phrases of pypinyin's list."""
    found: Mapping[str, object] = importlib.import_module("pypinyin.constants").PHRASES_DICT
    return found.keys()
