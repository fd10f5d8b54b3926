"""Bytes to text: which encoding, by what evidence, at what cost in bytes.

A ladder, the cheapest certainty first: byte order mark; UTF-16 and UTF-32 by how they read (only
where there are NULs); ASCII, and HZ inside it; strict UTF-8, whose patterns hardly arise by
accident; then rivals weighed by how their text reads. A declaration is evidence, not truth: it
speaks where the lead is small, and so does chardet.

A wrong guess makes everything behind it wrong, a lost byte costs one character: so bytes that fit
nothing become U+FFFD, are counted, and never cost the file.
"""

import codecs
import math
import re
from typing import NamedTuple

from extract.encoding.big5 import which_big5
from extract.encoding.hz import from_hz
from extract.encoding.likeness import reads_as_text
from extract.encoding.names import declared_encoding, known_encoding
from extract.encoding.repair import decode_narrow
from extract.encoding.rivals import judge, telling_bytes
from extract.encoding.wide import WIDE, best_wide, decode_wide
from extract.exceptions import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Decoded(NamedTuple):
    """Text with how it was read; fields as in `extract.document.Document`.

    `confidence` is the probability of this reading against the next best as the evidence has it.
    """

    text: str
    encoding: str
    method: str
    confidence: float
    replaced_bytes: int


# A first look at a wide text; a title alone may be all there is.
_SHORT = 512
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTINUATION = bytes(range(0x80, 0xC0))
# Bytes less characters of strict UTF-8: four Chinese characters or eight letters. That many fit
# its patterns by accident once in a million GBK texts, fewer are weighed.
_CERTAIN_UTF8 = 8
# In nats. Tempers the lead, since neighbouring characters are not independent.
_TEMPER = 3.0
_CLOSE_CALL = 5.0
# Share of bytes that may fit no character (of noise a tenth does not), and how many may anyway.
_SAMPLE = 1200
_MOST_LOST = 0.12
_FEW_LOST = 16


def decode(data: bytes, label: str | None = None) -> Decoded:
    """Decode a text file; `label` is the charset that its wrapping declares, if it has one.

    Raises `UnreadableFileError` where no encoding gives anything like text.
    """
    if not data.strip(b"\0"):
        raise UnreadableFileError("EmptyFile", "The file is empty.", "Fetch it again.")
    marked = _marked(data)
    if marked is not None:
        return marked
    declared = known_encoding(label) or declared_encoding(data)
    nuls = data.count(0)
    if nuls:
        wide = _wide(data, declared)
        if wide is not None:
            return wide
        data = data.replace(b"\0", b"")
    found = _ascii(data) if data.isascii() else _utf8(data, declared) or _judged(data, declared)
    return found._replace(replaced_bytes=found.replaced_bytes + nuls) if nuls else found


def _marked(data: bytes) -> Decoded | None:
    """Believe a byte order mark if what follows is without error, or at least reads as text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            found = (_marked_wide if encoding in WIDE else _marked_narrow)(body, encoding)
            if found is not None:
                return found
    return None


def _marked_wide(body: bytes, encoding: str) -> Decoded | None:
    text, lost = decode_wide(body, encoding)
    if lost and not reads_as_text(_some(text)):
        return None
    return Decoded(text, encoding, "bom", 1.0, lost)


def _marked_narrow(body: bytes, encoding: str) -> Decoded:
    data = body.replace(b"\0", b"")
    nuls = len(body) - len(data)
    try:
        return Decoded(data.decode(encoding), encoding, "bom", 1.0, nuls)
    except UnicodeDecodeError:
        pass
    found = _judged(data, encoding)
    method = "bom" if found.encoding == encoding else found.method
    return found._replace(method=method, replaced_bytes=found.replaced_bytes + nuls)


def _some(text: str) -> str:
    """Beginning and middle: noise may begin well."""
    middle = len(text) // 2
    return text[:_SHORT] + text[middle : middle + _SHORT]


def _wide(data: bytes, declared: str | None) -> Decoded | None:
    """Read as UTF-16 or UTF-32 if that is likelier than anything else."""
    wide = best_wide(data)
    if wide.lead <= 0:
        return None
    text, lost = decode_wide(data, wide.encoding, wide.skip)
    if not reads_as_text(_some(text)):
        raise _not_text()
    method = _method(wide.encoding, declared, wide.lead)
    return Decoded(text, wide.encoding, method, _confidence(wide.lead), lost)


def _ascii(data: bytes) -> Decoded:
    """Bytes below 0x80: the same text in every encoding, but for HZ and a title in UTF-16."""
    if len(data) <= _SHORT and _CONTROL.search(data):
        wide = _wide(data, None)
        if wide is not None:
            return wide
    chinese = from_hz(data) if b"~" in data else None
    if chinese is None:
        return Decoded(data.decode("ascii"), "utf-8", "utf-8", 1.0, 0)
    read = decode_narrow(chinese, "gb18030")
    return Decoded(read.text, "hz", "statistics", 1.0, read.lost_bytes)


def _utf8(data: bytes, declared: str | None) -> Decoded | None:
    """Read as UTF-8 if it is beyond doubt, but for a character cut off at either end."""
    head = len(data[:3]) - len(data[:3].lstrip(_CONTINUATION))
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(data[head:])
    except UnicodeDecodeError:
        return None
    tail = len(decoder.getstate()[0])
    if len(data) - head - tail - len(text) < _CERTAIN_UTF8:
        return None
    if head or tail:
        text = "\ufffd" * bool(head) + text + "\ufffd" * bool(tail)
    method = "declared" if declared == "utf-8" else "utf-8"
    return Decoded(text, "utf-8", method, 1.0, head + tail)


def _judged(data: bytes, declared: str | None) -> Decoded:
    """Take the reading that is likeliest, wide characters too where none is clear."""
    best = judge(data, declared)
    if not best.is_clear:
        wide = _wide(data, declared)
        if wide is not None:
            return wide
    encoding = which_big5(data) if best.encoding == "big5hkscs" else best.encoding
    if not (best.is_clear or _is_text(data, encoding)):
        raise _not_text()
    read = decode_narrow(data, encoding)
    method = _method(best.encoding, declared, best.lead)
    return Decoded(read.text, read.encoding, method, _confidence(best.lead), read.lost_bytes)


def _is_text(data: bytes, encoding: str) -> bool:
    """Tell text, however damaged or mixed, from noise, by a sample."""
    sample = telling_bytes(data)[:_SAMPLE]
    read = decode_narrow(sample, encoding)
    return read.lost_bytes <= max(_FEW_LOST, _MOST_LOST * len(sample)) and reads_as_text(read.text)


def _method(encoding: str, declared: str | None, lead: float) -> str:
    if encoding == declared:
        return "declared"
    return "statistics" if lead >= _CLOSE_CALL else "fallback"


def _confidence(lead: float) -> float:
    return round(1 / (1 + math.exp(-lead / _TEMPER)), 3) if lead < 100 else 1.0


def _not_text() -> UnreadableFileError:
    return UnreadableFileError(
        "NotText",
        "No encoding turns these bytes into text.",
        "Open the file in the program that made it and save it again, or fetch it anew.",
    )
