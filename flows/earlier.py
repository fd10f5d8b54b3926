"""Warehouses that were published before, kept for a way back.

An edition is named by the number of runs it holds, which no clock can turn back, and by its last
run. It is a hard link to the file that was published, so keeping it costs no copy.
"""

import logging
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.drafts import put_in_place, replacing
from flows.exceptions import RollbackError
from flows.settings import Settings
from sql import warehouse
from sql.exceptions import WarehouseBusyError

_SUFFIX = ".duckdb"
logger = logging.getLogger(__name__)


class Edition(NamedTuple):
    """A warehouse that was published: its file, and the last of the runs in it."""

    path: Path
    run: warehouse.LastRun


def keep_published(settings: Settings, run: warehouse.LastRun | None) -> None:
    """Put the published file among the earlier editions; `run` is its last one.

    The published name stays as it is: whoever opens it finds the warehouse.
    """
    if run is None or not settings.warehouse.exists():
        return
    settings.earlier.mkdir(parents=True, exist_ok=True)
    place = settings.earlier / f"{run.number:06d}-{run.run_id}{_SUFFIX}"
    place.unlink(missing_ok=True)
    try:
        os.link(settings.warehouse, place)
    except OSError:
        # a file system without links
        with replacing(place) as draft:
            shutil.copy2(settings.warehouse, draft)


def forget_all_but(settings: Settings, count: int) -> None:
    """Delete the oldest editions."""
    places = sorted(settings.earlier.glob(f"*{_SUFFIX}"))
    for place in places[: max(0, len(places) - count)]:
        place.unlink()


def editions(settings: Settings) -> list[Edition]:
    """List the earlier editions, the newest first; raises WarehouseError where one is damaged.

    One that a run put there before it was killed is the published file itself, and is left out.
    """
    found = []
    for place in sorted(settings.earlier.glob(f"*{_SUFFIX}"), reverse=True):
        if settings.warehouse.exists() and place.samefile(settings.warehouse):
            continue
        with warehouse.closing(warehouse.connect(place, read_only=True)) as con:
            run = warehouse.last_run(con)
        if run:
            found.append(Edition(place, run))
    return found


def roll_back(settings: Settings, run_id: str | None) -> Edition:
    """Publish an earlier edition again, the newest if none is named; what stands now is kept.

    Call it as the only writer. Raises RollbackError where there is none such.
    """
    found = editions(settings)
    chosen = [edition for edition in found if run_id in (None, edition.run.run_id)]
    if not chosen:
        raise RollbackError(settings.warehouse, run_id, [edition.run.run_id for edition in found])
    if settings.warehouse.exists():
        _set_aside(settings)
    put_in_place(chosen[0].path, settings.warehouse)
    return chosen[0]


def _set_aside(settings: Settings) -> None:
    """Put the published file among the earlier editions; a damaged one beside its place."""
    try:
        with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
            run = warehouse.last_run(con)
    except WarehouseBusyError:
        raise
    except (warehouse.WarehouseError, duckdb.Error):
        damaged = settings.warehouse.with_name(f"{settings.warehouse.name}.damaged")
        settings.warehouse.replace(damaged)
        logger.warning("what was published is damaged and stands in %s now", damaged)
    else:
        keep_published(settings, run)
