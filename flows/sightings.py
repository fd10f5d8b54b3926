"""What stands in an inbox now, with digests: content is read only where it may have changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract import UnreadableFileError
from extract.sniff import ZIP_MAGIC
from flows.archives import members_by_archive, open_archive
from flows.discover import Inbox
from flows.limits import limited
from flows.records import ARCHIVE, QUARANTINE, Failure, FoundFile, KnownFile, SourceFile
from flows.storage import Look, look_at


class Sighting(NamedTuple):
    """A file, or a member of an archive, beside what is remembered of its path.

    `is_settled`: it has the content it had, and this code would make no more of it. `archive` is
    the one it lies in, where that was not opened again; the place in it is then not known.
    """

    file: SourceFile
    before: KnownFile | None
    is_settled: bool
    archive: FoundFile | None = None


class OpenedArchive(NamedTuple):
    """An archive that was opened, for its members are new or have changed."""

    file: SourceFile


class TouchedArchive(NamedTuple):
    """An archive of which only the time stamp is new."""

    file: SourceFile
    before: KnownFile


Seen = Sighting | OpenedArchive | TouchedArchive | Failure


def look(inbox: Inbox, remembered: Mapping[str, KnownFile], version: str) -> Iterator[Seen]:
    """See every file of an inbox; what cannot be read is a Failure without a digest."""
    members = members_by_archive(remembered)
    changed: list[_Changed] = []
    unchanged: dict[str, list[Sighting]] = {}
    for found in inbox.files:
        before = remembered.get(found.source_path)
        inside = {path: remembered[path] for path in members.get(found.source_path, ())}
        if before and not _may_have_changed(found, before, inside, version):
            unchanged[found.source_path] = list(_as_before(found, before, inside))
        else:
            changed.append(_Changed(found, before, inside))
    # many at a time, for a store answers late
    looks = look_at([(one.found.path, one.found.size) for one in changed])
    again = {
        one.found.source_path: _seen(one, look, remembered, version)
        for one, look in zip(changed, looks, strict=True)
    }
    # in the order of the inbox, which decides under which path a content is read
    for found in inbox.files:
        path = found.source_path
        yield from unchanged[path] if path in unchanged else again[path]


def may_differ(inbox: Inbox, there: Mapping[str, KnownFile], version: str) -> bool:
    """Tell by names, sizes and times alone whether an inbox may differ from what was there.

    Reads no file; where it says no, `look` would find every file as it was.
    """
    members = members_by_archive(there)
    missing = set(there)
    for found in inbox.files:
        before = there.get(found.source_path)
        inside = members.get(found.source_path, ())
        if not before or _may_have_changed(found, before, {p: there[p] for p in inside}, version):
            return True
        missing -= {found.source_path, *inside}
    return bool(missing or inbox.failures)


def opened(sighting: Sighting) -> SourceFile:
    """Give a file so that it can be read, whatever archive it lies in; raises OSError."""
    if not sighting.archive or not sighting.before:
        return sighting.file
    (content,) = look_at([(sighting.archive.path, sighting.archive.size)])
    if isinstance(content, OSError):
        raise content
    inside = open_archive(sighting.archive, content.sha256) or []
    places = {file.source_path: file for file in inside}
    if sighting.file.source_path not in places:
        message = "its archive has changed under way"
        raise FileNotFoundError(0, message, sighting.file.source_path)
    return places[sighting.file.source_path]


def unread(source_path: str, error: OSError) -> Failure:
    """Describe a file whose bytes cannot be read."""
    reason = error.strerror or str(error)
    message = f"The file cannot be read: {reason}. Give the nightly job the right to read it."
    return Failure(source_path, None, "read", type(error).__name__, message)


def _as_before(
    found: FoundFile, before: KnownFile, inside: Mapping[str, KnownFile]
) -> Iterator[Sighting]:
    if before.outcome != ARCHIVE:
        yield Sighting(_known_file(found, found.source_path, before), before, is_settled=True)
        return
    for path, member in inside.items():
        yield Sighting(_known_file(found, path, member), member, is_settled=True, archive=found)


class _Changed(NamedTuple):
    """A file that may have changed, beside what is remembered of it and of its members."""

    found: FoundFile
    before: KnownFile | None
    inside: Mapping[str, KnownFile]


def _seen(
    one: _Changed, look: Look | OSError, remembered: Mapping[str, KnownFile], version: str
) -> list[Seen]:
    """Give what a file turned out to be: itself, an archive and its members, or a failure."""
    found, before, inside = one
    if isinstance(look, OSError):
        return [unread(found.source_path, look)]
    file = SourceFile(found.source_path, found.path, look.sha256, found.size, found.mtime_ns)
    if look.head == ZIP_MAGIC and before and _is_same_archive(file, before, inside, version):
        return [TouchedArchive(file, before), *_as_before(found, before, inside)]
    try:
        files = _members(found, file) if look.head == ZIP_MAGIC else [file]
    except OSError as error:
        return [unread(found.source_path, error)]
    seen: list[Seen] = [OpenedArchive(file)] if files != [file] else []
    for each in files:
        known = remembered.get(each.source_path)
        is_same = known is not None and known.sha256 == each.sha256
        seen.append(
            Sighting(each, known, is_same and _is_settled([known] if known else [], version))
        )
    return seen


def _members(found: FoundFile, file: SourceFile) -> list[SourceFile]:
    """Give the members of an archive, any other file alone.

    An archive that is no folder of reports is left to the worker, which says why when it reads it.
    """
    try:
        with limited(found.size):
            return open_archive(found, file.sha256) or [file]
    except UnreadableFileError:
        return [file]


def _may_have_changed(
    found: FoundFile, before: KnownFile, inside: Mapping[str, KnownFile], version: str
) -> bool:
    """Tell by size and time, without a look at the content.

    A file that could not even be read is always tried: rights change without a new time stamp.
    """
    if (found.size, found.mtime_ns) != (before.size, before.mtime_ns):
        return True
    return not before.sha256 or not _is_settled([before, *inside.values()], version)


def _is_same_archive(
    file: SourceFile, before: KnownFile, inside: Mapping[str, KnownFile], version: str
) -> bool:
    is_same = before.outcome == ARCHIVE and before.sha256 == file.sha256
    return is_same and _is_settled(list(inside.values()), version)


def _is_settled(files: Sequence[KnownFile], version: str) -> bool:
    """Tell whether this code would make no more of what was read before."""
    return all(file.outcome != QUARANTINE or file.version == version for file in files)


def _known_file(found: FoundFile, source_path: str, known: KnownFile) -> SourceFile:
    return SourceFile(source_path, found.path, known.sha256 or "", known.size, known.mtime_ns)
