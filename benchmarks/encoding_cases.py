"""Known texts in every encoding and cut in every way, and what must come of them."""

import codecs
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from opencc import OpenCC

from extract.encoding.big5 import which_big5

FRAGMENT = 2048
BIG5_FAMILY = frozenset({"big5", "big5hkscs", "cp950"})
# Name of the case to codec and byte order mark; UTF-32 without a mark is not written by anything.
ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-bom": ("utf-8", codecs.BOM_UTF8),
    "gb2312": ("gb2312", b""),
    "gbk": ("gbk", b""),
    "gb18030": ("gb18030", b""),
    "hz": ("hz", b""),
    "big5": ("big5", b""),
    "big5hkscs": ("big5hkscs", b""),
    "cp950": ("cp950", b""),
    "utf-16-le": ("utf-16-le", b""),
    "utf-16-be": ("utf-16-be", b""),
    "utf-16-le-bom": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be-bom": ("utf-16-be", codecs.BOM_UTF16_BE),
    "utf-32-le-bom": ("utf-32-le", codecs.BOM_UTF32_LE),
}
FRAGMENTS = ("whole", "first", "last", "table")
# Characters of four bytes in GB18030, and of Hong Kong's set, put behind every hundredth
# Chinese character, so that these encodings are not just their subsets.
_OWN_CHARACTERS = {"gb18030": "㐂𠮷", "big5hkscs": "嘅咗", "cp950": "～"}


class Case(NamedTuple):
    """Bytes, and the text of the characters that lie in them whole.

    `head` and `tail` are the bytes of characters cut off at either end.
    """

    data: bytes
    text: str
    head: int
    tail: int
    codec: str


def cases(text: str, table: str, encoding: str) -> Iterator[tuple[str, Case]]:
    """Give every fragment of a text, and of the table cut out of it, in one of `ENCODINGS`."""
    codec, mark = ENCODINGS[encoding]
    for fragment in FRAGMENTS:
        source = table if fragment == "table" else text
        pieces = _pieces(source, codec, _OWN_CHARACTERS.get(encoding, ""))
        yield fragment, _cut(pieces, codec, mark, fragment)


def _pieces(text: str, codec: str, own: str) -> list[tuple[str, bytes]]:
    """Characters with their bytes; those that the encoding does not have are left out."""
    if codec in BIG5_FAMILY:
        text = _to_traditional().convert(text)
    encoder = codecs.getincrementalencoder(codec)("ignore")
    found = []
    chinese = 0
    for char in text:
        chinese += char > "\u3000"
        is_due = char > "\u3000" and chinese % 100 == 50
        for each in char + own[: len(own) * is_due]:
            data = encoder.encode(each)
            # GB 2312's dash and dot are not the ones Python takes the bytes for.
            if data and (codec != "gb2312" or data.decode("gb18030") == each):
                found.append((each, data))
    return found


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2tw")


def _cut(pieces: list[tuple[str, bytes]], codec: str, mark: bytes, fragment: str) -> Case:
    data = b"".join(piece for _, piece in pieces)
    start = max(len(data) - FRAGMENT, 0) if fragment == "last" else 0
    stop = FRAGMENT - len(mark) if fragment == "first" else len(data)
    stop = min(stop, len(data))
    mark = b"" if fragment == "last" else mark
    # A last escape of HZ belongs to the character before it.
    ends = list(accumulate(len(piece) for _, piece in pieces))
    starts = [0, *ends[:-1]]
    inside = [
        i for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if start <= a and b <= stop
    ]
    text = "".join(pieces[i][0] for i in inside)
    head, tail = starts[inside[0]] - start, stop - ends[inside[-1]]
    return Case(mark + data[start:stop], text, head, tail, codec)


def is_right(text: str, case: Case) -> bool:
    """Tell whether a reading holds all characters that are whole, and no more than is explained.

    Of a character that is cut, each byte left may have become one character.
    """
    at = text.find(case.text)
    return 0 <= at <= case.head and len(text) - at - len(case.text) <= case.tail


def is_same_in_two(text: str, case: Case) -> bool:
    """Tell whether the bytes are as validly another text: one that CP950 and HKSCS read apart."""
    if case.codec not in BIG5_FAMILY:
        return False
    data = case.data[case.head : len(case.data) - case.tail]
    return data.decode(which_big5(data), "strict") in text
