"""Opening a PDF, and refusing what is locked, cut short, damaged or blown up.

PDF programs mend what they can and show the rest; of figures, half is worse than none. So a file
that lacks its end, or holds text whose check sum is wrong, is not read at all.
"""

import base64
import re
import zlib

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.exceptions import UnreadableFileError
from extract.pdf.page import too_complex

_MOST_PAGES = 300
# Text and fonts of the longest report take a few million bytes.
_MOST_BYTES = 200_000_000
_CHUNK = 1 << 20
_LONGEST_DICTIONARY = 2_000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OTHER_FILTER = re.compile(rb"/(?!Flate|ASCII85)\w+Decode|/Crypt\b")
_LINEAR = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})")


def damaged(what: str) -> UnreadableFileError:
    """The error for a file that is not whole."""
    return UnreadableFileError(
        "DamagedFile", f"This PDF cannot be read: {what}.", "Fetch it again."
    )


def opened(data: bytes) -> pdfium.PdfDocument:
    """Open a file that is whole and not locked; the caller closes it."""
    _refuse_cut(data)
    if b"/Encrypt" not in data:
        _refuse_broken_text(data)
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableFileError(
                "PasswordNeeded",
                "This PDF is locked with a password.",
                "Save it without a password and ingest that.",
            ) from None
        raise damaged("its structure is broken") from None
    if 0 < count <= _MOST_PAGES:
        return document
    document.close()
    raise too_complex(f"more than {_MOST_PAGES} pages") if count else damaged("it has no pages")


def _refuse_cut(data: bytes) -> None:
    """A file that is cut short may open all the same, with pages or figures missing."""
    end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
    length = _LINEAR.search(data[:2048])
    is_short = length is not None and int(length[1]) > len(data)
    if end < 0 or is_short or re.search(rb"\d\s+obj\b", data[end:]):
        raise damaged("its end is missing")


def _refuse_broken_text(data: bytes) -> None:
    """Unpack all text once: it must be whole, and of a size that can be held in memory."""
    total = 0
    for match in _STREAM.finditer(data):
        start = data.rfind(b"obj", max(match.start() - _LONGEST_DICTIONARY, 0), match.start())
        dictionary = data[start : match.start()] if start >= 0 else b""
        is_font = b"/Length1" in dictionary
        is_text = not is_font and (b"/Subtype" not in dictionary or b"/Form" in dictionary)
        if b"/FlateDecode" in dictionary and is_text and not _OTHER_FILTER.search(dictionary):
            packed = data[match.end() : data.find(b"endstream", match.end())]
            if b"/ASCII85Decode" in dictionary:
                packed = _from_letters(packed)
            total += _unpacked_size(packed, _MOST_BYTES - total)


def _from_letters(packed: bytes) -> bytes:
    try:
        return base64.a85decode(packed.partition(b"~>")[0])
    except ValueError:
        raise damaged("text inside of it is damaged") from None


def _unpacked_size(packed: bytes, most: int) -> int:
    unpack = zlib.decompressobj()
    size = 0
    rest = packed
    try:
        while rest and not unpack.eof:
            size += len(unpack.decompress(rest, _CHUNK))
            rest = unpack.unconsumed_tail
            if size > most:
                raise too_complex("text that unpacks to more than can be printed")
    except zlib.error:
        raise damaged("text inside of it is damaged") from None
    return size
