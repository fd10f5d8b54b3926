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


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run in numbers; `seconds` is wall-clock time.

    `files_quarantined` failed in this run; `in_quarantine` are the files of this inbox that stand
    in quarantine after it, those of earlier runs among them. `findings` are those of the whole
    warehouse, where the run published one. `files_gone` are no longer in the inbox; their
    reports are kept.
    """

    files_seen: int = 0
    files_new: int = 0
    files_unchanged: int = 0
    reports_loaded: int = 0
    files_quarantined: int = 0
    in_quarantine: int = 0
    files_gone: int = 0
    findings: int = 0
    seconds: float = 0.0
    is_published: bool = False
    failures: tuple[Failure, ...] = ()
