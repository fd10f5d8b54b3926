"""The warehouse from the outside: what it remembers, and how the next one takes its place.

The next warehouse is built beside the published one and renamed over it. Whoever reads keeps the
file that was opened; whoever opens later gets the new one; nobody ever sees half of one.
"""

import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from flows.corrections import Correction
from flows.drafts import clone, put_in_place
from flows.earlier import forget_all_but, keep_published
from flows.exceptions import FlowError
from flows.fetch.manifest import Fetched
from flows.harvest import FileRow, Harvest
from flows.records import QUARANTINE, Failure, KnownFile, NewError, NewFindings
from flows.reference import REFERENCE_DIR
from flows.settings import Settings
from sql import warehouse
from sql.news import new_errors, new_findings, remember_findings


@dataclass(frozen=True, slots=True)
class Run:
    """The run that is recorded with what it publishes."""

    run_id: str
    started_at: datetime.datetime
    version: str
    files_seen: int
    files_new: int


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: reports loaded by this run, findings in the whole warehouse, new ones."""

    reports_loaded: int
    findings: int
    new_findings: tuple[NewFindings, ...]
    new_errors: tuple[NewError, ...]


def utc_now() -> datetime.datetime:
    """Now in UTC and without a zone, as the warehouse stores it."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def read_known(settings: Settings) -> dict[str, KnownFile]:
    """Read what the published warehouse remembers of every path; nothing where there is none.

    The quarantine has the last word for paths whose content it could not have: folders, and files
    that could not be read.
    """
    if not settings.warehouse.exists():
        return {}
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        files = warehouse.known_files(con)
        quarantine = con.table("quarantine").df()
    columns = (files[name].tolist() for name in ("source_path", *KnownFile._fields))
    known = {path: KnownFile(*rest) for path, *rest in zip(*columns, strict=True)}
    unread = quarantine.loc[quarantine["source_sha256"].isna(), "source_path"].tolist()
    return known | {path: KnownFile(0, 0, None, "", QUARANTINE) for path in unread}


def read_known_corrections(settings: Settings) -> tuple[Correction, ...]:
    """Read the corrections the published warehouse was made with; none where there is none."""
    if not settings.warehouse.exists():
        return ()
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        lines = warehouse.known_corrections(con)
    return tuple(Correction(*line) for line in lines.itertuples(index=False))


def publish(
    settings: Settings,
    harvest: Harvest,
    corrections: tuple[Correction, ...],
    fetched: tuple[Fetched, ...],
    run: Run,
    keep: int,
) -> Published:
    """Build the next warehouse from the published one and a harvest, prove it, rename it.

    `fetched` says where files of the inbox were fetched from; the `keep` warehouses published last
    stay for a way back. Raises `sql.warehouse.WarehouseError` where the next one does not hold what
    it should; the published file is then as it was.
    """
    try:
        _begin(settings)
        last_run, published = _build(settings, harvest, corrections, fetched, run)
        keep_published(settings, last_run)
        put_in_place(settings.upcoming, settings.warehouse)
    finally:
        # what is half done may fill the disk
        _clear(settings)
    forget_all_but(settings, keep)
    return published


def _build(
    settings: Settings,
    harvest: Harvest,
    corrections: tuple[Correction, ...],
    fetched: tuple[Fetched, ...],
    run: Run,
) -> tuple[warehouse.LastRun | None, Published]:
    """Make the next warehouse and prove it; give the last run of the published one, too."""
    with warehouse.closing(warehouse.connect(settings.upcoming)) as con:
        warehouse.create(con, REFERENCE_DIR)
        last_run = warehouse.last_run(con)
        lines = pd.DataFrame(corrections, columns=list(Correction._fields), dtype=object)
        warehouse.load_corrections(con, lines)
        warehouse.record_fetched(con, pd.DataFrame(fetched, columns=list(Fetched._fields)))
        remember_findings(con)
        published = _load(con, settings, harvest, run)
        warehouse.verify_load(con)
        con.checkpoint()
    return last_run, published


def amend(settings: Settings, change: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Publish the warehouse with one change made to it; whoever calls holds the lock."""
    try:
        _begin(settings)
        with warehouse.closing(warehouse.connect(settings.upcoming)) as con:
            change(con)
            con.checkpoint()
        put_in_place(settings.upcoming, settings.warehouse)
    finally:
        _clear(settings)


def _begin(settings: Settings) -> None:
    """Lay a copy of the published file, and of a log that another program left beside it."""
    _clear(settings)
    for suffix in ("", ".wal"):
        if _beside(settings.warehouse, suffix).exists():
            clone(_beside(settings.warehouse, suffix), _beside(settings.upcoming, suffix))


def _clear(settings: Settings) -> None:
    """Remove a next warehouse that was not published."""
    for suffix in ("", ".wal"):
        _beside(settings.upcoming, suffix).unlink(missing_ok=True)
    shutil.rmtree(_beside(settings.upcoming, ".tmp"), ignore_errors=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _load(
    con: duckdb.DuckDBPyConnection, settings: Settings, harvest: Harvest, run: Run
) -> Published:
    loaded = warehouse.load_shards(con, settings.shards, run.run_id, utc_now())
    if loaded != harvest.reports:
        message = f"{harvest.reports} reports were read but {loaded} loaded: ingest again"
        raise FlowError(message)
    files = pd.DataFrame(harvest.files, columns=FileRow._fields).assign(seen_run_id=run.run_id)
    warehouse.record_files(con, files)
    failures = pd.DataFrame(harvest.failures, columns=Failure._fields)
    warehouse.record_quarantine(con, failures, run.run_id)
    refused = (one.source_sha256 for one in harvest.failures if one.is_refused)
    warehouse.withdraw(con, [digest for digest in refused if digest])
    warehouse.clear_quarantine(con, list(harvest.well))
    warehouse.mark_gone(con, list(harvest.gone))
    warehouse.finish_load(con, run.run_id)
    findings = len(con.table("findings"))
    warehouse.record_run(
        con,
        {
            "run_id": run.run_id,
            "started_at": run.started_at,
            # a clock may be set back under way
            "finished_at": max(utc_now(), run.started_at),
            "status": "quarantined" if harvest.failures else "ok",
            "files_seen": run.files_seen,
            "files_new": run.files_new,
            "files_unchanged": run.files_seen - run.files_new,
            "reports_loaded": loaded,
            "files_quarantined": len(harvest.failures),
            "findings": findings,
            "version": run.version,
        },
    )
    return Published(
        loaded,
        findings,
        tuple(NewFindings._make(row) for row in new_findings(con)),
        tuple(NewError._make(row) for row in new_errors(con)),
    )
