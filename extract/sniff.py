"""What kind of file these bytes are, by content alone: extensions lie on mirror sites."""

import io
import lzma
import re
import zipfile
import zlib
from typing import IO, NamedTuple

from extract.exceptions import UnreadableFileError

# Kinds of file. What a kind is read by stands in `extract/read.py`.
PDF, DOCX, SHEET, ZIP, MHTML, OFFICE, TEXT = (
    "pdf",
    "docx",
    "sheet",
    "zip",
    "mhtml",
    "office",
    "text",
)


class _Refused(NamedTuple):
    magic: bytes
    error: str
    what: str
    advice: str


_NO_OCR = "Text recognition of pictures is not part of gongkai; find the report as text."
_UNPACK = "Unpack it and ingest its files."
_REFUSED = (
    _Refused(b"\xff\xd8\xff", "PictureOnly", "a JPEG picture", _NO_OCR),
    _Refused(b"\x89PNG\r\n\x1a\n", "PictureOnly", "a PNG picture", _NO_OCR),
    _Refused(b"GIF8", "PictureOnly", "a GIF picture", _NO_OCR),
    _Refused(b"II*\0", "PictureOnly", "a TIFF picture", _NO_OCR),
    _Refused(b"MM\0*", "PictureOnly", "a TIFF picture", _NO_OCR),
    _Refused(b"AT&TFORM", "PictureOnly", "a DjVu scan", _NO_OCR),
    _Refused(b"Rar!", "UnsupportedFormat", "a RAR archive", _UNPACK),
    _Refused(b"7z\xbc\xaf", "UnsupportedFormat", "a 7z archive", _UNPACK),
    _Refused(b"\x1f\x8b", "UnsupportedFormat", "a gzip archive", _UNPACK),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_LONGEST_MIME = 100
# What the standard library raises for a ZIP that is damaged, locked, or packed in a way it lacks.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
# A PDF may have this many bytes of anything in front of its mark (ISO 32000, annex H).
_PDF_WINDOW = 1024
_HEADERS_WINDOW = 4096
_MHTML = re.compile(
    rb"^(?:mime-version:|content-type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE
)
_WORD_XML = re.compile(
    rb"<\?mso-application\s+progid=\"(?:Word\.Document|Excel\.Sheet)\""
    # OpenDocument in one file, without a ZIP around it.
    rb"|<office:document\s[^>]*office:mimetype=\"application/vnd\.oasis\.opendocument\."
)


def kind_of(data: bytes) -> str:
    """Name the kind of a file.

    Raises `UnreadableFileError`, with the reason and what to do, for what can hold no text.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("EmptyFile", "The file is empty.", "Fetch it again.")
    if data.startswith((ZIP_MAGIC, _EMPTY_ZIP)):
        return kind_of_zip(io.BytesIO(data))
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if b"%PDF-" in data[:_PDF_WINDOW]:
        return PDF
    if data.lstrip().startswith(b"{\\rtf") or _WORD_XML.search(data[:_HEADERS_WINDOW]):
        return OFFICE
    if not data.lstrip().startswith(b"<") and _MHTML.search(data[:_HEADERS_WINDOW]):
        return MHTML
    for refused in _REFUSED:
        if data.startswith(refused.magic):
            raise UnreadableFileError(refused.error, f"This is {refused.what}.", refused.advice)
    return TEXT


def kind_of_zip(stream: IO[bytes]) -> str:
    """Name the kind of a seekable ZIP: Office files are ZIPs too, the folders inside tell which.

    Raises `UnreadableFileError` for one that cannot be opened, holds nothing, or is an OFD.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            mime = _head(archive, "mimetype") if "mimetype" in names else b""
    except ZIP_ERRORS as error:
        raise UnreadableFileError(
            "DamagedFile",
            f"This ZIP or Office file cannot be opened: {error}.",
            "It is cut short or damaged; fetch it again.",
        ) from None
    if not names:
        raise UnreadableFileError("EmptyFile", "The ZIP archive is empty.", "Fetch it again.")
    if "[Content_Types].xml" in names:
        roots = {name.partition("/")[0] for name in names}
        return DOCX if "word" in roots else SHEET if "xl" in roots else OFFICE
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        return SHEET if b"spreadsheet" in mime else OFFICE
    if "OFD.xml" in names:
        raise UnreadableFileError(
            "UnsupportedFormat",
            "This is an OFD document (GB/T 33190).",
            "Open it in WPS or an OFD reader and save it as PDF.",
        )
    return ZIP


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(_LONGEST_MIME)


def _kind_of_ole(data: bytes) -> str:
    """Word 97, WPS and Excel 97 share one container: its directory names what is inside."""
    if _has_stream(data, "EncryptedPackage"):
        raise UnreadableFileError(
            "PasswordNeeded",
            "This Office file is locked with a password.",
            "Save it without a password and ingest that.",
        )
    is_book = _has_stream(data, "Workbook") or _has_stream(data, "Book")
    return SHEET if is_book and not _has_stream(data, "WordDocument") else OFFICE


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data
