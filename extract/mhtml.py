"""MHTML (a page saved with its pictures in one file) to the bytes of the page itself."""

import email
import email.errors
import re
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple

from extract.exceptions import UnreadableFileError

# Beyond these a file is no saved page; the parser keeps every line and every part in memory.
MOST_BYTES = 64_000_000
MOST_LINES = 1_500_000
MOST_PARTS = 20_000
# Parts in parts: the parser looks for the end of each at every line.
MOST_NESTED = 30

_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
# Long parameter lists take the parser time that grows with their square.
_ENDLESS_HEADER = re.compile(
    rb"^content-[a-z-]+:(?:[^\r\n]{4000}|[^\r\n]*(?:\r?\n[ \t][^\r\n]*){50})",
    re.IGNORECASE | re.MULTILINE,
)
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_FRAMESET = re.compile(rb"<frameset\b", re.IGNORECASE)
_FRAMESET_WINDOW = 100_000
_BLANK = b"\xef\xbb\xbf \t\r\n\0"
_FAILURES = (
    email.errors.MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)
_ADVICE = "Save the page again, as HTML."


class _Page(NamedTuple):
    part: Message
    body: bytes


def read_mhtml(data: bytes) -> tuple[bytes, str | None]:
    """Give the root page of the file and the charset its part declares.

    The root is the part that `start` names, else the page the snapshot was taken of, else the
    first one; where it only frames others, the longest of them. A file cut short is read as far
    as it goes. Raises `UnreadableFileError` where there is no page in it.
    """
    _check_size(data)
    try:
        message = email.message_from_bytes(data.lstrip(_BLANK))
        pages = [page for part in message.walk() for page in _page(part)]
        root = _root(message, pages)
        charset = root.part.get_content_charset() if root else None
    except _FAILURES as error:
        reason = f"The parts of this MHTML file cannot be told apart: {error}."
        raise UnreadableFileError("DamagedFile", reason, _ADVICE) from None
    if root is None:
        reason = "There is no page in this MHTML file."
        raise UnreadableFileError("NoContent", reason, _ADVICE)
    return root.body, charset


def _check_size(data: bytes) -> None:
    too_large = (
        len(data) > MOST_BYTES
        or data.count(b"\n") + data.count(b"\r") > 2 * MOST_LINES
        or data.count(b"\n--") > MOST_PARTS
        or sum(1 for _ in _MULTIPART.finditer(data)) > MOST_NESTED
        or _ENDLESS_HEADER.search(data)
    )
    if too_large:
        reason = f"This MHTML file of {len(data):,} bytes has too many or too large parts."
        raise UnreadableFileError("TooLarge", reason, _ADVICE)


def _page(part: Message) -> Iterator[_Page]:
    if part.get_content_type() in _HTML_TYPES and not part.is_multipart():
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and body.strip(_BLANK):
            yield _Page(part, body)


def _root(message: Message, pages: list[_Page]) -> _Page | None:
    if not pages:
        return None
    root = _named(message, pages) or pages[0]
    if _FRAMESET.search(root.body[:_FRAMESET_WINDOW]):
        return max(pages, key=lambda page: (page is not root, len(page.body)))
    return root


def _named(message: Message, pages: list[_Page]) -> _Page | None:
    """Give the page that the file names as its root."""
    start = message.get_param("start")
    snapshot = message.get("Snapshot-Content-Location")
    wanted = (("Content-ID", start), ("Content-Location", snapshot))
    for header, value in wanted:
        for part in message.walk() if isinstance(value, str) and value.strip() else ():
            if str(part.get(header, "")).strip("<> \t") == str(value).strip("<> \t"):
                inside = {id(inner) for inner in part.walk()}
                found = [page for page in pages if id(page.part) in inside]
                if found:
                    return found[0]
    return None
