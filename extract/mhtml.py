"""MHTML (a page saved with its pictures in one file) to the bytes of the page and of its frames."""

import email
import email.errors
import html
import re
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from typing import NamedTuple
from urllib.parse import urljoin

from extract.exceptions import UnreadableFileError
from extract.html.guard import blanked

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
# Frames in frames, each level once over the page.
_DEEPEST_FRAME = 3
_IFRAME = re.compile(r"<iframe\b(?P<tag>[^<>]*)>(?:[^<]*</iframe\s*>)?", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_UNSHOWN = re.compile(r"display\s*:\s*none|\shidden\b", re.IGNORECASE)
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


class Part(NamedTuple):
    """The bytes of a page, and the charset its part declares."""

    body: bytes
    charset: str | None


class Saved(NamedTuple):
    """The root page of a file, where it was saved from, and the others by what names them."""

    root: Part
    location: str
    others: Mapping[str, Part]


def with_frames(text: str, saved: Saved, decode: Callable[[Part], str]) -> str:
    """Give the text of the root page with its inline frames filled."""
    others = dict(saved.others)
    for _ in range(_DEEPEST_FRAME if others else 0):
        visible = blanked(text)
        filled: list[str] = []
        at = 0
        for frame in _IFRAME.finditer(visible):
            if part := _framed(frame["tag"], saved.location, others):
                filled += [text[at : frame.start()], "<div>", decode(part), "</div>"]
                at = frame.end()
        text = "".join([*filled, text[at:]])
    return text


def _framed(tag: str, location: str, others: dict[str, Part]) -> Part | None:
    """Take the page that a frame shows out of the others, so that none is shown without end."""
    source = _SOURCE.search(tag)
    if source is None or _UNSHOWN.search(tag):
        return None
    name = html.unescape(next(filter(None, source.groups()), "")).strip()
    try:
        place = urljoin(location, name)
    except ValueError:
        # No address at all, as `http://[`.
        place = ""
    return others.pop(name, None) or others.pop(place, None)


def read_mhtml(data: bytes) -> Saved:
    """Give the root page of the file and the pages it may frame.

    The root is the part that `start` names, else the page the snapshot was taken of, else the
    first one; where it only frames others, the longest of them. A file cut short is read as far
    as it goes. Raises `UnreadableFileError` where there is no page in it.
    """
    _check_size(data)
    try:
        message = email.message_from_bytes(data.lstrip(_BLANK))
        pages = [page for part in message.walk() for page in _page(part)]
        root = _root(message, pages)
        saved = _saved(root, pages) if root else None
    except _FAILURES as error:
        reason = f"The parts of this MHTML file cannot be told apart: {error}."
        raise UnreadableFileError("DamagedFile", reason, _ADVICE) from None
    if saved is None:
        reason = "There is no page in this MHTML file."
        raise UnreadableFileError("NoContent", reason, _ADVICE)
    return saved


def _saved(root: _Page, pages: list[_Page]) -> Saved:
    others: dict[str, Part] = {}
    for page in pages:
        if page is not root:
            part = Part(page.body, page.part.get_content_charset())
            identity = str(page.part.get("Content-ID", "")).strip("<> \t")
            location = str(page.part.get("Content-Location", "")).strip()
            names = [f"cid:{identity}"] * bool(identity) + [location] * bool(location)
            others.update({name: part for name in names if name not in others})
    location = str(root.part.get("Content-Location", "")).strip()
    return Saved(Part(root.body, root.part.get_content_charset()), location, others)


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
