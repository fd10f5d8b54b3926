"""Damaged bytes to the likeliest text: invalid and stray bytes cost themselves only.

A stray byte between two-byte characters makes the standard decoders pair every byte that follows
with the wrong neighbour until the next ASCII byte, and a paragraph in another encoding is lost
whole. So a damaged stretch is read as a whole: of all ways to cut it into characters, bytes that
are none, and changes of encoding, the likeliest one is taken (Viterbi's algorithm over byte
positions, one state an encoding).
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from typing import NamedTuple

from extract.encoding.likeness import weights

# In nats, beside characters of -5 to -15. One lost byte must be dearer than any rare character,
# or names would be taken for damage; a second in a row is likely once there is a first.
_FIRST_BAD_BYTE = -14.0
_NEXT_BAD_BYTE = -6.0
# Files are cut at a byte more often than a byte strays into them.
CUT_BYTE = -7.0
# Dearer than a cut UTF-8 character (two bad bytes), whose bytes are a rare character of GBK.
_OTHER_ENCODING = -16.0
_ASCII = -4.0
# What may be the second byte of a character is rare amid Chinese, unless letters make a word or
# close a bracket, as pinyin does.
_IN_WORD = -5.0
_LONE_TRAIL = -8.5
_GLUED_TRAIL = -11.0
_COMMON_ASCII = b" -0123456789.,:;()%/|\n\r\t<>"
_IMPOSSIBLE = float("-inf")

# Bytes of a character of UTF-8 by its first.
_UTF8_WIDTHS = bytes(0xC2) + b"\2" * 30 + b"\3" * 16 + b"\4" * 5 + bytes(11)


class Resynchronised(NamedTuple):
    """The text, a run of lost bytes being one U+FFFD, and how it came about.

    `bad_bytes` counts those that are part of no character, `likelihood` is in nats, `ends_in` is
    the encoding of the last character, `shares` the non-ASCII bytes read in each encoding.
    """

    text: str
    bad_bytes: int
    likelihood: float
    ends_in: str
    shares: dict[str, int]


# How a position was reached: from where, in which state there, and by a bad byte or not.
_Step = tuple[int, int, bool]


def resynchronise(data: bytes, encodings: Sequence[str], *, is_end: bool = False) -> Resynchronised:
    """Read `data`, which begins in the first of `encodings` and may change between them.

    At the end of a file (`is_end`) a character may be cut off. Time and memory grow with the
    length: about 0.5 µs and 200 bytes for each byte and encoding.
    """
    lattice = _Lattice(data, encodings)
    costs = [_FIRST_BAD_BYTE] * len(data)
    if is_end and data:
        costs[-1] = CUT_BYTE
    for position, cost in enumerate(costs):
        lattice.extend(position, cost)
    return _read_back(lattice)


def likelihood_as_is(data: bytes, encoding: str) -> float:
    """Likelihood, comparable to that of `resynchronise`, of bytes that decode without error."""
    position, total = 0, 0.0
    while position < len(data):
        width, weight = _character(data, position, encoding, _pairs(encoding))
        # What has no weight is a character all the same.
        position += width or 1
        total += weight if width else _FIRST_BAD_BYTE
    return total


class _Lattice:
    """Best likelihood and last step for every position and encoding."""

    def __init__(self, data: bytes, encodings: Sequence[str]) -> None:
        self.data = data
        self.encodings = encodings
        size = len(data) + 1
        self.best = [[_IMPOSSIBLE] * size for _ in encodings]
        self.steps: list[list[_Step | None]] = [[None] * size for _ in encodings]
        self.best[0][0] = 0.0
        pairs = map(_pairs, encodings)
        self.states = list(zip(range(size), encodings, pairs, self.best, self.steps, strict=False))

    def extend(self, position: int, cost: float) -> None:
        """Go on in every encoding by the character that begins here, and by a byte that is none.

        `cost` is that of a first bad byte. Every encoding may begin here from the best of the
        others.
        """
        data = self.data
        scores = [best[position] for best in self.best]
        leading = max(scores)
        change = leading + _OTHER_ENCODING
        for state, encoding, pairs, best, steps in self.states:
            score = best[position]
            if score < change:
                score = change
                steps[position] = (position, scores.index(leading), False)
            width, weight = _character(data, position, encoding, pairs)
            if width and score + weight > best[position + width]:
                best[position + width] = score + weight
                steps[position + width] = (position, state, False)
            if data[position] >= 0x80 or not width:
                last = steps[position]
                score += _NEXT_BAD_BYTE if last and last[2] else cost
                if score > best[position + 1]:
                    best[position + 1] = score
                    steps[position + 1] = (position, state, True)


def _read_back(lattice: _Lattice) -> Resynchronised:
    """Follow the last steps back and decode each stretch that was read in one way."""
    end = position = len(lattice.data)
    state = final = max(range(len(lattice.encodings)), key=lambda s: lattice.best[s][end])
    stretches: list[tuple[int, int, int, bool]] = []
    while (step := lattice.steps[state][position]) is not None:
        start, state, is_bad = step
        if start < position:
            if stretches and stretches[-1][0] == position and stretches[-1][2:] == step[1:]:
                position = stretches.pop()[1]
            stretches.append((start, position, state, is_bad))
        position = start
    parts, bad = [], 0
    shares = dict.fromkeys(lattice.encodings, 0)
    for start, stop, used, is_bad in reversed(stretches):
        encoding, chunk = lattice.encodings[used], lattice.data[start:stop]
        parts.append("\ufffd" if is_bad else chunk.decode(encoding))
        bad += is_bad * len(chunk)
        shares[encoding] += 0 if is_bad else sum(byte >= 0x80 for byte in chunk)
    likelihood = lattice.best[final][end]
    return Resynchronised("".join(parts), bad, likelihood, lattice.encodings[final], shares)


def _character(
    data: bytes, position: int, encoding: str, pairs: dict[bytes, float]
) -> tuple[int, float]:
    """Width and weight of the character that begins at a position; width 0 if none does."""
    lead = data[position]
    if lead < 0x80:
        return 1, _ASCII if lead in _COMMON_ASCII else _trail(data, position)
    if encoding == "utf-8":
        return _decoded(data[position : position + _UTF8_WIDTHS[lead]], encoding)
    weight = pairs.get(data[position : position + 2])
    if weight is not None:
        return 2, weight
    if encoding == "gb18030" and data[position + 1 : position + 2].isdigit():
        return _decoded(data[position : position + 4], encoding)
    return 0, 0.0


def _trail(data: bytes, position: int) -> float:
    """Weight of a letter, or of a sign of the same columns: in a word, alone, amid Chinese."""
    before, after = data[max(position - 1, 0) : position], data[position + 1 : position + 2]
    if before.isalpha() or after.isalpha() or after == b")":
        return _IN_WORD
    return _GLUED_TRAIL if before >= b"\x80" and after >= b"\x80" else _LONE_TRAIL


@lru_cache(1 << 12)
def _decoded(chunk: bytes, encoding: str) -> tuple[int, float]:
    try:
        text = chunk.decode(encoding)
    except UnicodeDecodeError:
        return 0, 0.0
    return (len(chunk), weights()[text]) if len(text) == 1 else (0, 0.0)


@cache
def _pairs(encoding: str) -> dict[bytes, float]:
    """Weight of every two-byte character of an encoding; none of UTF-8, which has few."""
    if encoding == "utf-8":
        return {}
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    found = {}
    for pair in pairs:
        # Big5-HKSCS has pairs that are a letter and an accent.
        with suppress(UnicodeDecodeError):
            found[pair] = sum(weights()[char] for char in pair.decode(encoding))
    return found
