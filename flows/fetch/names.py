"""Addresses to file names: safe on any disk, the same in every run, telling where a file is from.

The host is the first folder, the folders of the address follow. Whatever is not taken over as it
stands is made up for by a mark that is drawn from the whole address, so that two addresses share a
name only where the shelf finds it taken and gives the second one its mark.
"""

import email.message
import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

import httpx

_EXTENSIONS = re.compile(
    r"\.(?:html?|shtml|mht|mhtml|md|txt|csv|docx?|wps|rtf|odt|pdf|ofd|xlsx?|et|ods|zip|rar|7z"
    r"|png|jpe?g|gif)",
    re.IGNORECASE,
)
_BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "multipart/related": ".mhtml",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.ms-works": ".wps",
    "application/kswps": ".wps",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:$|\.)", re.I)
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Control and formatting signs, among them those that turn the direction of reading.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_MOST_FOLDERS = 10
_LONGEST = 120
# Consonants, so that no mark reads as a year or as the pinyin of a place.
_MARK_LETTERS = bytes.maketrans(b"0123456789abcdef", b"bcdfghjklmnpqrst")


def file_name(url: httpx.URL, headers: httpx.Headers, *, is_marked: bool = False) -> str:
    """Give the path of a file below the inbox, `/` between folders.

    The name of an attachment (Content-Disposition) goes before that of the address. `is_marked`
    gives the other path, for where this one is taken: marked, and in no folder but the host's.
    """
    *folders, last = [_decoded(part) for part in url.raw_path.partition(b"?")[0].split(b"/")]
    printed = [part for part in folders if part]
    names = [_safe(part) for part in printed[:_MOST_FOLDERS]]
    given = _given_name(headers)
    stem, extension = _parted(_safe(given or last or "index"))
    is_told = names == printed and stem + extension == (last or "index")
    if not extension:
        extension = _BY_TYPE.get(headers.get("content-type", "").partition(";")[0].strip(), "")
    if is_marked or url.query or not is_told:
        stem = f"{stem}-{_mark(url)}"
    return "/".join((_host_folder(url), *([] if is_marked else names), stem + extension))


def _decoded(part: bytes) -> str:
    """Undo percent signs; addresses of old sites are in GBK."""
    raw = unquote_to_bytes(part)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _safe(text: str) -> str:
    """Make one name of a text: no sign that a file system minds, not hidden, not too long."""
    text = unicodedata.normalize("NFC", text)
    name = "".join(
        "_" if sign in _FORBIDDEN or unicodedata.category(sign) in _UNSEEN else sign
        for sign in text
    )
    name = _EDGES.sub("", name)
    if not name or _DEVICES.match(name):
        name = f"_{name}"
    stem, extension = _parted(name)
    return _EDGES.sub("", _shortened(stem, _LONGEST - len(extension))) + extension


def _parted(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    is_known = _EXTENSIONS.fullmatch(suffix)
    return (name.removesuffix(suffix), suffix) if is_known else (name, "")


def _shortened(text: str, most: int) -> str:
    """Cut a text to so many bytes, between characters."""
    return text.encode()[:most].decode("utf-8", "ignore")


def _given_name(headers: httpx.Headers) -> str | None:
    """Read the file name of Content-Disposition, in the forms in which it is wrongly sent too."""
    raw = next((v for k, v in headers.raw if k.lower() == b"content-disposition"), b"")
    message = email.message.Message()
    message["content-disposition"] = "".join(
        sign for sign in _decoded(raw.replace(b"%", b"%25")) if sign.isprintable()
    )
    name = message.get_filename()
    if not name:
        return None
    return re.split(r"[/\\]", unquote(name))[-1] or None


def _host_folder(url: httpx.URL) -> str:
    host = _safe(url.raw_host.decode("ascii").rstrip(".").lower())
    return f"{host}_{url.port}" if url.port else host


def _mark(url: httpx.URL) -> str:
    digest = hashlib.sha256(str(url).encode()).hexdigest()[:8]
    return digest.encode().translate(_MARK_LETTERS).decode()
