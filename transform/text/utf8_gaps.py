"""UTF-8 with gaps: bytes of a page some of which its wrong decoder did not keep.

A decoder that took UTF-8 for something else meets pairs that are no character and prints `?`,
U+FFFD or nothing for them. What UTF-8 is made of (RFC 3629: a lead byte says how many
bytes of 80–BF follow) tells how many bytes are missing; which ones, only language can tell. Where
it cannot, the character is given as U+FFFD.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from heapq import nlargest
from typing import NamedTuple

from transform.text.gbk_bytes import code_of, symbols, undefined
from transform.text.likelihood import Language
from transform.text.outcome import BLOCK, LOST

# Lead bytes of what reports are made of: ’ “ — … (E2), 、。《 (E3), Han (E4–E9), ，：（ (EF).
_LEADS = (0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF)
_CONTINUATIONS = range(0x80, 0xC0)
_THREE_BYTES = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]{2}")
_MARKS = frozenset((b"", b"?"))
# Readings that go on side by side; behind a gap they soon meet again.
_BEAM = 100
# A gap that leaves no mark is this unlikely (natural logarithm).
_UNUSUAL = -6.0
# A reading this much less likely than the best (natural logarithm) is not followed.
_HOPELESS = 25.0
# Odds (natural logarithm) from which a character is taken to be certain.
_SURE = 4.0
_SURE_OF_MARKS = 6.6
_SURE_OF_FIGURES = 15.0
_FIGURES = frozenset("〇零一二三四五六七八九十百千万亿两")
# Gaps without a mark, where they are as many as this, leave nothing to hold on to.
_MOST_ERRORS = 0.05
# A gap shows at the latest this many characters of the page after it.
_REACH = 4


class Path(NamedTuple):
    """A reading on its way: bytes of a character begun, the text so far, its log chance."""

    begun: bytes
    text: str
    weight: float


Gap = Callable[[Path, int], Iterator[Path]]
Fills = Callable[[bytes], tuple[bytes, ...]]


def read_utf8(codes: list[bytes], language: Language) -> str:
    """Read the bytes behind the characters of a page as UTF-8; empty ones are lost.

    Gives an empty text where no reading fits.
    """
    try:
        return _joined(codes).decode()
    except UnicodeDecodeError:
        pass
    if not _is_nearly_utf8(_joined(codes)):
        return ""
    if _MARKS.isdisjoint(codes):
        errors = _errors(codes)
        if len(errors) > 2 + len(codes) * _MOST_ERRORS:
            return ""
        near = frozenset(i for place in errors for i in range(place - _REACH, place + 1))
        return _read(
            codes,
            language,
            lambda path, at: _unmarked_gap(path, codes[at], language, may_be=at in near),
        )
    # One decoder printed all the marks: each for a byte, or each for what it took for a pair.
    return _read(codes, language, lambda path, at: _lost(path, codes[at], language, _singles)) or (
        _read(codes, language, lambda path, at: _lost(path, codes[at], language, _pairs))
    )


def _read(codes: list[bytes], language: Language, gap: Gap) -> str:
    paths = [Path(b"", "", 0.0)]
    for at, code in enumerate(codes):
        following: list[Path] = []
        for path in paths:
            following.extend(_fed(path, code, language))
            following.extend(gap(path, at))
        paths = _merged(following)
    whole = [path for path in paths if not path.begun]
    cut_short = [Path(b"", path.text + LOST, path.weight) for path in paths]
    ended = (
        path._replace(weight=path.weight + language.score(path.text[-1:], BLOCK))
        for path in whole or cut_short
    )
    return _agreed(list(ended)).text


def _is_nearly_utf8(data: bytes) -> bool:
    """Spare a text the search for gaps if most of its bytes are no UTF-8 at all."""
    high = sum(byte >= 0x80 for byte in data)
    return 3 * len(_THREE_BYTES.findall(data)) > high / 2


def _joined(codes: list[bytes]) -> bytes:
    # FF is no byte of UTF-8: a lost character makes the strict reading fail.
    return b"".join(code or b"\xff" for code in codes)


def _errors(codes: list[bytes]) -> list[int]:
    """Give the places of the page at which strict UTF-8 fails; bytes are missing before each."""
    found: list[int] = []
    place_of = [i for i, code in enumerate(codes) for _ in code or b"\xff"]
    data, start = _joined(codes), 0
    while True:
        try:
            data[start:].decode()
        except UnicodeDecodeError as error:
            found.append(place_of[start + error.start])
            start += max(error.end, error.start + 1)
        else:
            return found


@cache
def _may_stand(char: str) -> bool:
    return bool(code_of(char)) and ("\u4e00" <= char <= "\u9fff" or char in symbols())


def _fed(path: Path, code: bytes, language: Language) -> Iterator[Path]:
    """Add the known bytes behind one character of the page."""
    if not code:
        return
    begun, text, weight = path
    for byte in code:
        if begun:
            if byte not in _CONTINUATIONS:
                return
            begun += bytes((byte,))
        elif byte in _LEADS:
            begun = bytes((byte,))
        elif byte < 0x80:
            weight += language.score(text[-1:], chr(byte))
            text += chr(byte)
        else:
            return
        if len(begun) == 3:
            char = begun.decode(errors="replace")
            if not _may_stand(char):
                return
            weight += language.score(text[-1:], char)
            begun, text = b"", text + char
    yield Path(begun, text, weight)


def _lost(path: Path, code: bytes, language: Language, fills: Fills) -> Iterator[Path]:
    """Fill in what a mark of loss stands for."""
    if code not in _MARKS:
        return
    for fill in fills(path.begun):
        yield from _fed(path, fill, language)
    if fills is _pairs and len(path.begun) == 2:
        # The last byte of a character took the ASCII character behind it along.
        for fill in _singles(path.begun):
            for ended in _fed(path, fill, language):
                yield ended._replace(text=ended.text + LOST)


def _unmarked_gap(path: Path, code: bytes, language: Language, *, may_be: bool) -> Iterator[Path]:
    """Fill in dropped bytes in front of a character of the page."""
    if not path.begun or not may_be:
        return
    for fill in (*_singles(path.begun), *_pairs(path.begun)):
        for filled in _fed(path, fill, language):
            yield from _fed(filled._replace(weight=filled.weight + _UNUSUAL), code, language)
    if code == b" ":
        # A no-break space, the byte A0, that somebody made an ordinary one.
        yield from _fed(path, b"\xa0", language)


def _singles(begun: bytes) -> tuple[bytes, ...]:
    return tuple(bytes((byte,)) for byte in (_CONTINUATIONS if begun else _LEADS))


def _pairs(begun: bytes) -> tuple[bytes, ...]:
    """Pairs that are no character in GBK, as far as UTF-8 allows them behind what has begun."""
    return _pairs_behind(len(begun))


@cache
def _pairs_behind(begun: int) -> tuple[bytes, ...]:
    firsts = frozenset(_CONTINUATIONS if begun else _LEADS)
    seconds = frozenset(_LEADS if begun == 2 else _CONTINUATIONS)
    return tuple(
        bytes((first, second))
        for first, trails in undefined().items()
        for second in trails
        if first in firsts and second in seconds
    )


def _merged(paths: list[Path]) -> list[Path]:
    """Keep one path of those that read the same from here on, and only the likelier ones."""
    alike: dict[tuple[bytes, str], list[Path]] = {}
    for path in paths:
        alike.setdefault((path.begun, path.text[-1:]), []).append(path)
    kept = nlargest(_BEAM, map(_agreed, alike.values()), key=lambda path: path.weight)
    return [path for path in kept if path.weight > kept[0].weight - _HOPELESS]


def _agreed(paths: list[Path]) -> Path:
    """Give the likeliest path, with what a nearly as likely one has otherwise as lost."""
    best = max(paths, key=lambda path: path.weight, default=Path(b"", "", 0.0))
    for path in paths:
        if path.text == best.text or len(path.text) != len(best.text):
            continue
        pairs = list(zip(best.text, path.text, strict=True))
        needed = max(_needed_odds(a, b) for a, b in pairs if a != b)
        if path.weight > best.weight - needed:
            best = best._replace(text="".join(a if a == b else LOST for a, b in pairs))
    return best


def _needed_odds(one: str, other: str) -> float:
    """Words tell two characters apart, but hardly two marks of punctuation, and no two figures."""
    if one in _FIGURES and other in _FIGURES:
        return _SURE_OF_FIGURES
    is_mark = not any("\u4e00" <= char <= "\u9fff" for char in (one, other))
    return _SURE_OF_MARKS if is_mark else _SURE
