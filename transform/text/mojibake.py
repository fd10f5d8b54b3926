"""Text that was decoded in a wrong encoding and saved so: 鏀垮簻淇℃伅 is 政府信息.

Each pair of encodings that occurs is a step of its own. A step encodes a paragraph or cell back to
the bytes it was read from, reads them in the encoding they were in, and keeps the result only if
it is far likelier language than what stood there (`likelihood`). Looked at are only paragraphs a
good part of which is no everyday Chinese, so that clean text costs one look at its characters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from transform.text.gbk_bytes import code_of, symbols
from transform.text.han import everyday
from transform.text.likelihood import Language
from transform.text.outcome import BLOCK, LOST, Change, Outcome, spliced
from transform.text.readings import TONE_LETTERS
from transform.text.utf8_gaps import read_utf8

# A paragraph is looked at if this share of its characters beyond ASCII is no everyday Chinese:
# of three bytes of UTF-8 one at least makes a rare character.
_ODD_SHARE = 0.2
# Odds (natural logarithm) by which the new reading must be likelier: chance alone would do it once
# in a million paragraphs, and mojibake exceeds it from three characters on.
_CLEAR = 14.0
# Mean logarithm below which a reading is no Chinese either, however bad the page was.
_READS_LIKE_CHINESE = -8.5
_MOST_LOST = 0.2
_FEWEST_HAN = 2
_FEWEST_ODD = 2
_MOST_LAYERS = 3
# So many paragraphs and cells that came back leave no doubt how the whole document was read.
_MANY_TURNED = 10
# The last byte of 章 and 充 is a blank in Latin-1, which readers take off the end of a text.
_TAKEN_OFF = (b"\xa0", b"\x85")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLAIN = frozenset("\t\n\r\x0b\x0c\xa0\u3000·•…“”‘’—–" + BLOCK + TONE_LETTERS)
# What three bytes EF BF BD twice, U+FFFD saved as UTF-8, read as in GBK: two lost characters.
_LOST_IN_GBK = re.compile("(?:锟斤拷)+锟?")


class Misreading(NamedTuple):
    """The bytes behind a character as the page was read, and how they ought to be read."""

    bytes_of: Callable[[str], bytes]
    read: Callable[[list[bytes], Language], str]


class _Limit(NamedTuple):
    """A paragraph of so many Han characters and such a mean logarithm is no Chinese."""

    han: int
    mean: float


_GARBLED = _Limit(12, -12.5)
# In a document of which other paragraphs were mojibake less is needed.
_KNOWN_GARBLED = _Limit(3, -10.0)


@cache
def _expected() -> frozenset[str]:
    return everyday() | symbols() | _PLAIN | frozenset(map(chr, range(0x80)))


@lru_cache(maxsize=1)
def _odd(characters: frozenset[str]) -> frozenset[str]:
    """Give those of a text's characters that are no everyday Chinese."""
    return characters - _expected()


def is_suspect(characters: frozenset[str]) -> bool:
    """Tell whether a text with these characters may hold mojibake at all."""
    return len(_odd(characters)) >= _FEWEST_ODD


def mark_lost_characters(text: str) -> Outcome:
    """Write U+FFFD for what is beyond recovery: 锟斤拷 is twice U+FFFD, saved as UTF-8, as GBK."""
    changes = [
        Change(match.start(), match[0], LOST * (len(match[0]) * 2 // 3))
        for match in _LOST_IN_GBK.finditer(text)
    ]
    return Outcome(spliced(text, changes), changes, [change.before for change in changes])


def turn_back(text: str, misreading: Misreading) -> Outcome:
    """Read again the paragraphs and cells of a text that are likelier language then.

    What has come back shows how the document writes, so those that were in doubt are tried again.
    Of the changes only those of the first round have their places in `text`.
    """
    outcome = _turn_back(text, misreading)
    changes = list(outcome.changes)
    unsolved = list(outcome.unsolved)
    for _ in range(_MOST_LAYERS):
        if not outcome.changes:
            break
        outcome = _turn_back(outcome.text, misreading)
        changes += outcome.changes
        unsolved += outcome.unsolved
    return Outcome(outcome.text, changes, unsolved)


def _turn_back(text: str, misreading: Misreading) -> Outcome:
    odd = _odd_blocks(text)
    language = Language(odd.rest)
    turned = dict(_turned(odd.blocks, misreading, language))
    # What came back whole shows how the document writes, and helps where bytes are missing.
    gaps = [(at, block) for at, block in odd.blocks if LOST in turned.get(at, LOST)]
    whole = [again for again in turned.values() if LOST not in again]
    if gaps and whole:
        turned.update(_turned(gaps, misreading, Language(BLOCK.join((odd.rest, *whole)))))
    if len(whole) >= _MANY_TURNED:
        left = [(at, block) for at, block in odd.blocks if at not in turned]
        turned.update(_surely_turned(left, misreading, language))
    changes = [Change(at, block, turned[at]) for at, block in odd.blocks if at in turned]
    unsolved = [change.after for change in changes if LOST in change.after]
    return Outcome(spliced(text, changes), changes, unsolved)


def _turned(
    blocks: Sequence[tuple[int, str]], misreading: Misreading, language: Language
) -> Iterator[tuple[int, str]]:
    # Labels repeat within a document, and with gaps in them reading one takes a while.
    known: dict[str, str] = {}
    for at, block in blocks:
        if block not in known:
            again = misreading.read([misreading.bytes_of(char) for char in block], language)
            known[block] = again if _is_better(again, block, language) else ""
        if known[block]:
            yield at, known[block]


def _surely_turned(
    blocks: Sequence[tuple[int, str]], misreading: Misreading, language: Language
) -> Iterator[tuple[int, str]]:
    """Read again what is too short to tell alone (£°, é›¶), where so much else was misread."""
    for at, block in blocks:
        again = misreading.read([misreading.bytes_of(char) for char in block], language)
        if again and _expected().issuperset(again):
            yield at, again


def still_garbled(text: str, *, is_known: bool) -> list[str]:
    """Give the paragraphs that are mojibake beyond doubt and have not been turned back.

    `is_known` tells that others of the document have been, which makes short ones certain.
    """
    limit = _KNOWN_GARBLED if is_known else _GARBLED
    odd = _odd_blocks(text)
    language = Language(odd.rest)
    return [
        block
        for _, block in odd.blocks
        if len(_HAN.findall(block)) >= limit.han and language.mean(block) < limit.mean
    ]


class _OddBlocks(NamedTuple):
    """Paragraphs and cells that may be mojibake, with where they begin, and the others together."""

    blocks: tuple[tuple[int, str], ...]
    rest: str


@lru_cache(1)
def _odd_blocks(text: str) -> _OddBlocks:
    """Find what may be mojibake, once for all the misreadings that are tried."""
    odd = _odd(frozenset(text))
    is_odd = re.compile(f"[{re.escape(''.join(sorted(odd)))}]") if odd else re.compile(r"(?!)")
    found: list[tuple[int, str]] = []
    rest: list[str] = []
    at = 0
    for block in text.split(BLOCK):
        count = len(is_odd.findall(block))
        if count and count > _ODD_SHARE * sum(char > "\x7f" for char in block):
            found.append((at, block))
        else:
            # What may be garbage itself is no evidence of how the document writes.
            rest.append(block)
        at += len(block) + 1
    return _OddBlocks(tuple(found), BLOCK.join(rest))


def _is_better(again: str, block: str, language: Language) -> bool:
    if len(_HAN.findall(again)) < _FEWEST_HAN or again.count(LOST) > _MOST_LOST * len(again):
        return False
    gain = language.score("", again) - language.score("", block)
    return gain > _CLEAR and language.mean(again) > _READS_LIKE_CHINESE


def _gbk_bytes(char: str) -> bytes:
    # Code page 936 reads a lone 80 as the euro sign.
    return b"\x80" if char == "€" else code_of(char)


@cache
def _latin_bytes(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        # Windows leaves five bytes undefined; browsers read them as control characters.
        return char.encode("latin-1", "ignore")


def _big5_bytes(char: str) -> bytes:
    return char.encode("big5hkscs", "ignore")


def _reader_of(encoding: str) -> Callable[[list[bytes], Language], str]:
    def read(codes: list[bytes], _language: Language) -> str:
        # FF is no byte of these encodings, so that a lost character stays one.
        return b"".join(code or b"\xff" for code in codes).decode(encoding, "replace")

    return read


def _read_layers(codes: list[bytes], language: Language) -> str:
    """Read UTF-8 that was saved as Latin-1 once or several times over."""
    text = read_utf8(codes, language)
    if text.endswith(LOST) or not text:
        whole = (read_utf8([*codes, last], language) for last in _TAKEN_OFF)
        text = next((again for again in whole if again and not again.endswith(LOST)), text)
    for _ in range(_MOST_LAYERS):
        again = "" if _HAN.search(text) else read_utf8(list(map(_latin_bytes, text)), language)
        if not again or again == text:
            break
        text = again
    return text


# By the name of the step that undoes it.
MISREADINGS = {
    "undo_utf8_as_gbk": Misreading(_gbk_bytes, read_utf8),
    "undo_utf8_as_latin1": Misreading(_latin_bytes, _read_layers),
    "undo_gbk_as_latin1": Misreading(_latin_bytes, _reader_of("gb18030")),
    "undo_big5_as_latin1": Misreading(_latin_bytes, _reader_of("big5hkscs")),
    "undo_big5_as_gbk": Misreading(_gbk_bytes, _reader_of("big5hkscs")),
    "undo_gbk_as_big5": Misreading(_big5_bytes, _reader_of("gb18030")),
    "undo_utf8_as_big5": Misreading(_big5_bytes, read_utf8),
}
