"""Which files of an inbox need work: what stands there now against what the warehouse remembers.

A report is read under the first of the paths at which its content lies, for the path may help to
tell who reports. So it is read again where that path has gone or another has come before it, and
the warehouse is the one that reading everything (`--full`) would give.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.discover import Inbox
from flows.records import QUARANTINE, REPORT, Failure, KnownFile, SourceFile
from flows.sightings import (
    OpenedArchive,
    Seen,
    Sighting,
    TouchedArchive,
    look,
    opened,
    unread,
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
    quarantine and can be listed now; `gone` are the paths at which there is no file any more.
    """

    files_seen: int = 0
    fresh: list[SourceFile] = field(default_factory=list)
    repeats: list[SourceFile] = field(default_factory=list)
    touched: list[tuple[SourceFile, KnownFile]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)
    archives: list[SourceFile] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        """Whether anything of this must reach the warehouse."""
        news = self.fresh, self.repeats, self.failures, self.recovered, self.archives, self.gone
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
    there = {path: file for path, file in known.items() if file.is_present}
    remembered = {} if full else there
    work = Worklist()
    for failure in inbox.failures:
        _add_failure(work, failure, remembered)
    seen = list(look(inbox, remembered, version))
    _sort_out(work, seen, remembered)
    read_under = _read_under(remembered)
    for copies in _by_content(one for one in seen if isinstance(one, Sighting)):
        _add_copies(work, copies, read_under)
    work.recovered = [
        folder
        for folder in inbox.folders
        if folder in known and known[folder].outcome == QUARANTINE
    ]
    work.gone = _gone(there, inbox, seen)
    return work


def _sort_out(work: Worklist, seen: Iterable[Seen], remembered: Mapping[str, KnownFile]) -> None:
    """Count files, and sort in all that is no report by itself."""
    for one in seen:
        if isinstance(one, Failure):
            work.files_seen += 1
            _add_failure(work, one, remembered)
        elif isinstance(one, OpenedArchive):
            work.archives.append(one.file)
        elif isinstance(one, TouchedArchive):
            work.touched.append((one.file, one.before))
        else:
            work.files_seen += 1


def add_urls(work: Worklist, urls: Mapping[tuple[str, str], str]) -> None:
    """Add to fresh files where they, or the archives they are in, were fetched from.

    `urls` are by path and digest: a file that was changed by hand is not what was fetched.
    """
    archives = {archive.path: archive for archive in work.archives}
    for number, file in enumerate(work.fresh):
        whole = archives.get(file.path, file)
        work.fresh[number] = file._replace(url=urls.get((whole.source_path, whole.sha256)))


def _read_under(remembered: Mapping[str, KnownFile]) -> dict[str | None, str | None]:
    """Give the contents that became reports, and the path each was read under, if known."""
    reports = {path: file for path, file in remembered.items() if file.outcome == REPORT}
    contents: dict[str | None, str | None] = {file.sha256: None for file in reports.values()}
    here = {file.sha256: path for path, file in reports.items() if file.is_read_here}
    return contents | here


def _by_content(sightings: Iterable[Sighting]) -> Iterable[list[Sighting]]:
    """Group what has the same content, in the order of the inbox."""
    groups: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault(sighting.file.sha256, []).append(sighting)
    return groups.values()


def _add_copies(
    work: Worklist, copies: list[Sighting], read_under: Mapping[str | None, str | None]
) -> None:
    """Sort in all paths of one content; at most one of them is to be read."""
    content = copies[0].file.sha256
    if content not in read_under:
        lead = next((copy for copy in copies if not copy.is_settled), None)
    elif copies[0].file.source_path == read_under[content]:
        lead = None
    else:
        lead = copies[0]
    for copy in copies:
        if copy is lead:
            _add_fresh(work, copy)
        elif copy.is_settled and copy.before:
            _add_settled(work, copy.file, copy.before)
        else:
            work.repeats.append(copy.file)


def _add_fresh(work: Worklist, sighting: Sighting) -> None:
    try:
        work.fresh.append(opened(sighting))
    except OSError as error:
        work.failures.append(unread(sighting.file.source_path, error))


def _add_settled(work: Worklist, file: SourceFile, before: KnownFile) -> None:
    if (file.size, file.mtime_ns) != (before.size, before.mtime_ns):
        work.touched.append((file, before))
    if before.outcome == QUARANTINE:
        work.waiting.append(file.source_path)


def _add_failure(work: Worklist, failure: Failure, remembered: Mapping[str, KnownFile]) -> None:
    before = remembered.get(failure.source_path)
    if before and before.outcome == QUARANTINE and not before.sha256:
        work.waiting.append(failure.source_path)
    else:
        work.failures.append(failure)


def _gone(there: Mapping[str, KnownFile], inbox: Inbox, seen: Iterable[Seen]) -> list[str]:
    """Give the paths that were there and are not; what cannot be looked at may be there still."""
    found = {file.source_path for file in inbox.files} | set(inbox.folders)
    found |= {one.file.source_path for one in seen if not isinstance(one, Failure)}
    unseen = {one.source_path for one in (*seen, *inbox.failures) if isinstance(one, Failure)}
    if "." in unseen:
        return []
    return sorted(
        path
        for path in there
        if path not in found
        and not any(path == hidden or path.startswith(f"{hidden}/") for hidden in unseen)
    )
