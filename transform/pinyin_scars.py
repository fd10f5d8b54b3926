"""Pinyin scars: brackets with a reading that a mirror site put behind traditional characters.

The mirror replaces the two GBK bytes of a character by the same bytes and `(pinyin)`, blindly,
wherever the bytes occur. Mostly that is the character itself and the bracket only has to go:
公開(kāi) is 公開. Where the two bytes are the end of one character and the beginning of the next,
the second character is torn: 到決 is B5 BD 9B 51, its middle BD 9B is 經 (jīng), so `(jīng)` stood
between 9B and 51, the lone 9B became `?` (often with the bracket) and 51 reads Q: 到?jīng)Q.

What was lost is one byte, and the byte before it together with the pinyin says which: among the
characters that begin with that byte only few have this reading. So the bytes are put together
again and read; see `gbk_shift`. What fits nothing stays as it is and is counted.
"""

import re

from transform.gbk_shift import Torn, solve
from transform.likelihood import language_of
from transform.readings import SYLLABLE, TONED, plain, readings

_BRACKET = re.compile(rf"(?P<char>[\u3400-\u9fff])\((?P<pinyin>{SYLLABLE})\)")
# The lead byte before a bracket that tore a character, as `?` or U+FFFD, with or without its `(`.
_LOST = re.compile(rf"[?\ufffd]\(?(?P<pinyin>{SYLLABLE})\)")
# Shifted characters run on until the next ASCII one; a line of Chinese has some before long.
_LONGEST_RUN = 80

Change = tuple[str, str]


def has_scars(text: str) -> bool:
    """Tell whether a text carries at least one bracket that reads the character before it."""
    return TONED.search(text) is not None and any(map(_is_scar, _BRACKET.finditer(text)))


def _is_scar(match: re.Match[str]) -> bool:
    return plain(match["pinyin"]) in readings(match["char"])


def drop_brackets(text: str) -> tuple[str, list[Change]]:
    """Remove each bracket that reads the character before it: 公開(kāi) is 公開.

    >>> drop_brackets("公開(kāi)，項目(PPP)")
    ('公開，項目(PPP)', [('開(kāi)', '開')])
    """
    changes: list[Change] = []

    def drop(match: re.Match[str]) -> str:
        if not _is_scar(match):
            return match[0]
        changes.append((match[0], match["char"]))
        return match["char"]

    return _BRACKET.sub(drop, text), changes


def mend_torn(text: str) -> tuple[str, list[Change], list[str]]:
    """Rebuild the characters that brackets tore, in a text whose other brackets are gone.

    Gives the text, the changes, and the places that fit nothing or too much, left as they are.
    """
    language = language_of(text)
    out: list[str] = []
    changes: list[Change] = []
    unsolved: list[str] = []
    at = 0
    for match in _LOST.finditer(text):
        if match.start() < max(at, 1):
            continue
        torn, end = _torn(text, match)
        scarred = text[match.start() - 1 : end]
        solved = solve(torn, language)
        if solved is None:
            unsolved.append(scarred)
            out.append(text[at:end])
        else:
            changes.append((scarred, torn.before + solved))
            out += [text[at : match.start()], solved]
        at = end
    return "".join(out) + text[at:], changes, unsolved


def _torn(text: str, match: re.Match[str]) -> tuple[Torn, int]:
    """Collect the bytes from a lost one up to where characters stand whole again."""
    torn = Torn(text[match.start() - 1])
    torn.lose(match["pinyin"])
    at = match.end()
    while torn.is_odd() and at < len(text) and len(torn.slots) < _LONGEST_RUN:
        nested = _LOST.match(text, at)
        if nested:
            torn.lose(nested["pinyin"])
            at = nested.end()
        elif torn.take(text[at]):
            at += 1
        else:
            break
    torn.after = text[at : at + 1]
    return torn, at
