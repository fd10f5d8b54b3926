"""The records that travel between the steps of a run; all of them pickle."""

from dataclasses import dataclass
from typing import NamedTuple

REPORT = "report"
QUARANTINE = "quarantine"
ARCHIVE = "archive"


class FoundFile(NamedTuple):
    """A file of the inbox; `source_path` is relative to the inbox, with `/` between folders.

    Where the inbox is a URL, so is `path`, and `mtime_ns` is a number that changes with the file.
    """

    source_path: str
    path: str
    size: int
    mtime_ns: int


class SourceFile(NamedTuple):
    """A file with the digest of its content: what a worker gets.

    `member` is its place in the archive at `path`, where it is one of an archive. `url` is where
    the file, or the archive, was fetched from.
    """

    source_path: str
    path: str
    sha256: str
    size: int
    mtime_ns: int
    member: tuple[int, ...] = ()
    url: str | None = None


# What is said of the content, and not of this machine or of the day.
_REFUSED = frozenset({"NotAReport", "SeveralReports"})


class Failure(NamedTuple):
    """A file that could not become a report.

    `stage` is one of `discover`, `read`, `extract`, `transform`, `load`, `worker`. `source_sha256`
    is None where the bytes could not be read; such files are tried again in every run.
    """

    source_path: str
    source_sha256: str | None
    stage: str
    error: str
    message: str

    @property
    def is_refused(self) -> bool:
        """Whether the content was read and is no report, whoever tries and whenever."""
        return self.error in _REFUSED


class KnownFile(NamedTuple):
    """What the published warehouse remembers of a path.

    `outcome` is a report, quarantine, or an archive, whose members have paths of their own.
    `is_present` is whether there was a file in the last run, `is_read_here` whether the report was
    read under this path and not under another one of the same content.
    """

    size: int
    mtime_ns: int
    sha256: str | None
    version: str
    outcome: str
    is_present: bool = True
    is_read_here: bool = True


class Chunk(NamedTuple):
    """Files worked by one worker in one go; `name` is also the name of its shard."""

    name: str
    files: tuple[SourceFile, ...]


class ChunkResult(NamedTuple):
    """What became of a chunk: number of reports in its shard, and the files that failed.

    `pack` names what the worker of a cluster left for the loader.
    """

    reports: int
    failures: tuple[Failure, ...]
    pack: str = ""


class NewFindings(NamedTuple):
    """How many findings of a rule a run brought."""

    rule: str
    severity: str
    title: str
    number: int


class NewError(NamedTuple):
    """One error a run brought."""

    org_name: str | None
    report_year: int | None
    rule: str
    message: str
    source_path: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run in numbers; `seconds` is wall-clock time.

    `files_quarantined` failed in this run; `in_quarantine` are the files of this inbox that stand
    in quarantine after it, those of earlier runs among them. `findings` are those of the whole
    warehouse, where the run published one, and `new_findings` those that were not there before;
    of the errors among these, `new_errors` are the first. `files_gone` are no longer in the
    inbox; their reports are kept. `sources_failed` could not be fetched.
    """

    files_seen: int = 0
    files_new: int = 0
    files_unchanged: int = 0
    reports_loaded: int = 0
    files_quarantined: int = 0
    in_quarantine: int = 0
    files_gone: int = 0
    sources_failed: int = 0
    findings: int = 0
    seconds: float = 0.0
    is_published: bool = False
    failures: tuple[Failure, ...] = ()
    run_id: str | None = None
    new_findings: tuple[NewFindings, ...] = ()
    new_errors: tuple[NewError, ...] = ()

    @property
    def outcome(self) -> str:
        """How it ended, as the table `runs` has it: `ok`, or `quarantined` by files of its own."""
        return "quarantined" if self.files_quarantined else "ok"

    def counts(self) -> dict[str, object]:
        """Give its numbers by name."""
        names = (
            "files_seen",
            "files_new",
            "files_unchanged",
            "reports_loaded",
            "files_quarantined",
            "in_quarantine",
            "files_gone",
            "findings",
        )
        new = {"new_findings": sum(row.number for row in self.new_findings)}
        seconds = {"seconds": round(self.seconds, 1)}
        return {name: getattr(self, name) for name in names} | new | seconds
