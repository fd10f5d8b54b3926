"""Damaged bytes to the likeliest text: invalid and stray bytes cost themselves only.

A stray byte between two-byte characters makes the standard decoders pair every byte that follows
with the wrong neighbour until the next ASCII byte, and a paragraph in another encoding is lost
whole. So a damaged stretch is read as a whole: of all ways to cut it into characters, bytes that
are none, and changes of encoding, the likeliest one is taken (Viterbi's algorithm over byte
positions, one state an encoding).
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache
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

_UTF8_WIDTHS = ((0xC2, 0xE0, 2), (0xE0, 0xF0, 3), (0xF0, 0xF5, 4))


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


class _Step(NamedTuple):
    """How a position was reached: from where, in which state there, and by a character or not."""

    start: int
    state: int
    is_bad: bool


def resynchronise(data: bytes, encodings: Sequence[str], *, is_end: bool = False) -> Resynchronised:
    """Read `data`, which begins in the first of `encodings` and may change between them.

    At the end of a file (`is_end`) a character may be cut off. Time and memory grow with the
    length: about 1 µs and 200 bytes for each byte and encoding.
    """
    lattice = _Lattice(data, encodings, is_end=is_end)
    for position in range(len(data)):
        lattice.change_encoding(position)
        for state in range(len(encodings)):
            lattice.extend(position, state)
    return _read_back(lattice)


def likelihood_as_is(data: bytes, encoding: str) -> float:
    """Likelihood, comparable to that of `resynchronise`, of bytes that decode without error."""
    position, total = 0, 0.0
    while position < len(data):
        width, weight = _character(data, position, encoding)
        # What has no weight is a character all the same.
        position += width or 1
        total += weight if width else _FIRST_BAD_BYTE
    return total


class _Lattice:
    """Best likelihood and last step for every position and encoding."""

    def __init__(self, data: bytes, encodings: Sequence[str], *, is_end: bool) -> None:
        self.data = data
        self.encodings = encodings
        self.cut_at = len(data) - 1 if is_end else -1
        size = len(data) + 1
        self.best = [[_IMPOSSIBLE] * size for _ in encodings]
        self.steps: list[list[_Step | None]] = [[None] * size for _ in encodings]
        self.best[0][0] = 0.0

    def change_encoding(self, position: int) -> None:
        """Let every encoding begin here from the best of the others."""
        scores = [best[position] for best in self.best]
        leader = max(range(len(scores)), key=scores.__getitem__)
        for state, score in enumerate(scores):
            if score < scores[leader] + _OTHER_ENCODING:
                self.best[state][position] = scores[leader] + _OTHER_ENCODING
                self.steps[state][position] = _Step(position, leader, is_bad=False)

    def extend(self, position: int, state: int) -> None:
        """Go on by the character that begins here, if one does, and by a byte that is none."""
        score = self.best[state][position]
        if score == _IMPOSSIBLE:
            return
        width, weight = _character(self.data, position, self.encodings[state])
        if width:
            self._reach(position + width, score + weight, _Step(position, state, is_bad=False))
        if self.data[position] >= 0x80 or not width:
            cost = self._cost_of_bad_byte(position, state)
            self._reach(position + 1, score + cost, _Step(position, state, is_bad=True))

    def _cost_of_bad_byte(self, position: int, state: int) -> float:
        last = self.steps[state][position]
        if last is not None and last.is_bad:
            return _NEXT_BAD_BYTE
        return CUT_BYTE if position == self.cut_at else _FIRST_BAD_BYTE

    def _reach(self, position: int, score: float, step: _Step) -> None:
        if score > self.best[step.state][position]:
            self.best[step.state][position] = score
            self.steps[step.state][position] = step


def _read_back(lattice: _Lattice) -> Resynchronised:
    """Follow the last steps back and decode each stretch that was read in one way."""
    end = position = len(lattice.data)
    state = final = max(range(len(lattice.encodings)), key=lambda s: lattice.best[s][end])
    stretches: list[tuple[int, int, int, bool]] = []
    while (step := lattice.steps[state][position]) is not None:
        if step.start < position:
            if stretches and stretches[-1][0] == position and stretches[-1][2:] == step[1:]:
                position = stretches.pop()[1]
            stretches.append((step.start, position, step.state, step.is_bad))
        position, state = step.start, step.state
    parts, bad = [], 0
    shares = dict.fromkeys(lattice.encodings, 0)
    for start, stop, used, is_bad in reversed(stretches):
        encoding, chunk = lattice.encodings[used], lattice.data[start:stop]
        parts.append("\ufffd" if is_bad else chunk.decode(encoding))
        bad += is_bad * len(chunk)
        shares[encoding] += 0 if is_bad else sum(byte >= 0x80 for byte in chunk)
    likelihood = lattice.best[final][end]
    return Resynchronised("".join(parts), bad, likelihood, lattice.encodings[final], shares)


def _character(data: bytes, position: int, encoding: str) -> tuple[int, float]:
    """Width and weight of the character that begins at a position; width 0 if none does."""
    lead = data[position]
    if lead < 0x80:
        return 1, _ASCII if lead in _COMMON_ASCII else _trail(data, position)
    if encoding == "utf-8":
        width = next((w for first, stop, w in _UTF8_WIDTHS if first <= lead < stop), 0)
        return _decoded(data[position : position + width], encoding)
    weight = _pairs(encoding).get(data[position : position + 2])
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


def _decoded(chunk: bytes, encoding: str) -> tuple[int, float]:
    try:
        text = chunk.decode(encoding)
    except UnicodeDecodeError:
        return 0, 0.0
    return (len(chunk), weights()[text]) if len(text) == 1 else (0, 0.0)


@cache
def _pairs(encoding: str) -> dict[bytes, float]:
    """Weight of every two-byte character of an encoding."""
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    found = {}
    for pair in pairs:
        # Big5-HKSCS has pairs that are a letter and an accent.
        with suppress(UnicodeDecodeError):
            found[pair] = sum(weights()[char] for char in pair.decode(encoding))
    return found
