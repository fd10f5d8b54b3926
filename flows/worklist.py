"""Which files of an inbox need work: stat first, content only where size or time changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract import UnreadableFileError
from flows.archives import members_by_archive, open_archive
from flows.discover import Inbox
from flows.records import (
    ARCHIVE,
    QUARANTINE,
    REPORT,
    Failure,
    FoundFile,
    KnownFile,
    SourceFile,
)


@dataclass(slots=True)
class Worklist:
    """An inbox sorted by what is to be done.

    `fresh` has content to work; `repeats` has content the warehouse holds already, or that `fresh`
    brings, under another path; `touched` has the content it always had (the second of the pair),
    behind a new time stamp. `archives` were opened: their members are among the others, and count
    instead of them.
    `failures` could not be read, which is news; `waiting` are the paths that stand in quarantine
    and are not tried again, or failed as before; `recovered` are the folders that stood in
    quarantine and can be listed now.
    """

    files_seen: int = 0
    fresh: list[SourceFile] = field(default_factory=list)
    repeats: list[SourceFile] = field(default_factory=list)
    touched: list[tuple[SourceFile, KnownFile]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)
    archives: list[SourceFile] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether anything of this must reach the warehouse."""
        news = self.fresh, self.repeats, self.failures, self.recovered, self.archives
        return any(news)

    @property
    def files_new(self) -> int:
        """How many files are new or have changed."""
        unread = sum(failure.stage == "read" for failure in self.failures)
        return len(self.fresh) + len(self.repeats) + unread


def sort_files(
    inbox: Inbox, known: Mapping[str, KnownFile], version: str, *, full: bool = False
) -> Worklist:
    """Sort an inbox against what the warehouse remembers; `full` takes every file for new.

    A quarantined file is tried again when it, or the code (`version`), has changed.
    """
    remembered: Mapping[str, KnownFile] = {} if full else known
    contents = {file.sha256 for file in remembered.values() if file.outcome == REPORT}
    members = members_by_archive(remembered)
    work = Worklist()
    for failure in inbox.failures:
        _add_failure(work, failure, remembered.get(failure.source_path))
    for found in inbox.files:
        before = remembered.get(found.source_path)
        inside = {path: remembered[path] for path in members.get(found.source_path, ())}
        if before and not _may_have_changed(found, before, inside, version):
            _add_unchanged(work, found, before, inside)
            continue
        try:
            file = _with_digest(found)
            if before and _is_touched_archive(file, before, inside, version):
                work.touched.append((file, before))
                _add_unchanged(work, found, before, inside)
                continue
            opened = _opened(found, file)
        except OSError as error:
            work.files_seen += 1
            _add_failure(work, unread(found.source_path, error), before)
            continue
        work.files_seen += len(opened)
        work.archives += [file] * (opened != [file])
        for one in opened:
            _add_file(work, one, remembered.get(one.source_path), contents, version)
    work.recovered = [
        folder
        for folder in inbox.folders
        if folder in known and known[folder].outcome == QUARANTINE
    ]
    return work


def add_urls(work: Worklist, urls: Mapping[tuple[str, str], str]) -> None:
    """Add to fresh files where they, or the archives they are in, were fetched from.

    `urls` are by path and digest: a file that was changed by hand is not what was fetched.
    """
    archives = {archive.path: archive for archive in work.archives}
    for number, file in enumerate(work.fresh):
        whole = archives.get(file.path, file)
        work.fresh[number] = file._replace(url=urls.get((whole.source_path, whole.sha256)))


def _opened(found: FoundFile, file: SourceFile) -> list[SourceFile]:
    """Give the members of an archive, any other file alone.

    An archive that is no folder of reports is left to the worker, which says why when it reads it.
    """
    try:
        return open_archive(found, file.sha256) or [file]
    except UnreadableFileError:
        return [file]


def _add_unchanged(
    work: Worklist, found: FoundFile, before: KnownFile, inside: Mapping[str, KnownFile]
) -> None:
    same = inside if before.outcome == ARCHIVE else {found.source_path: before}
    work.files_seen += len(same)
    work.waiting += [path for path, file in same.items() if file.outcome == QUARANTINE]


def unread(source_path: str, error: OSError) -> Failure:
    """Describe a file whose bytes cannot be read."""
    reason = error.strerror or str(error)
    message = f"The file cannot be read: {reason}. Give the nightly job the right to read it."
    return Failure(source_path, None, "read", type(error).__name__, message)


def _may_have_changed(
    found: FoundFile, before: KnownFile, inside: Mapping[str, KnownFile], version: str
) -> bool:
    """Tell by size and time, without a look at the content.

    A file that could not even be read is always tried: rights change without a new time stamp.
    """
    if (found.size, found.mtime_ns) != (before.size, before.mtime_ns):
        return True
    return not before.sha256 or not _is_settled([before, *inside.values()], version)


def _is_touched_archive(
    file: SourceFile, before: KnownFile, inside: Mapping[str, KnownFile], version: str
) -> bool:
    is_same = before.outcome == ARCHIVE and before.sha256 == file.sha256
    return is_same and _is_settled(list(inside.values()), version)


def _with_digest(found: FoundFile) -> SourceFile:
    with Path(found.path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return SourceFile(found.source_path, found.path, digest, found.size, found.mtime_ns)


def _add_failure(work: Worklist, failure: Failure, before: KnownFile | None) -> None:
    if before and before.outcome == QUARANTINE and not before.sha256:
        work.waiting.append(failure.source_path)
    else:
        work.failures.append(failure)


def _add_file(
    work: Worklist,
    file: SourceFile,
    before: KnownFile | None,
    contents: set[str | None],
    version: str,
) -> None:
    """Sort in a file whose digest is known; `contents` collects what needs no second reading."""
    if before and before.sha256 == file.sha256 and _is_settled([before], version):
        work.touched.append((file, before))
        if before.outcome == QUARANTINE:
            work.waiting.append(file.source_path)
    elif file.sha256 in contents:
        work.repeats.append(file)
    else:
        contents.add(file.sha256)
        work.fresh.append(file)


def _is_settled(files: Sequence[KnownFile], version: str) -> bool:
    """Tell whether this code would make no more of what was read before."""
    return all(file.outcome != QUARANTINE or file.version == version for file in files)
