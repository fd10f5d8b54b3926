"""What a worker does: one chunk of files to one shard of Parquet. Imports no Prefect."""

import gc
import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import duckdb

from extract import Document, UnreadableFileError, needs_conversion, read_document, to_docx
from flows import limits
from flows.archives import read_member
from flows.exceptions import FlowError
from flows.places import is_url
from flows.records import Chunk, ChunkResult, Failure, SourceFile
from flows.reference import load_reference
from flows.sightings import unread
from flows.storage import REQUESTS_AT_A_TIME, read_file
from sql import warehouse
from transform.frames import to_frames
from transform.keys import require_keys
from transform.records import Report, Source
from transform.report import build_report

_NEW_OBJECTS = 100_000

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def process_chunk(chunk: Chunk, shards: Path) -> ChunkResult:
    """Read, transform and write the files of a chunk to `shards`; a bad file is a failure.

    Raises only what stops the whole run: a disk that is full or gone, limits that are no numbers.
    """
    limits.limits()
    reports: list[Report] = []
    failures: list[Failure] = []
    with _rare_collections():
        for made in make_reports(chunk.files):
            if isinstance(made, Failure):
                failures.append(made)
            else:
                reports.append(made)
        limits.rest()
        refused = _write(reports, {file.sha256: file for file in chunk.files}, shards, chunk.name)
    return ChunkResult(len(reports) - len(refused), (*failures, *refused))


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage in cycles after many new objects only.

    A chunk makes some hundred thousand records that stay until it is written; at the usual
    pace looking through them takes a quarter of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def make_reports(files: Iterable[SourceFile]) -> Iterator[Report | Failure]:
    """Take files from bytes to reports; those that must be converted come last, all in one call."""
    waiting: list[tuple[SourceFile, bytes]] = []
    files = tuple(files)
    with _read_ahead(files) as readers:
        for file in files:
            data = _read(file, readers.get(file) or partial(_bytes_of, file))
            if isinstance(data, Failure):
                yield data
            elif needs_conversion(data):
                waiting.append((file, data))
            else:
                yield _make_report(file, partial(read_document, data))
    # It has limits of its own.
    limits.rest()
    converted = to_docx([data for _, data in waiting])
    for (file, data), docx in zip(waiting, converted, strict=True):
        yield _make_report(file, partial(read_document, data, partial(_given, docx)))


@contextmanager
def _read_ahead(files: Sequence[SourceFile]) -> Iterator[Mapping[SourceFile, Callable[[], bytes]]]:
    """Read what lies in a store, many files at a time; give what waits for each of them.

    A chunk is bounded in bytes, so that all of it may be held.
    """
    remote = [f for f in files if is_url(f.path) and not f.member and f.size <= limits.MAX_BYTES]
    with ThreadPoolExecutor(REQUESTS_AT_A_TIME) as threads:
        yield {file: threads.submit(read_file, file.path).result for file in remote}


def _given(docx: bytes | UnreadableFileError, _data: bytes) -> bytes:
    if isinstance(docx, UnreadableFileError):
        raise docx
    return docx


def _make_report(file: SourceFile, read: Callable[[], Document]) -> Report | Failure:
    document = _attempt("extract", file, partial(_within_limits, file, read))
    if isinstance(document, Failure):
        return document
    source = Source(file.source_path, file.sha256, file.size, file.url)
    reference = load_reference()
    report = _attempt(
        "transform",
        file,
        partial(
            _within_limits, file, lambda: require_keys(build_report(document, source, reference))
        ),
    )
    if isinstance(report, Report) and (why := report.why_no_report):
        return Failure(file.source_path, file.sha256, "transform", "NotAReport", why)
    return report


def _within_limits(file: SourceFile, step: Callable[[], Result]) -> Result:
    with limits.limited(file.size):
        return step()


def _read(file: SourceFile, read: Callable[[], bytes]) -> bytes | Failure:
    if file.size > limits.MAX_BYTES:
        error = limits.too_large(f"{file.size / (1 << 20):.0f} MB")
        return Failure(file.source_path, file.sha256, "read", error.error, str(error))
    try:
        data = _attempt("read", file, partial(_within_limits, file, read), OSError, FlowError)
    except OSError as error:
        return unread(file.source_path, error)
    if isinstance(data, Failure):
        return data
    if hashlib.sha256(data).hexdigest() != file.sha256:
        message = "The file changed while it was read. The next run reads it again."
        return Failure(file.source_path, None, "read", "ChangedFile", message)
    return data


def _bytes_of(file: SourceFile) -> bytes:
    """Read no more than a file may have, though it has grown since it was found."""
    if file.member:
        return read_member(file)
    if is_url(file.path):
        return read_file(file.path)
    with Path(file.path).open("rb") as stream:
        return stream.read(file.size + 1)


def _write(
    reports: Sequence[Report], files: dict[str, SourceFile], shards: Path, name: str
) -> list[Failure]:
    """Write reports as shard `name`; where that fails, each alone, to find the guilty one."""
    if not reports:
        return []
    file = files[reports[0].source.source_sha256]
    outcome = _attempt(
        "load", file, lambda: warehouse.write_shard(to_frames(reports), shards, name), OSError
    )
    if outcome is None:
        return []
    discard_shard(shards, name)
    if len(reports) == 1:
        return [outcome]
    alone = (
        _write([report], files, shards, f"{name}-{number:04d}")
        for number, report in enumerate(reports)
    )
    return [failure for failures in alone for failure in failures]


def discard_shard(shards: Path, name: str) -> None:
    """Remove what was written of a shard."""
    for table in warehouse.SHARD_TABLES:
        (shards / table / f"{name}.parquet").unlink(missing_ok=True)


def _attempt(
    stage: str,
    file: SourceFile,
    step: Callable[[], Result],
    *fatal: type[Exception],
) -> Result | Failure:
    """Run one step for one file; what it raises is this file's failure.

    Only `fatal` errors and a disk that cannot be written to are passed on: no other file would
    fare better.
    """
    try:
        return step()
    except fatal:
        raise
    except UnreadableFileError as error:
        return Failure(file.source_path, file.sha256, stage, error.error, str(error))
    except warehouse.WarehouseError as error:
        if isinstance(error.__cause__, duckdb.IOException):
            raise
        return Failure(file.source_path, file.sha256, stage, type(error).__name__, str(error))
    # The one place that catches everything: files come from anywhere, and a defect that one of
    # them uncovers must cost that file, never the night's run.
    except Exception as error:
        logger.debug("%s failed at %s", file.source_path, stage, exc_info=True)
        kind = type(error).__name__
        message = (
            f"Unexpected {kind} at stage {stage}: {_first_line(error)}. "
            "This is a defect of gongkai: please report it with the file."
        )
        return Failure(file.source_path, file.sha256, stage, kind, message)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "no message")
