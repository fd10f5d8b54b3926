"""Files of every format with damage of every kind, as disks, networks and attackers make it.

The same seed gives the same files. Packages (DOCX, XLSX, ZIP) are damaged within as often as from
without, where a check sum would catch it at once.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from benchmarks.corpus.files import known_files, zipped
from extract.sniff import ZIP_ERRORS

_ORIGINALS = 240
# Of files that LibreOffice must read, which costs fifty times as much; every so many is one.
_CONVERTED = frozenset({"doc", "wps", "rtf"})
_EVERY_CONVERTED = 100
_EVERY_ARCHIVE = 25
_MEMBERS = 3
_PACKAGE = b"PK\x03\x04"
# What a parser may trip over: ends and beginnings of its own, numbers at the edge, odd characters.
_TOKENS = (
    b"<", b">", b"</table>", b"<table><tr><td>" * 30, b"<!--", b"<![CDATA[", b"&#0;", b"&#x110000;",
    b'<!DOCTYPE a [<!ENTITY b "c">]>&b;', b'colspan="99999999999"', b'rowspan="-1"', b"%PDF-1.7",
    b"endobj",
    b"stream\r\n", b"startxref\n99999999\n%%EOF", b"{\\rtf1{", b"PK\x03\x04", b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 64, b"\xff" * 64, b"\x7f\xff\xff\xff", b"\x80",
    b"\xed\xa0\x80", b"\xff\xfe", b"\x1b[31m", b"1e999", b"9" * 400, b"-", b"|" * 500, b"\t" * 500,
    b"(" * 500, b"?)" * 200, "第一二三".encode() * 60, "（一）".encode() * 60, b"\r", b"\n" * 300,
    b"\nContent-Type: multipart/related; boundary=x\n\n--x\n",
)  # fmt: skip


class Mutated(NamedTuple):
    """A damaged file: its name, the format it was, and what was done to it."""

    name: str
    format: str
    mutation: str
    data: bytes


def mutated_files(seed: int, n: int, *, converts: bool = True) -> Iterator[Mutated]:
    """Give `n` damaged files; without `converts` of formats that need no LibreOffice."""
    originals = list(known_files(seed, min(n, _ORIGINALS), converts=converts))
    archives = [zipped(originals[at : at + _MEMBERS]) for at in range(0, 60, _MEMBERS)]
    kinds = {
        "quick": [(f.dress.format, f.data) for f in originals if f.dress.format not in _CONVERTED],
        "slow": [(f.dress.format, f.data) for f in originals if f.dress.format in _CONVERTED],
        "zip": [("zip", data) for data in archives],
    }
    names = list(MUTATIONS)
    for number in range(n):
        random = Random(f"{seed}:{number}:mutation")
        is_slow = kinds["slow"] and number % _EVERY_CONVERTED == 0
        kind = "slow" if is_slow else "zip" if number % _EVERY_ARCHIVE == 1 else "quick"
        chosen, data = random.choice(kinds[kind])
        _, other = random.choice(kinds["quick"])
        mutation = names[number % len(names)]
        for _ in range(random.choice((1, 1, 1, 2, 5))):
            data = mutated(random, mutation, data, other)
        yield Mutated(f"{number // 500:03}/{number:06}.{chosen}", chosen, mutation, data)


def mutated(random: Random, mutation: str, data: bytes, other: bytes) -> bytes:
    """Damage a file, or a part of a package; `other` lends what is spliced in."""
    change = MUTATIONS[mutation]
    if data.startswith(_PACKAGE) and random.random() < 0.5:
        return _mutated_inside(random, change, data, other)
    return change(random, data, other)


def _mutated_inside(random: Random, change: "Change", data: bytes, other: bytes) -> bytes:
    """Damage one part of a package and pack it again, with right sizes and check sums."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [(info, package.read(info)) for info in package.infolist()]
        if not parts:
            return change(random, data, other)
    except ZIP_ERRORS:
        return change(random, data, other)
    # Large parts are those that say something.
    weights = [len(part) + 1 for _, part in parts]
    (chosen,) = random.choices(range(len(parts)), weights)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (info, part) in enumerate(parts):
            package.writestr(info, change(random, part, other) if number == chosen else part)
    return stream.getvalue()


def _range(random: Random, data: bytes, most: int = 4096) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randint(1, random.choice((4, 64, most))))


def _flip_bits(random: Random, data: bytes, other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 20, 200)) if data else 0):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _overwrite(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _range(random, data)
    noise = random.choice((random.randbytes(end - start), bytes([random.randrange(256)])))
    return data[:start] + (noise * (end - start))[: end - start] + data[end:]


def _cut_end(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _cut_out(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _range(random, data, 1 << 16)
    return data[:start] + data[end:]


def _splice(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def _repeat_block(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _range(random, data)
    times = random.choice((2, 10, 200))
    return data[:end] + data[start:end] * times + data[end:]


def _swap_blocks(random: Random, data: bytes, other: bytes) -> bytes:
    a, b, c, d = sorted(random.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert_tokens(random: Random, data: bytes, other: bytes) -> bytes:
    for _ in range(random.choice((1, 4, 40))):
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.choice(_TOKENS) + data[at:]
    return data


Change = Callable[[Random, bytes, bytes], bytes]
MUTATIONS: dict[str, Change] = {
    "flip_bits": _flip_bits,
    "overwrite": _overwrite,
    "cut_end": _cut_end,
    "cut_out": _cut_out,
    "splice": _splice,
    "repeat_block": _repeat_block,
    "swap_blocks": _swap_blocks,
    "insert_tokens": _insert_tokens,
}


def formats(files: Sequence[Mutated]) -> list[str]:
    """Name the formats among files, in alphabetical order."""
    return sorted({file.format for file in files})
