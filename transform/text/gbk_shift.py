"""Bytes torn apart by a scar, put together and read again: the solver behind `pinyin_scars`.

A page shows the bytes behind a torn place one off: each of its characters is the trail byte of one
character of the report and the lead byte of the next, until a byte below 80 stands alone and both
readings meet again. The solver walks the page from the torn place on, writes the bytes down,
tries what the lost ones can have been, and gives every reading of the report up to that meeting.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from transform.text.gbk_bytes import LEADS, char_of, code_of, undefined
from transform.text.likelihood import Language
from transform.text.outcome import LOST
from transform.text.readings import plain, readings

# Shifted characters run on until the next ASCII one; a line of Chinese has some before long.
_LONGEST_RUN = 120
# Where many bytes are lost only this many of the likeliest readings are followed.
_BEAM = 100
# One this much less likely than the best (natural logarithm) is not followed.
_HOPELESS = 20.0
# Each character of a reading must be likelier than this by itself, or nobody would have written it.
_NOBODY_WRITES = math.log(2e-6)
_FIRST_HIGH_BYTE = 0x80


class Remnant(NamedTuple):
    """What is left of a bracket on the page: its reading, and where the page goes on."""

    pinyin: str
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A scarred text and what the solver asks of it.

    `remnant` finds a torn bracket at a place, `bracket` the end of a whole one to be passed over
    (or None), `after` the character that goes on there behind any bracket; `weight` is the
    logarithm of the chance that a mirror put that reading behind that character; `keeps_ascii`
    tells whether the ASCII character behind a lost byte is still there.
    """

    text: str
    remnant: Callable[[int], Remnant | None]
    bracket: Callable[[int], int | None]
    after: Callable[[int], str]
    weight: Callable[[str, str], float]
    keeps_ascii: bool
    language: Language


class Walk(NamedTuple):
    """A reading on its way: place on the page, last byte, lead byte in hand, text, log chance.

    `before` is the character the text follows.
    """

    at: int
    last: int
    lead: int | None
    before: str
    text: str
    weight: float


class Solution(NamedTuple):
    """The best reading of a torn place, how sure it is, and whether it is the only one."""

    text: str
    end: int
    certainty: float
    is_only: bool


def solve(page: Page, at: int, before: str) -> Solution | None:
    """Read the torn place at `at`, behind the whole character `before`; None if nothing fits."""
    code = code_of(before) if before else b""
    if len(code) != 2:
        return None
    scores: dict[tuple[str, int], float] = {}
    for walk in _readings(page, Walk(at, code[1], None, before, "", 0.0)):
        key = (walk.text, walk.at)
        score = walk.weight + page.language.score(walk.before, page.after(walk.at))
        scores[key] = max(scores.get(key, -math.inf), score)
    if not scores:
        return None
    (text, end), top = max(scores.items(), key=lambda item: item[1])
    # The doubt that it was none of them weighs like one more reading.
    doubt = _NOBODY_WRITES * (len(text) + 1)
    total = sum(math.exp(score - top) for score in scores.values()) + math.exp(doubt - top)
    return Solution(text, end, 1 / total, len(scores) == 1)


def _readings(page: Page, start: Walk) -> Iterator[Walk]:
    """Walk on from a torn place in every way its bytes allow, until page and report meet."""
    walks = [start]
    while walks:
        open_walks: list[Walk] = []
        for walk in walks:
            for following in _steps(page, walk):
                if following.lead is None:
                    yield following
                elif len(following.text) < _LONGEST_RUN:
                    open_walks.append(following)
        walks = nlargest(_BEAM, open_walks, key=lambda walk: walk.weight)
        walks = [walk for walk in walks if walk.weight > walks[0].weight - _HOPELESS]


def _steps(page: Page, walk: Walk) -> Iterator[Walk]:
    remnant = page.remnant(walk.at)
    if remnant:
        for byte, char in _second_halves(walk.last, remnant.pinyin):
            weight = walk.weight + page.weight(char, remnant.pinyin)
            marked = walk._replace(at=remnant.end, weight=weight)
            yield from _fed(page, marked, bytes((byte,)))
        return
    end = page.bracket(walk.at)
    if end is not None:
        yield from _steps(page, walk._replace(at=end))
        return
    char = page.text[walk.at : walk.at + 1]
    walk = walk._replace(at=walk.at + 1)
    if char in ("?", LOST):
        yield from _lost(page, walk)
    else:
        yield from _fed(page, walk, code_of(char) if char else b"")


def _lost(page: Page, walk: Walk) -> Iterator[Walk]:
    """Fill in what one mark of loss without a bracket stands for.

    Either the byte that ends the run, which takes the ASCII character behind it along or not, or
    two bytes that are no character together; a decoder that keeps ASCII loses only one of these.
    """
    if walk.lead is None:
        return
    following = _first_byte(page, walk.at)
    for byte, char in _trails(walk.lead):
        weight = walk.weight + page.language.score(walk.before, char)
        ended = Walk(walk.at, byte, None, char, walk.text + char, weight)
        if page.keeps_ascii:
            yield ended
        else:
            yield ended._replace(before=LOST, text=ended.text + LOST)
            for lead in undefined().get(byte, ()):
                if following is None or char_of(lead, following):
                    yield ended._replace(last=lead, lead=lead)


def _fed(page: Page, walk: Walk, code: bytes) -> Iterator[Walk]:
    """Add bytes to the report; nothing comes back if they make no character."""
    if not code:
        return
    lead, new = walk.lead, ""
    for byte in code:
        if lead is not None:
            char = char_of(lead, byte)
            if not char:
                return
            lead, new = None, new + char
        elif byte < _FIRST_HIGH_BYTE:
            new += chr(byte)
        else:
            lead = byte
    weight = walk.weight + page.language.score(walk.before, new)
    before, text = (walk.before + new)[-1], walk.text + new
    yield Walk(walk.at, code[-1], lead, before, text, weight)


@cache
def _trails(lead: int) -> tuple[tuple[int, str], ...]:
    """Every lost byte that makes a character behind the byte `lead`."""
    return tuple(
        (byte, char) for byte in range(_FIRST_HIGH_BYTE, 0xFF) if (char := char_of(lead, byte))
    )


def _first_byte(page: Page, at: int) -> int | None:
    """Give the byte that comes next on the page, if it is known."""
    char = page.text[at : at + 1]
    if char in ("?", LOST) or page.bracket(at) is not None:
        return None
    return next(iter(code_of(char) if char else b""), None)


@cache
def _second_halves(first: int, pinyin: str) -> tuple[tuple[int, str], ...]:
    """Every lost byte that makes a character with this reading behind the byte `first`."""
    return tuple(
        (byte, char)
        for byte in LEADS
        if (char := char_of(first, byte)) and plain(pinyin) in readings(char)
    )
