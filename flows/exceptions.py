"""What can stop a run or a command. Every message is one line: what, where, what to do."""

from pathlib import Path


class FlowError(Exception):
    """Base of all errors of this layer."""


class SettingsError(FlowError):
    """A setting that cannot work."""


class InboxError(FlowError):
    """An inbox that cannot be read as a whole."""


class LockedError(FlowError):
    """Another process is writing what we would write; `holder` is its process id as text."""

    def __init__(self, written: Path, holder: str) -> None:
        self.written = written
        self.holder = holder
        super().__init__(
            f"another run (process {holder}) is writing {written}: "
            "wait until it has finished, or stop it, and start again"
        )


class DiskError(FlowError):
    """Too little room for the next warehouse; sizes in bytes."""

    def __init__(self, folder: Path, free: int, needed: int) -> None:
        self.folder, self.free, self.needed = folder, free, needed
        super().__init__(
            f"{folder} has {free >> 20} MB free, the next warehouse may need {needed >> 20} MB: "
            "make room there, or keep fewer earlier ones (--keep)"
        )


class RollbackError(FlowError):
    """No earlier warehouse is kept, or none of the run wanted; `kept` are the runs there are."""

    def __init__(self, warehouse: Path, run_id: str | None, kept: list[str]) -> None:
        self.warehouse, self.run_id, self.kept = warehouse, run_id, kept
        there = f"there are {', '.join(kept)}" if kept else "none is kept yet"
        wanted = f"of run {run_id}" if run_id else "to go back to"
        super().__init__(f"{warehouse}: there is no earlier warehouse {wanted}; {there}")


class ServedError(FlowError):
    """Another process runs the schedule of this warehouse; `holder` is its process id as text."""

    def __init__(self, warehouse: Path, holder: str) -> None:
        self.warehouse, self.holder = warehouse, holder
        super().__init__(
            f"another gongkai serve (process {holder}) has the schedule of {warehouse}: "
            "stop that one first"
        )


class CorrectionsError(FlowError):
    """A line of the corrections file that has not its form."""

    def __init__(self, path: Path, line_no: int, wrong: str) -> None:
        self.path, self.line_no = path, line_no
        super().__init__(f"{path}, line {line_no}: the line {wrong}")


class StorageError(FlowError):
    """A place for files that cannot be used at all: an unknown kind, or its package is missing."""


class ClusterError(FlowError):
    """A cluster, or a worker of one, that cannot do this run."""


class WorkerError(FlowError):
    """Worker processes cannot be started at all."""


class PrefectError(FlowError):
    """Prefect itself does not run; the work can be done without it."""


class QueryError(FlowError):
    """A statement that `gongkai query` refuses or DuckDB cannot run."""


class RequestError(FlowError):
    """A command line that asks for what this warehouse does not have; exit code 2."""


class SourcesError(FlowError):
    """A file of sources that has not its form; `place` is the entry or setting, may be empty."""

    def __init__(self, path: Path, place: str, wrong: str) -> None:
        self.path, self.place = path, place
        super().__init__(f"{path}{f', {place}' if place else ''}: {wrong}")


class ManifestError(FlowError):
    """A manifest of fetched files that nobody but fetch should have written, and did not."""


class FetchError(FlowError):
    """One source that could not be fetched.

    `is_passing` where another try may help, `status` is that of HTTP, `retry_after` the seconds
    the host asks to wait.
    """

    def __init__(
        self,
        message: str,
        *,
        is_passing: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.is_passing, self.status, self.retry_after = is_passing, status, retry_after
        super().__init__(message)


class FetchStoppedError(FlowError):
    """The run was stopped while a source was being fetched."""
