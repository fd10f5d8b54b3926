"""Bytes whose encoding is known to text, whatever is damaged in them or pasted into them.

Stretches between markup, tabs and line ends stand for themselves: one that does not decode, or
decodes to what nobody writes, is read again by `extract.encoding.resync`, in the file's encoding
or the one that was pasted in, and the rest of the file is left alone.
"""

import re
from typing import NamedTuple

from extract.encoding.likeness import garbled_runs, log_likelihood, mean_likelihood, word_bonus
from extract.encoding.resync import CUT_BYTE, likelihood_as_is, resynchronise
from extract.encoding.rivals import judge

# Bytes that are part of no character in any of the encodings.
# What is ASCII up to its last mark is one, for nothing can be wrong in it: nine tenths of a page.
_STRETCH = re.compile(rb"[\x00-\x7f]*[\n\r\t<>\"]|[^\n\r\t<>\"]*[\n\r\t<>\"]*")
_MARKS = '\n\r\t<>"'
_MARKS_BEHIND = re.compile(f"[{_MARKS}]+")
# Resynchronising costs 200 bytes a byte; no paragraph is longer.
_LONGEST_STRETCH = 20_000
# After so much of it (about a second) the file is noise: codecs count the rest as lost.
_BUDGET = 300_000
# A whole stretch that reads so well in the other encoding needs no closer look.
_READS_WELL = -9.0
_LEAST_CHARACTERS = 4
# Enough bytes to see whether they pair better one byte later.
_HEAD = 32
# In nats: what decodes without error is changed only for a much likelier text.
_LEAST_GAIN = 3.0


class Repaired(NamedTuple):
    """The text, the bytes that were lost, and the encoding most of it was read in."""

    text: str
    lost_bytes: int
    encoding: str


def decode_narrow(data: bytes, encoding: str) -> Repaired:
    """Decode bytes without NULs that are mostly in `encoding`, of one to four bytes a character.

    A run of bytes that fit no character becomes one U+FFFD.
    """
    if encoding != "utf-8" and _begins_within_character(data, encoding):
        rest = _decode_aligned(data[1:], encoding)
        return rest._replace(text="\ufffd" + rest.text, lost_bytes=rest.lost_bytes + 1)
    return _decode_aligned(data, encoding)


def _decode_aligned(data: bytes, encoding: str) -> Repaired:
    text = _strict(data, encoding)
    # UTF-8 is never valid by accident for long; two-byte characters often are.
    if text is not None and (encoding == "utf-8" or _stands(data, text, encoding)):
        return Repaired(text, 0, encoding)
    return _Repair(data, encoding).run()


def _stands(data: bytes, text: str, encoding: str) -> bool:
    """Tell whether all that reads like damage in a text is as it was written.

    Many a page has such a place, rare names or a title with `_` in it; to cut up all of it for
    that takes as long as everything else.
    """
    repair = _Repair(data, encoding)
    end = at = 0
    for match in garbled_runs(text):
        if match.start() < end:
            continue
        start = max(text.rfind(mark, end, match.start()) for mark in _MARKS) + 1 or end
        at += len(text[end:start].encode(encoding, "replace"))
        behind = _MARKS_BEHIND.search(text, match.end())
        end = behind.end() if behind else len(text)
        stretch = text[start:end].encode(encoding, "replace")
        # Not every character of Big5 is written in one way only.
        if not data.startswith(stretch, at) or len(stretch) > _LONGEST_STRETCH:
            return False
        if not repair.leaves(stretch, text[start:end], is_end=end == len(text)):
            return False
        at += len(stretch)
    return True


def _begins_within_character(data: bytes, encoding: str) -> bool:
    """Tell whether the first byte is the end of a character that was cut off.

    What follows then reads wrong up to the next ASCII byte, which may be one character only.
    """
    head = data[:_HEAD]
    if head[0] < 0x80:
        return False
    whole = resynchronise(head, (encoding,), is_end=True)
    rest = resynchronise(head[1:], (encoding,), is_end=True)
    gain = rest.likelihood - whole.likelihood + word_bonus(rest.text) - word_bonus(whole.text)
    return gain + CUT_BYTE > _LEAST_GAIN


class _Repair:
    """One pass over the stretches of a file; what one of them shows helps to read the next."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self.data = data
        self.main = encoding
        self.other = _pasted_encoding(data) if encoding == "utf-8" else "utf-8"
        self.current = encoding
        self.budget = _BUDGET
        self.lost = 0
        self.shares = {self.main: 0, self.other: 0}

    def run(self) -> Repaired:
        stretches = _stretches(self.data, self.main)
        text = "".join(
            stretch.decode("ascii")
            if stretch.isascii()
            else self._stretch(stretch, is_end=number == len(stretches))
            for number, stretch in enumerate(stretches, start=1)
        )
        most = max(self.shares, key=self.shares.__getitem__)
        return Repaired(text, self.lost, most)

    def leaves(self, data: bytes, text: str, *, is_end: bool) -> bool:
        """Tell whether a stretch is read as it stands."""
        return self._stretch(data, is_end=is_end) == text and self.current == self.main

    def _stretch(self, data: bytes, *, is_end: bool) -> str:
        text = _strict(data, self.main)
        if text is not None and self.current == self.main and self._is_sound(text):
            self.shares[self.main] += len(data)
            return text
        other = _strict(data, self.other)
        if other is not None and _is_other(other, text):
            self.current = self.other
            self.shares[self.other] += len(data)
            return other
        self.budget -= len(data)
        if self.budget < 0:
            return self._lossy(data)
        return self._close_look(data, text, is_end=is_end)

    def _is_sound(self, text: str) -> bool:
        """UTF-8 is never valid by accident for long; two-byte characters often are."""
        return self.main == "utf-8" or not any(garbled_runs(text))

    def _close_look(self, data: bytes, text: str | None, *, is_end: bool) -> str:
        first, second = self.current, self.other if self.current == self.main else self.main
        found = resynchronise(data, (first, second), is_end=is_end)
        if text is not None and found.likelihood < likelihood_as_is(data, self.main) + _LEAST_GAIN:
            self.shares[self.main] += len(data)
            return text
        self.current = found.ends_in
        self.lost += found.bad_bytes
        for encoding, share in found.shares.items():
            self.shares[encoding] += share
        return found.text

    def _lossy(self, data: bytes) -> str:
        text = data.decode(self.main, "replace")
        # Valid text comes back as the bytes it was.
        self.lost += len(data) - len(data.decode(self.main, "ignore").encode(self.main, "ignore"))
        return text


def _stretches(data: bytes, encoding: str) -> list[bytes]:
    stops = [mark.encode(encoding) for mark in "。，"]
    found = []
    for match in _STRETCH.finditer(data):
        start, stop = match.span()
        while stop - start > _LONGEST_STRETCH:
            window = start + _LONGEST_STRETCH
            cut = max(data.rfind(mark, start, window) + len(mark) for mark in stops)
            cut = cut if cut > start else window
            found.append(data[start:cut])
            start = cut
        found.append(data[start:stop])
    return [stretch for stretch in found if stretch]


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_other(text: str, rival: str | None) -> bool:
    """Tell whether a whole stretch is beyond doubt in the other encoding."""
    length = sum(char > "\x7f" for char in text)
    if length < _LEAST_CHARACTERS or mean_likelihood(text) < _READS_WELL:
        return False
    return rival is None or log_likelihood(text) > log_likelihood(rival)


def _pasted_encoding(data: bytes) -> str:
    """Name the encoding, beside UTF-8, of what is not UTF-8 in a file."""
    spoilt = [part for part in _stretches(data, "utf-8") if _strict(part, "utf-8") is None]
    winner = judge(b" ".join(spoilt)[:20_000], None).encoding if spoilt else "gb18030"
    return "gb18030" if winner == "utf-8" else winner
