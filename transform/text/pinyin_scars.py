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

import math
import re
from collections import Counter
from functools import cached_property, lru_cache

from transform.text.gbk_bytes import char_of, code_of
from transform.text.gbk_shift import Page, Remnant, Solution, solve
from transform.text.han import scripts
from transform.text.likelihood import Language
from transform.text.outcome import LOST, Change, Outcome, spliced
from transform.text.readings import (
    SYLLABLE,
    TONE_LETTERS,
    is_toned,
    neutral_readings,
    plain,
    readings,
    same_tone,
    syllables,
    toned_readings,
)

_BRACKET = re.compile(
    # Twice where a mirror was mirrored.
    rf"(?P<char>[\u3400-\u9fff@-~])(?P<bracket>\((?P<pinyin>{SYLLABLE})\)(?:\((?P=pinyin)\))*"
    rf"|（(?P<wide>{SYLLABLE})）)"
)
# The lead byte before a bracket that tore a character, as `?` or U+FFFD, with or without its `(`.
_LOST = re.compile(rf"[?\ufffd](?P<bracket>\(?)(?P<pinyin>{SYLLABLE})\)")
_WHOLE = re.compile(rf"\((?P<pinyin>{SYLLABLE})\)|（(?P<wide>{SYLLABLE})）")
# A reading that nothing accounts for, torn itself perhaps; what follows a mark of loss is counted
# where it is mended.
_STRANGE = re.compile(rf"[\u3400-\u9fff]\((?P<pinyin>{SYLLABLE})[()]")
_TONES = frozenset(TONE_LETTERS)

# Glosses of rare characters in clean prose (甪(lù)直) also bear tones; a mirror scars many.
_FEWEST_SCARS = 3
# Mirrors without tones are told from English (安(an)) by how many brackets fit.
_TONELESS_SHARE = 0.8

# Chance that a mirror has the character on its list, by what the rest of the page shows.
_SEEN_SCARRED, _SEEN_BARE, _TRADITIONAL, _OTHER = map(math.log, (0.9, 0.002, 0.2, 0.01))
# Chance that it prints a reading that differs from the dictionary's in tone only.
_OTHER_TONE = math.log(0.1)
# A reading is taken if it is this sure; one mistake in a thousand solved places is the aim.
_CERTAIN = 0.99

# Pairs of character and reading that are kept in mind.
_KNOWN_BRACKETS = 1 << 14


class Scars:
    """Everything the brackets of one text say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.matches = [m for m in _BRACKET.finditer(text) if _reads(m)]
        self.has_tones = any(is_toned(_pinyin(m)) for m in self.matches)

    @cached_property
    def is_scarred(self) -> bool:
        """Tell whether a mirror did this, or an author explained a few words."""
        scarred = {m["char"] for m in self.matches if is_toned(_pinyin(m))}
        if scarred & scripts().traditional or len(scarred) >= _FEWEST_SCARS:
            return True
        if any(is_toned(match["pinyin"]) for match in self.remnants):
            return True
        return self._is_toneless_mirror()

    def _is_toneless_mirror(self) -> bool:
        chars = {m["char"] for m in self.matches} & scripts().traditional
        brackets = sum(1 for _ in _BRACKET.finditer(self.text))
        return len(chars) >= _FEWEST_SCARS and len(self.matches) >= _TONELESS_SHARE * brackets

    @cached_property
    def brackets(self) -> list[Change]:
        """The brackets to be dropped."""
        return [
            Change(match.start("bracket"), match["bracket"], "")
            for match in self.matches
            if self.is_scar(match)
        ]

    @cached_property
    def remnants(self) -> list[re.Match[str]]:
        """The brackets that tore a character."""
        return [
            match
            for match in _LOST.finditer(self.text)
            if _is_syllable(pinyin := match["pinyin"])
            and (not self.has_tones or is_toned(pinyin) or pinyin in neutral_readings())
        ]

    def is_scar(self, match: re.Match[str]) -> bool:
        """Tell whether a bracket that reads its character is the mirror's work.

        Without a tone it is so on a page without tones, behind a traditional character, and on
        any page where the character has a neutral tone (們(men)); else 安(an) is English.
        """
        char, pinyin = match["char"], _pinyin(match)
        if is_toned(pinyin) or same_tone(pinyin) in toned_readings(char):
            return True
        return not self.has_tones and char in scripts().traditional

    @cached_property
    def scarred(self) -> dict[str, set[str]]:
        """Readings the page prints, by character."""
        found: dict[str, set[str]] = {}
        for match in self.matches:
            found.setdefault(match["char"], set()).add(same_tone(_pinyin(match)))
        return found

    @cached_property
    def _bare(self) -> Counter[str]:
        with_bracket = Counter(match["char"] for match in self.matches)
        return Counter(self.text) - with_bracket

    def weight(self, char: str, pinyin: str) -> float:
        """Logarithm of the chance that the mirror puts this reading behind this character.

        A character carries its pinyin everywhere or nowhere, and always the same.
        """
        printed = self.scarred.get(char)
        if printed:
            return _SEEN_SCARRED if pinyin in printed else _SEEN_BARE
        listed = _TRADITIONAL if char in scripts().traditional else _OTHER
        if self._bare[char]:
            listed = _SEEN_BARE
        return listed + (0.0 if pinyin in toned_readings(char) else _OTHER_TONE)


def _pinyin(match: re.Match[str]) -> str:
    return match["pinyin"] or match["wide"]


def _is_syllable(pinyin: str) -> bool:
    return plain(pinyin) in syllables()


def _is_toned_syllable(pinyin: str) -> bool:
    return is_toned(pinyin) and _is_syllable(pinyin)


def _reads(match: re.Match[str]) -> bool:
    """Tell whether a bracket reads what stands before it.

    Behind an ASCII letter the scarred character is the letter with the byte before it.
    """
    char = match["char"]
    if char.isascii():
        before = code_of(match.string[match.start() - 1]) if match.start() else b""
        char = char_of(before[1], ord(char)) if len(before) == 2 else ""
    return _is_reading(char, _pinyin(match))


@lru_cache(_KNOWN_BRACKETS)
def _is_reading(char: str, pinyin: str) -> bool:
    return bool(char) and plain(pinyin) in readings(char)


@lru_cache(1)
def _scars_of(text: str) -> Scars:
    """Read the brackets of a text once for all the steps that ask."""
    return Scars(text)


def has_scars(text: str, characters: frozenset[str]) -> bool:
    """Tell whether a mirror scarred a text; `characters` are those that occur in it."""
    if ")" not in characters and "）" not in characters:
        return False
    if _TONES.isdisjoint(characters) and scripts().traditional.isdisjoint(characters):
        return False
    return _scars_of(text).is_scarred


def drop_pinyin_brackets(text: str) -> Outcome:
    """Remove each bracket that reads the character before it: 公開(kāi) is 公開.

    A bracket with a reading of something else is left, and counted as unsolved.

    >>> drop_pinyin_brackets("公開(kāi)，項目(PPP)").text
    '公開，項目(PPP)'
    """
    changes = _scars_of(text).brackets
    result = spliced(text, changes)
    left = [match[0] for match in _STRANGE.finditer(result) if _is_toned_syllable(match["pinyin"])]
    return Outcome(result, changes, left)


def mend_torn_characters(text: str, names: tuple[str, ...] = ()) -> Outcome:
    """Rebuild the characters that brackets tore, where the bytes have one reading only."""
    return _mend(text, names, several=False)


def choose_torn_characters(text: str, names: tuple[str, ...] = ()) -> Outcome:
    """Rebuild torn characters with several readings, where language makes one of them certain.

    What is still torn after this is reported as unsolved.
    """
    return _mend(text, names, several=True)


def _mend(text: str, names: tuple[str, ...], *, several: bool) -> Outcome:
    scars = _scars_of(text)
    if not scars.remnants:
        return Outcome(text)
    page = _page(scars, names)
    changes: list[Change] = []
    unsolved: list[str] = []
    at = 0
    for match in scars.remnants:
        start = match.start()
        if start < at:
            continue
        before = changes[-1].after[-1:] if changes and start == at else _before(text, start)
        solution = solve(page, start, before)
        if solution and _is_taken(solution, several=several):
            changes.append(Change(start, text[start : solution.end], solution.text))
            at = solution.end
        else:
            at = _run_end(page, match.end())
        if several and (not changes or changes[-1].at != start or LOST in changes[-1].after):
            unsolved.append(text[max(0, start - 1) : at])
    return Outcome(spliced(text, changes), changes, unsolved)


def _is_taken(solution: Solution, *, several: bool) -> bool:
    return solution.certainty >= _CERTAIN and solution.is_only != several


def _page(scars: Scars, names: tuple[str, ...]) -> Page:
    text = scars.text
    whole = {match.start("bracket"): match.end() for match in scars.matches}

    def remnant(at: int) -> Remnant | None:
        match = _LOST.match(text, at)
        return Remnant(same_tone(match["pinyin"]), match.end()) if match else None

    def after(at: int) -> str:
        match = _WHOLE.match(text, at)
        at = match.end() if match else at
        return text[at : at + 1]

    with_bracket = sum(bool(match["bracket"]) for match in scars.remnants)
    return Page(
        text=text,
        remnant=remnant,
        bracket=whole.get,
        after=after,
        weight=scars.weight,
        keeps_ascii=with_bracket * 2 > len(scars.remnants),
        language=Language(spliced(text, scars.brackets), names),
    )


def _before(text: str, at: int) -> str:
    """Give the character in front of a torn place; its own bracket may stand between."""
    if text[at - 1 : at] in (")", "）"):
        opening = max(text.rfind("(", 0, at), text.rfind("（", 0, at))
        if _WHOLE.fullmatch(text, opening, at):
            return text[opening - 1 : opening]
    return text[at - 1 : at] if at else ""


def _run_end(page: Page, at: int) -> int:
    """Pass over what may still be shifted behind a place that was left alone."""
    while at < len(page.text):
        remnant = page.remnant(at)
        if remnant:
            at = remnant.end
        elif end := page.bracket(at):
            at = end
        elif page.text[at].isascii():
            break
        else:
            at += 1
    return at
