"""What a run brings to the warehouse: the worklist and the results of its chunks, put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flows.records import ARCHIVE, QUARANTINE, REPORT, ChunkResult, Failure, KnownFile, SourceFile
from flows.worklist import Worklist

_REPORT_ID_DIGITS = 16


class FileRow(NamedTuple):
    """One row of the table `source_files`, but for the run."""

    source_path: str
    size: int
    mtime_ns: int
    sha256: str
    report_id: str | None
    version: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run adds.

    `reports` is the number in the shards, `files` are those whose content is settled, `well` the
    paths that leave the quarantine, `gone` those at which there is no file any more.
    """

    reports: int
    files: tuple[FileRow, ...]
    failures: tuple[Failure, ...]
    well: tuple[str, ...]
    gone: tuple[str, ...]


def gather(
    work: Worklist, results: Iterable[ChunkResult], known: Mapping[str, KnownFile], version: str
) -> Harvest:
    """Put a run's worklist and the results of its chunks together.

    A repeat shares the fate of the file whose content it repeats.
    """
    reports = 0
    failed = {failure.source_path: failure for failure in work.failures}
    for result in results:
        reports += result.reports
        failed.update({failure.source_path: failure for failure in result.failures})
    twins = {file.sha256: failed.get(file.source_path) for file in work.fresh}
    for file in work.repeats:
        twin = twins.get(file.sha256)
        if twin:
            failed[file.source_path] = twin._replace(source_path=file.source_path)
    rows = [_row(file, failed.get(file.source_path), version) for file in work.fresh]
    rows += [_row(file, failed.get(file.source_path), version) for file in work.repeats]
    rows += [_touched_row(file, before) for file, before in work.touched]
    rows += [_file_row(file, ARCHIVE, version) for file in work.archives]
    files = tuple(row for row in rows if row)
    ill = {path for path, file in known.items() if file.outcome == QUARANTINE}
    well = [
        row.source_path for row in files if row.outcome != QUARANTINE and row.source_path in ill
    ]
    well += work.recovered
    well += [path for path in work.gone if path in ill]
    return Harvest(reports, files, tuple(failed.values()), tuple(well), tuple(work.gone))


def _row(file: SourceFile, failure: Failure | None, version: str) -> FileRow | None:
    """Give the row of a file, or None where its bytes could not be read after all."""
    if failure and not failure.source_sha256:
        return None
    outcome = QUARANTINE if failure else REPORT
    return _file_row(file, outcome, version)


def _touched_row(file: SourceFile, before: KnownFile) -> FileRow:
    """Give the row of a file of which only the time stamp is new."""
    return _file_row(file, before.outcome, before.version)


def _file_row(file: SourceFile, outcome: str, version: str) -> FileRow:
    report_id = file.sha256[:_REPORT_ID_DIGITS] if outcome == REPORT else None
    return FileRow(
        file.source_path, file.size, file.mtime_ns, file.sha256, report_id, version, outcome
    )
