"""ZIP archives: folders of documents. Nothing is written to disk, nothing trusts a declared size.

Office files are ZIPs too but no folders; `extract/sniff.py` tells them apart.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from extract import sniff
from extract.exceptions import UnreadableFileError

# A year of a whole province has fewer reports.
MOST_MEMBERS = 20_000
# A zipped folder of zipped folders occurs; deeper ones are made to harm.
DEEPEST = 4
# One member may be as large as a file may be, all of them together as large as a province's.
LARGEST_MEMBER = 64 << 20
LARGEST_ARCHIVE = 4 << 30

_ENCRYPTED = 0x1
_IS_UTF8 = 0x800
_TOO_LARGE = "TooLarge"
# What Windows and macOS leave in folders that are looked at.
SYSTEM_FILES = frozenset(["__MACOSX", "Thumbs.db", "desktop.ini"])

Place = tuple[int, ...]


class Member(NamedTuple):
    """One document of an archive.

    `place` finds it again, through archives within archives; `data` is None where it cannot be
    read, of which `read_member` gives the reason.
    """

    name: str
    place: Place
    data: bytes | None


class _Budget:
    """What an archive may still hold, in all archives inside it, hidden and unread files too."""

    def __init__(self) -> None:
        self._members = MOST_MEMBERS
        self._bytes = LARGEST_ARCHIVE

    def take(self, members: int, size: int) -> None:
        """Take from it; raises `UnreadableFileError` where it is used up."""
        self._members -= members
        self._bytes -= size
        if self._members < 0 or self._bytes < 0:
            raise _too_large("This ZIP archive holds more than a folder of reports does.")


def is_archive(stream: IO[bytes]) -> bool:
    """Tell whether a seekable file is a ZIP of documents, and not an Office file."""
    stream.seek(0)
    if stream.read(4) != sniff.ZIP_MAGIC:
        return False
    try:
        return sniff.kind_of_zip(stream) == sniff.ZIP
    except UnreadableFileError:
        return False


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Give the documents of an archive, those of archives inside it in their place.

    Hidden and system files are left out. Raises `UnreadableFileError` for an archive that holds
    more than any real one does.
    """
    yield from _members(stream, (), "", _Budget())


def open_archive(file: str | IO[bytes]) -> zipfile.ZipFile:
    """Open the archive at a path or in a seekable file; raises `UnreadableFileError`."""
    try:
        return zipfile.ZipFile(file)
    except sniff.ZIP_ERRORS as error:
        raise _damaged(error) from None


def read_member(archive: zipfile.ZipFile, place: Place) -> bytes:
    """Read one member; raises `UnreadableFileError` where that cannot be done."""
    first, *rest = place
    data = _read(archive, archive.infolist()[first])
    return read_member(open_archive(io.BytesIO(data)), tuple(rest)) if rest else data


def _members(stream: IO[bytes], outer: Place, folder: str, budget: _Budget) -> Iterator[Member]:
    if len(outer) >= DEEPEST:
        raise _too_large("This ZIP archive holds archives within archives within archives.")
    with open_archive(stream) as archive:
        for index, info in enumerate(archive.infolist()):
            name, place = folder + _name(info), (*outer, index)
            budget.take(1, 0)
            if info.is_dir() or _is_hidden(name):
                continue
            try:
                data = _read(archive, info)
            except UnreadableFileError as error:
                budget.take(0, LARGEST_MEMBER if error.error == _TOO_LARGE else 0)
                yield Member(name, place, None)
                continue
            budget.take(0, len(data))
            if is_archive(io.BytesIO(data)):
                yield from _members(io.BytesIO(data), place, f"{name}/", budget)
            else:
                yield Member(name, place, data)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(
            "PasswordNeeded",
            "This file of a ZIP archive is locked with a password.",
            "Unpack the archive and ingest its files.",
        )
    try:
        with archive.open(info) as stream:
            data = stream.read(LARGEST_MEMBER + 1)
    except sniff.ZIP_ERRORS as error:
        raise _damaged(error) from None
    if len(data) > LARGEST_MEMBER:
        raise _too_large("This file of a ZIP archive is larger than any report.")
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """Give a member's name; Chinese Windows writes names in GBK and does not say so."""
    name = info.filename
    if not info.flag_bits & _IS_UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            break
    parts = (part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})
    return "/".join(parts)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part in SYSTEM_FILES for part in name.split("/"))


def _damaged(error: Exception) -> UnreadableFileError:
    reason = f"This ZIP archive or a file of it is damaged: {error}."
    return UnreadableFileError("DamagedFile", reason, "Fetch it again.")


def _too_large(reason: str) -> UnreadableFileError:
    return UnreadableFileError(_TOO_LARGE, reason, "Unpack it and ingest its files.")
