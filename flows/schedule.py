"""When a schedule last came due, and whether that time was used."""

import datetime
import zoneinfo

from cronsim import CronSim, CronSimError

from flows.exceptions import RequestError
from flows.journal import read_journal
from flows.settings import Settings
from sql import warehouse
from sql.warehouse import WarehouseError

_FIELDS = 5
_LAST_RUN = "select max(finished_at) from runs"


def last_due(cron: str, timezone: str, now: datetime.datetime) -> datetime.datetime:
    """Give the last moment before `now` at which a cron line came due.

    Raises RequestError where it is no cron line of five fields, or no time zone is so called.
    """
    try:
        zone = zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        message = f"there is no time zone {timezone!r}: give one such as Asia/Shanghai or UTC"
        raise RequestError(message) from None
    try:
        if len(cron.split()) != _FIELDS:
            raise CronSimError("Wrong number of fields")
        return next(CronSim(cron, now.astimezone(zone), reverse=True))
    except (CronSimError, StopIteration):
        message = f'{cron!r} is no schedule: give minute, hour, day, month, weekday: "30 2 * * *"'
        raise RequestError(message) from None


def last_finished(settings: Settings, inbox: str) -> datetime.datetime | None:
    """Give when this inbox was last brought in without an error, None where it never was.

    A warehouse without a journal of this inbox is asked for its last run.
    """
    moment = read_journal(settings).finished.get(inbox)
    if moment or not settings.warehouse.exists():
        return moment
    try:
        with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
            (finished,) = con.execute(_LAST_RUN).fetchall()[0]
    except WarehouseError:
        return None
    return finished.replace(tzinfo=datetime.UTC) if finished else None


def is_missed(settings: Settings, inbox: str, due: datetime.datetime) -> bool:
    """Tell whether an inbox was not brought in since a moment it was due.

    One that never was has missed it too: whoever sets up a schedule sees at once how it goes.
    """
    finished = last_finished(settings, inbox)
    return finished is None or finished < due
