"""UTF-16 and UTF-32 without a byte order mark, told from one-byte text with stray NULs.

NULs alone prove nothing: old systems leave them in GBK text, a title in UTF-16 may hold none, and
一 (U+4E00) puts one where Latin letters have none. So both readings of the same bytes are weighed.
"""

import codecs
import re
from typing import NamedTuple

from extract.encoding.likeness import log_likelihood

# One page is enough; the size is even, and a multiple of four for UTF-32.
_WINDOW = 2048
_STRAY_NUL = -8.0
_BYTEWISE = ("utf-8", "gb18030", "big5hkscs")
_UTF_16 = ("utf-16-le", "utf-16-be")
_UTF_32 = ("utf-32-le", "utf-32-be")
WIDE = _UTF_16 + _UTF_32


class Wide(NamedTuple):
    """A reading as UTF-16 or UTF-32.

    `skip` bytes of a cut character come first; `lead` is by how many nats it is likelier than any
    reading as one-byte text.
    """

    encoding: str
    skip: int
    lead: float


def best_wide(data: bytes) -> Wide:
    """Weigh every reading of `data` in wide characters against those in bytes."""
    start = len(data) - len(data.lstrip(b"\0"))
    window = data[start & ~3 :][:_WINDOW]
    readings = [(encoding, skip) for encoding in _UTF_16 for skip in (0, 1)]
    # Three of four bytes of UTF-32 are seldom used.
    if window.count(0) * 5 > len(window) * 2:
        readings += [(encoding, skip) for encoding in _UTF_32 for skip in range(4)]
    scores = {
        # What is cut off in front must be worth it; the window may end anywhere.
        (name, skip): log_likelihood(
            codecs.getincrementaldecoder(name)("replace").decode(window[skip:])
        )
        + _STRAY_NUL * skip
        for name, skip in readings
    }
    (encoding, skip), score = max(scores.items(), key=lambda item: item[1])
    nuls = window.count(0)
    text = window.replace(b"\0", b"")
    rival = max(log_likelihood(text.decode(name, "replace")) for name in _BYTEWISE)
    return Wide(encoding, skip, score - rival - _STRAY_NUL * nuls)


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decode_wide(data: bytes, encoding: str, skip: int = 0) -> tuple[str, int]:
    """Give the text and how many bytes were lost: a cut first or last character, lone surrogates.

    NULs are no text; they are dropped and counted. Values beyond Unicode (UTF-32) are lost.
    """
    width = 4 if encoding.startswith("utf-32") else 2
    tail = (len(data) - skip) % width
    errors = "surrogatepass" if width == 2 else "replace"
    body = data[skip : len(data) - tail]
    text = body.decode(encoding, errors)
    # A U+FFFD that was written as one lost its character before this file.
    lost = len(text) - len(body.decode(encoding, "ignore")) if width == 4 else 0
    text, lone = _LONE_SURROGATE.subn("\ufffd", text)
    lost += lone
    nuls = text.count("\0")
    text = "\ufffd" * bool(skip) + text.replace("\0", "") + "\ufffd" * bool(tail)
    return text, skip + tail + width * (lost + nuls)
