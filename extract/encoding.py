"""Bytes to text: which encoding, by what evidence, at what cost in bytes.

The order is: byte order mark, UTF-8 (whose multi-byte patterns hardly arise by accident), then
rival encodings judged by how their reading looks, in which a declaration has a voice and chardet
another where the lead is small. A declaration is evidence, not truth. GB2312 and GBK are read as
their superset GB18030, Big5 and CP950 as Big5-HKSCS.

A wrong guess here makes everything behind it wrong, a lost byte costs one character: so bytes that
fit nothing become U+FFFD, are counted, and never cost the file.
"""

import codecs
import re
from typing import NamedTuple

import chardet

from extract.exceptions import UnreadableFileError
from extract.likeness import likeness

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
_WIDE = ("utf-16-le", "utf-16-be")
_BYTEWISE = ("gb18030", "big5hkscs", "utf-8")

_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]+)""",
    re.IGNORECASE,
)
_DECLARATION_WINDOW = 4096

# Likeness of clean Chinese is above 1; a reading this good and this far ahead needs no other voice.
_CLEAR_LIKENESS = 0.6
_CLEAR_LEAD = 0.25
_CHARDET_VOICE = 0.2
_DECLARATION_VOICE = 0.15
# Below this no reading is text: an image or a compressed file.
_LEAST_LIKENESS = -0.5
_SAMPLE_BYTES = 40_000


class Decoded(NamedTuple):
    """Text with how it was read; fields as in `extract.document.Document`."""

    text: str
    encoding: str
    method: str
    confidence: float
    replaced_bytes: int


class _Reading(NamedTuple):
    score: float
    encoding: str
    skip: int


def declared_encoding(data: bytes) -> str | None:
    """Name the encoding an HTML meta tag or XML declaration states, as a codec that is known here.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">')
    'gb18030'
    """
    match = _DECLARATION.search(data[:_DECLARATION_WINDOW].replace(b"\0", b""))
    if match is None:
        return None
    return _known((match[1] or match[2]).decode("ascii"))


def _known(name: str) -> str | None:
    try:
        return _SUPERSETS.get(codecs.lookup(name).name)
    except LookupError:
        return None


def decode(data: bytes) -> Decoded:
    """Decode a text file.

    Raises `UnreadableFileError` where no encoding gives anything like text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding, "bom", 1.0)
    declared = declared_encoding(data)
    return _utf8(data, declared) or _judged(data, declared)


def _utf8(data: bytes, declared: str | None) -> Decoded | None:
    """Read as UTF-8 if it is, but for a character cut off at either end; None if it is not."""
    head = len(data[:3]) - len(data[:3].lstrip(bytes(range(0x80, 0xC0))))
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(data[head:])
    except UnicodeDecodeError:
        return None
    if "\0" in text or (text.isascii() and "~{" in text):
        return None
    # Two-byte sequences alone arise by accident in GBK; Chinese in UTF-8 always takes three.
    if not text.isascii() and not re.search(r"[\u0800-\U0010ffff]", text):
        return None
    tail = len(decoder.getstate()[0])
    method = "declared" if declared == "utf-8" else "utf-8"
    return Decoded(
        "\ufffd" * bool(head) + text + "\ufffd" * bool(tail), "utf-8", method, 1.0, head + tail
    )


def _judged(data: bytes, declared: str | None) -> Decoded:
    """Take the reading that looks best; ask chardet only where the lead is small."""
    readings = _readings(data, declared)
    if readings[0].score < _CLEAR_LIKENESS or readings[0].score - readings[1].score < _CLEAR_LEAD:
        readings = _with_chardet(data, readings)
    best = readings[0]
    if best.score < _LEAST_LIKENESS:
        raise UnreadableFileError(
            "NotText",
            "No encoding turns these bytes into text.",
            "Open the file in the program that made it and save it again, or fetch it anew.",
        )
    method = "declared" if best.encoding == declared else "statistics"
    rival = next((r.score for r in readings if r.encoding != best.encoding), 0.0)
    confidence = round(min(1.0, max(0.0, best.score - max(rival, 0.0))), 3)
    result = _decoded(data[best.skip :], best.encoding, method, confidence)
    if not best.skip:
        return result
    return result._replace(
        text="\ufffd" + result.text, replaced_bytes=result.replaced_bytes + best.skip
    )


def _readings(data: bytes, declared: str | None) -> list[_Reading]:
    """Score every candidate, best first; a file cut inside a character starts one byte late."""
    sample = _sample(data)
    names = [*_BYTEWISE, *_WIDE]
    if b"~{" in sample and sample.isascii():
        names.append("hz")
    readings = []
    for name in names:
        for skip in (0,) if sample[0] < 0x80 and name not in _WIDE else (0, 1):
            score = likeness(sample[skip:].decode(name, "replace"))
            score += _DECLARATION_VOICE if name == declared else 0.0
            # A late start loses a character; it must win more than that.
            readings.append(_Reading(score - 2 * skip / len(sample), name, skip))
    return sorted(readings, reverse=True)


def _sample(data: bytes) -> bytes:
    """Cut out the part that tells: markup is ASCII in every encoding, so start where that ends."""
    match = re.search(rb"[\x80-\xff\x00]|~\{", data)
    first = match.start() if match else 0
    # An even distance keeps the pairs of UTF-16 together.
    start = 0 if first < _SAMPLE_BYTES // 2 else first // 2 * 2 - 2
    return data[start : start + _SAMPLE_BYTES]


def _with_chardet(data: bytes, readings: list[_Reading]) -> list[_Reading]:
    # Only the bytes that differ between encodings: long ASCII markup in front misleads it.
    telling = b" ".join(re.findall(rb"[\x80-\xff][\x40-\xff]*", data[: 5 * _SAMPLE_BYTES])) or data
    guess = chardet.detect(telling, max_bytes=len(telling))
    name = _known(guess["encoding"]) if guess["encoding"] else None
    voice = _CHARDET_VOICE * (guess["confidence"] or 0.0)
    voiced = [r._replace(score=r.score + (voice if r.encoding == name else 0.0)) for r in readings]
    return sorted(voiced, reverse=True)


def _decoded(data: bytes, encoding: str, method: str, confidence: float) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, method, confidence, 0)
    except UnicodeDecodeError:
        pass
    if encoding not in _BYTEWISE:
        text = data.decode(encoding, "replace")
    else:
        text = "".join(_line(line, encoding) for line in data.splitlines(keepends=True))
    return Decoded(text, encoding, method, confidence, text.count("\ufffd"))


def _line(line: bytes, encoding: str) -> str:
    """Decode one line; one that does not fit may be a paragraph pasted in another encoding."""
    for name in (encoding, *_BYTEWISE):
        try:
            text = line.decode(name)
        except UnicodeDecodeError:
            continue
        if name == encoding or likeness(text) > _CLEAR_LIKENESS:
            return text
    return line.decode(encoding, "replace")
