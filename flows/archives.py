"""ZIP archives in an inbox: each is a folder, and its members are files of the inbox."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache

from extract import archive
from flows.places import is_url
from flows.records import ARCHIVE, FoundFile, KnownFile, SourceFile
from flows.storage import open_file, reaching


def open_archive(found: FoundFile, digest: str) -> list[SourceFile] | None:
    """List the members of a file that is an archive, None for any other.

    Their paths go on behind that of the archive. A member that cannot be read is listed too: who
    reads it learns why. Raises `extract.UnreadableFileError` for an archive that is no folder of
    reports, and OSError.
    """
    with reaching(found.path), open_file(found.path) as stream:
        if not archive.is_archive(stream):
            return None
        return [_source_file(found, digest, member) for member in archive.members(stream)]


def _source_file(found: FoundFile, digest: str, member: archive.Member) -> SourceFile:
    content = member.data if member.data is not None else f"{digest}{member.place}".encode()
    return SourceFile(
        f"{found.source_path}/{member.name}",
        found.path,
        hashlib.sha256(content).hexdigest(),
        len(content),
        found.mtime_ns,
        member.place,
    )


def read_member(file: SourceFile) -> bytes:
    """Read a member; raises `extract.UnreadableFileError` and OSError."""
    with reaching(file.path):
        return archive.read_member(_last_opened(file.path, file.mtime_ns), file.member)


@lru_cache(maxsize=1)
def _last_opened(path: str, mtime_ns: int) -> zipfile.ZipFile:
    """Keep the archive open whose members are read one after the other; its directory is long."""
    return archive.open_archive(open_file(path) if is_url(path) else path)


def members_by_archive(known: Mapping[str, KnownFile]) -> dict[str, list[str]]:
    """Give the paths of remembered members, by the path of their archive."""
    found: dict[str, list[str]] = {
        path: [] for path, file in known.items() if file.outcome == ARCHIVE
    }
    for path in known if found else ():
        for folder in _folders(path):
            if folder in found:
                found[folder].append(path)
    return found


def _folders(path: str) -> Iterable[str]:
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))
