"""Which files of an inbox need work: stat first, content only where size or time changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flows.discover import Inbox
from flows.records import QUARANTINE, REPORT, Failure, FoundFile, KnownFile, SourceFile


@dataclass(slots=True)
class Worklist:
    """An inbox sorted by what is to be done.

    `fresh` has content to work; `repeats` has content the warehouse holds already, or that `fresh`
    brings, under another path; `touched` has the content it always had (the second of the pair),
    behind a new time stamp.
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

    @property
    def has_news(self) -> bool:
        """Whether anything of this must reach the warehouse."""
        return bool(self.fresh or self.repeats or self.failures or self.recovered)

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
    work = Worklist(files_seen=len(inbox.files))
    for failure in inbox.failures:
        _add_failure(work, failure, remembered.get(failure.source_path))
    for found in inbox.files:
        before = remembered.get(found.source_path)
        if before and not _may_have_changed(found, before, version):
            if before.outcome == QUARANTINE:
                work.waiting.append(found.source_path)
            continue
        try:
            file = _with_digest(found)
        except OSError as error:
            _add_failure(work, unread(found.source_path, error), before)
            continue
        _add_file(work, file, before, contents, version)
    work.recovered = [
        folder
        for folder in inbox.folders
        if folder in known and known[folder].outcome == QUARANTINE
    ]
    return work


def unread(source_path: str, error: OSError) -> Failure:
    """Describe a file whose bytes cannot be read."""
    reason = error.strerror or str(error)
    message = f"The file cannot be read: {reason}. Give the nightly job the right to read it."
    return Failure(source_path, None, "read", type(error).__name__, message)


def _may_have_changed(found: FoundFile, before: KnownFile, version: str) -> bool:
    """Tell by size and time, without a look at the content.

    A file that could not even be read is always tried: rights change without a new time stamp.
    """
    if (found.size, found.mtime_ns) != (before.size, before.mtime_ns):
        return True
    return before.outcome == QUARANTINE and (before.version != version or not before.sha256)


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
    if before and before.sha256 == file.sha256 and _is_settled(before, version):
        work.touched.append((file, before))
        if before.outcome == QUARANTINE:
            work.waiting.append(file.source_path)
    elif file.sha256 in contents:
        work.repeats.append(file)
    else:
        contents.add(file.sha256)
        work.fresh.append(file)


def _is_settled(before: KnownFile, version: str) -> bool:
    return before.outcome == REPORT or before.version == version
