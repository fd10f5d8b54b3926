"""The one way in: bytes of a file to a `Document`, by sniffed content."""

import re

from extract.document import Block, Document
from extract.encoding.decode import Decoded, decode
from extract.html import read_html
from extract.sniff import require_text
from extract.text import read_text

_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|div|p|td|meta)\b[^<]*>", re.IGNORECASE)
_HTML_WINDOW = 4096


def read_document(data: bytes) -> Document:
    """Read one file.

    Raises `UnreadableFileError` where it cannot become a document: empty, a picture, a format that
    has no reader, or bytes that are no text in any encoding.
    """
    require_text(data)
    decoded = decode(data)
    text = _normalise(decoded.text)
    if _HTML.search(text[:_HTML_WINDOW]):
        blocks, metadata = read_html(text)
        return _document("html", blocks, decoded, metadata)
    return _document("text", read_text(text), decoded, ())


def _normalise(text: str) -> str:
    """One kind of line end, no byte order mark, no NUL."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.removeprefix("\ufeff")


def _document(
    reader: str,
    blocks: tuple[Block, ...],
    decoded: Decoded,
    metadata: tuple[tuple[str, str], ...],
) -> Document:
    return Document(
        blocks=blocks,
        reader=reader,
        encoding=decoded.encoding,
        encoding_method=decoded.method,
        encoding_confidence=decoded.confidence,
        replaced_bytes=decoded.replaced_bytes,
        metadata=metadata,
    )
