"""Damage of every kind that the text stage must undo, made on purpose from whole texts.

`corpus.scripts.scar` is the mirror that was seen; `scarred_by` is any other: its own list of
characters in its own order, its own mark for what it lost. `misread` saves text in the wrong
encoding, with the losses of the decoders that are about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from rapidfuzz.distance import Indel

from benchmarks.corpus.scripts import SCARRED, reading, to_traditional
from transform.text.han import scripts

_ASCII_END = 0x80
# Places of loss are visible by these; a difference this near to one is seen.
_MARKS = "?\ufffd"
_NEAR = 4
_MIRROR_PUNCTUATION = str.maketrans("，：（）", ",:()")


class Mirror(NamedTuple):
    """How a mirror scars: which characters in which order, what it keeps and how it marks loss."""

    name: str
    characters: Sequence[str]
    keeps_bracket: bool
    mark: str


def mirrors(text: str, random: Random) -> Iterator[Mirror]:
    """Give mirrors for a text, from the one that was seen to some that scar whatever they can."""
    own = sorted(scripts().traditional.intersection(to_traditional(text, "mirror")))
    foreign = sorted(char for char in scripts().traditional if char.encode("gbk", "ignore"))
    half = random.sample(own, len(own) // 2)
    shuffled = random.sample(own, len(own))
    many = list(dict.fromkeys(random.sample(foreign, 800) + own))
    random.shuffle(many)
    for name, characters in (
        ("seen", SCARRED),
        ("half", half),
        ("all", sorted(own, key=lambda char: char.encode("gbk"))),
        ("shuffled", shuffled),
        ("many", many),
    ):
        for keeps_bracket in (False, True):
            for mark in _MARKS:
                yield Mirror(name, characters, keeps_bracket, mark)


def scarred_by(mirror: Mirror, text: str) -> str:
    """Scar a text; characters without a reading in GBK's letters are passed over.

    >>> scarred_by(Mirror("", "經車嚴", True, "?"), "做到决策，未能严格")
    '做到?(jīng)Q策,未能?(chē)栏?'
    """
    data = to_traditional(text, "mirror").encode("gbk", errors="replace")
    for character in mirror.characters:
        try:
            bracket = f"({reading(character)})".encode("gbk")
        except UnicodeEncodeError:
            continue
        code = character.encode("gbk")
        data = data.replace(code, code + bracket)
    return _decoded(data, mirror)


def _decoded(data: bytes, mirror: Mirror) -> str:
    out = []
    position = 0
    while position < len(data):
        width = 1 if data[position] < _ASCII_END else 2
        try:
            out.append(data[position : position + width].decode("gbk"))
        except UnicodeDecodeError:
            out.append(mirror.mark)
            width = 1 if mirror.keeps_bracket else width
        position += width
    return "".join(out)


def as_mirrored(text: str) -> str:
    """Give what a perfect repair of a mirrored text reads: it cannot know the old punctuation."""
    return text.translate(_MIRROR_PUNCTUATION)


class Differences(NamedTuple):
    """Characters of the original that are wrong, and the places among them nothing points out."""

    wrong: int
    silent: tuple[tuple[str, str], ...]


def differences(original: str, repaired: str) -> Differences:
    """Compare by the shortest edit; a place at a mark of loss is not silent."""
    wrong = 0
    silent: list[tuple[str, str]] = []
    for src, dest in _places(original, repaired):
        wrong += src.stop - src.start
        start, end = max(0, dest.start - _NEAR), dest.stop + _NEAR
        if not any(mark in repaired[start:end] for mark in _MARKS):
            before = original[max(0, src.start - _NEAR) : src.stop + _NEAR]
            silent.append((before, repaired[start:end]))
    return Differences(wrong, tuple(silent))


def _places(original: str, repaired: str) -> list[tuple[range, range]]:
    """Give the edits, those together that are next to each other."""
    places: list[tuple[range, range]] = []
    for edit in Indel.opcodes(original, repaired):
        if edit.tag == "equal":
            continue
        src, dest = range(edit.src_start, edit.src_end), range(edit.dest_start, edit.dest_end)
        if places and dest.start - places[-1][1].stop <= _NEAR:
            last_src, last_dest = places.pop()
            src, dest = range(last_src.start, src.stop), range(last_dest.start, dest.stop)
        places.append((src, dest))
    return places


def _windows_gbk(data: bytes) -> str:
    """Decode as code page 936: 80 is the euro sign, what is no pair is one `?` a byte."""
    out = []
    position = 0
    while position < len(data):
        if data[position] == _ASCII_END:
            out.append("€")
            position += 1
            continue
        width = 1 if data[position] < _ASCII_END else 2
        try:
            out.append(data[position : position + width].decode("gb18030"))
        except UnicodeDecodeError:
            out.append("?")
            width = 1
        position += width
    return "".join(out)


def _windows_latin(data: bytes) -> str:
    """Decode as Windows-1252 the way browsers do: its five undefined bytes are controls."""
    return "".join(
        bytes((byte,)).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252")
        for byte in data
    )


# By name, how a text was saved wrong. Those of Big5 start from traditional script.
MISREADINGS: Mapping[str, Callable[[str], str]] = {
    "utf8_as_gb18030": lambda text: text.encode().decode("gb18030", "replace"),
    "utf8_as_gbk": lambda text: text.encode().decode("gbk", "replace"),
    "utf8_as_gbk_dropped": lambda text: text.encode().decode("gbk", "ignore"),
    "utf8_as_cp936": lambda text: _windows_gbk(text.encode()),
    "utf8_as_latin1": lambda text: _windows_latin(text.encode()),
    "utf8_twice_as_latin1": lambda text: _windows_latin(_windows_latin(text.encode()).encode()),
    "gbk_as_latin1": lambda text: _windows_latin(text.encode("gbk", "replace")),
    "gbk_as_big5": lambda text: text.encode("gbk", "replace").decode("big5hkscs", "replace"),
    "big5_as_gbk": lambda text: (
        to_traditional(text, "s2tw").encode("big5hkscs", "replace").decode("gb18030", "replace")
    ),
    "big5_as_latin1": lambda text: _windows_latin(
        to_traditional(text, "s2tw").encode("big5hkscs", "replace")
    ),
}
