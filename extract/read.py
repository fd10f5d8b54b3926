"""The one way in: bytes of a file to a `Document`, by sniffed content."""

import re
from collections.abc import Callable, Sequence

from extract import sniff
from extract.document import Block, Content, Document
from extract.encoding.decode import Decoded, decode
from extract.exceptions import UnreadableFileError
from extract.html.read import read_html
from extract.markdown import is_markdown, read_markdown
from extract.mhtml import read_mhtml, with_frames
from extract.pdf.read import read_pdf
from extract.separated import read_separated
from extract.sheet.read import read_sheet
from extract.text import read_text
from extract.word.docx import read_docx
from extract.word.office import to_docx

_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b[^<]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:table|div|p|td|meta)\b[^<]*>", re.IGNORECASE)
_WINDOW = 4096


def _read_foreign(data: bytes) -> Sequence[Block]:
    """Give the blocks of a document inside of a Word file; one that needs Word itself gives none.

    What stands inside of that once more is not read.
    """
    try:
        kind = sniff.kind_of(data)
        if kind == sniff.DOCX:
            return read_docx(data).blocks
        return read_document(data).blocks if kind in {sniff.MHTML, sniff.TEXT} else ()
    except UnreadableFileError:
        return ()


def _read_word(data: bytes) -> Content:
    return read_docx(data, _read_foreign)


_READERS: dict[str, Callable[[bytes], Content]] = {
    sniff.DOCX: _read_word,
    sniff.PDF: read_pdf,
    sniff.SHEET: read_sheet,
}


def needs_conversion(data: bytes) -> bool:
    """Tell whether a file must become docx first; many of them are converted best in one call."""
    try:
        return sniff.kind_of(data) == sniff.OFFICE
    except UnreadableFileError:
        return False


def convert_one(data: bytes) -> bytes:
    """Convert a Word file of another format to docx; raises `UnreadableFileError`."""
    (converted,) = to_docx([data])
    if isinstance(converted, UnreadableFileError):
        raise converted
    return converted


def read_document(data: bytes, convert: Callable[[bytes], bytes] = convert_one) -> Document:
    """Read one file; `convert` turns Word files of other formats into docx.

    Raises `UnreadableFileError` where it cannot become a document: empty, a picture or a scan, an
    archive, damaged, a format that has no reader, or bytes that are no text in any encoding.
    """
    kind = sniff.kind_of(data)
    if kind in _READERS:
        return _plain(kind, _READERS[kind](data))
    if kind == sniff.OFFICE:
        return _plain(kind, read_docx(convert(data)))
    if kind == sniff.MHTML:
        saved = read_mhtml(data)
        decoded = decode(*saved.root)
        text = with_frames(decoded.text, saved, lambda part: decode(*part).text)
        return _document(kind, read_html(_normalise(text)), decoded)
    if kind == sniff.ZIP:
        raise UnreadableFileError(
            "Archive",
            "This is a ZIP archive, a folder of documents.",
            "Ingest the folder it is in, or unpack it and inspect its files.",
        )
    return _read_text(decode(data))


def _read_text(decoded: Decoded) -> Document:
    text = _normalise(decoded.text)
    is_page = _PAGE.search(text[:_WINDOW]) is not None
    # Markdown may hold tables as HTML.
    if not is_page and is_markdown(text):
        return _document("markdown", read_markdown(text), decoded)
    if is_page or _MARKUP.search(text[:_WINDOW]):
        return _document("html", read_html(text), decoded)
    blocks = read_separated(text) or read_text(text)
    return _document("text", Content(blocks), decoded)


def _normalise(text: str) -> str:
    """One kind of line end, no byte order mark, no NUL."""
    if "\r" in text:
        # A line end that was written as one twice is one.
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "").removeprefix("\ufeff")


def _plain(reader: str, content: Content) -> Document:
    return Document(content.blocks, reader, metadata=content.metadata)


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
