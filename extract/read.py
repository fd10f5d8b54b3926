"""The one way in: bytes of a file to a `Document`, by sniffed content."""

import re

from extract import sniff
from extract.document import Content, Document
from extract.encoding.decode import Decoded, decode
from extract.exceptions import UnreadableFileError
from extract.html import read_html
from extract.text import read_text

_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|div|p|td|meta)\b[^<]*>", re.IGNORECASE)
_HTML_WINDOW = 4096


def read_document(data: bytes) -> Document:
    """Read one file.

    Raises `UnreadableFileError` where it cannot become a document: empty, a picture, a format that
    has no reader, or bytes that are no text in any encoding.
    """
    kind = sniff.kind_of(data)
    if kind != sniff.TEXT:
        raise UnreadableFileError("UnsupportedFormat", f"This is a {kind} file.", "Save it as HTML.")
    decoded = decode(data)
    text = _normalise(decoded.text)
    if _HTML.search(text[:_HTML_WINDOW]):
        return _document("html", read_html(text), decoded)
    return _document("text", Content(read_text(text)), decoded)


def _normalise(text: str) -> str:
    """One kind of line end, no byte order mark, no NUL."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.removeprefix("\ufeff")


def _document(reader: str, content: Content, decoded: Decoded) -> Document:
    return Document(
        blocks=content.blocks,
        reader=reader,
        encoding=decoded.encoding,
        encoding_method=decoded.method,
        encoding_confidence=decoded.confidence,
        replaced_bytes=decoded.replaced_bytes,
        metadata=content.metadata,
    )
