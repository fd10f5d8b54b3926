"""What kind of file these bytes are, by content alone: extensions lie on mirror sites."""

from typing import NamedTuple

from extract.exceptions import UnreadableFileError


class _Binary(NamedTuple):
    magic: bytes
    error: str
    what: str
    advice: str


_TO_TEXT = "Save it as HTML or plain text and ingest that."
_NO_OCR = "Text recognition of pictures is not part of gongkai; find the report as text."
_BINARIES = (
    _Binary(b"\xff\xd8\xff", "PictureOnly", "a JPEG picture", _NO_OCR),
    _Binary(b"\x89PNG\r\n\x1a\n", "PictureOnly", "a PNG picture", _NO_OCR),
    _Binary(b"GIF8", "PictureOnly", "a GIF picture", _NO_OCR),
    _Binary(b"II*\0", "PictureOnly", "a TIFF picture", _NO_OCR),
    _Binary(b"MM\0*", "PictureOnly", "a TIFF picture", _NO_OCR),
    _Binary(b"%PDF-", "UnsupportedFormat", "a PDF file", _TO_TEXT),
    _Binary(b"PK\x03\x04", "UnsupportedFormat", "a ZIP or Office file", _TO_TEXT),
    _Binary(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "UnsupportedFormat", "a Word 97 or WPS file", _TO_TEXT
    ),
    _Binary(b"{\\rtf", "UnsupportedFormat", "an RTF file", _TO_TEXT),
    _Binary(b"Rar!", "UnsupportedFormat", "a RAR archive", "Unpack it and ingest its files."),
    _Binary(b"7z\xbc\xaf", "UnsupportedFormat", "a 7z archive", "Unpack it and ingest its files."),
    _Binary(b"\x1f\x8b", "UnsupportedFormat", "a gzip archive", "Unpack it and ingest its files."),
)


def require_text(data: bytes) -> None:
    """Raise `UnreadableFileError`, with the reason and what to do, unless this may be text."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("EmptyFile", "The file is empty.", "Fetch it again.")
    for binary in _BINARIES:
        if data.startswith(binary.magic):
            raise UnreadableFileError(binary.error, f"This is {binary.what}.", binary.advice)
