"""The warehouse: does it open, does it hold what it should, how did the last runs go."""

import datetime

from flows.complaints import explain
from flows.corrections import read_corrections
from flows.doctor.record import OK, WARNING, WRONG, Check, Patient
from flows.exceptions import FlowError
from flows.ingest import counted
from flows.journal import FAILED, RUNNING, Entry, read_journal
from flows.lock import holder_of
from sql import warehouse
from sql.warehouse import WarehouseError

_OLD = datetime.timedelta(days=2)
_RUN_AGAIN = "look into the log and run gongkai ingest"


def content(patient: Patient) -> Check:
    """Open the warehouse and prove it as a run does before it publishes."""
    path = patient.settings.warehouse
    if not path.exists():
        return Check("warehouse", WARNING, f"{path} is not there yet", "run gongkai ingest INBOX")
    try:
        with warehouse.closing(warehouse.connect(path, read_only=True)) as con:
            warehouse.verify(con)
            reports, findings = len(con.table("reports")), len(con.table("findings"))
    except (WarehouseError, OSError) as error:
        advice = "restore it from a copy, or move it away and ingest again"
        return Check("warehouse", WRONG, explain(error), advice)
    told = f"{counted(reports, 'report')}, {counted(findings, 'finding')}, proved"
    return Check("warehouse", OK, f"{path}: {told}")


def quarantine(patient: Patient) -> Check:
    """Count the files that could not become reports."""
    path = patient.settings.warehouse
    if not path.exists():
        return Check("quarantine", OK, "no file")
    try:
        with warehouse.closing(warehouse.connect(path, read_only=True)) as con:
            number = len(con.table("quarantine"))
    except WarehouseError as error:
        return Check("quarantine", WRONG, explain(error), "see warehouse")
    if number:
        advice = 'gongkai query "from quarantine"'
        return Check("quarantine", WARNING, counted(number, "file"), advice)
    return Check("quarantine", OK, "no file")


def corrections(patient: Patient) -> Check:
    """Read the corrections file: a line without its form stops every run."""
    try:
        lines = read_corrections(patient.settings.corrections)
    except (FlowError, OSError) as error:
        return Check("corrections", WRONG, explain(error), "mend the line")
    return Check("corrections", OK, counted(len(lines), "line"))


def last_run(patient: Patient) -> Check:
    """Tell when the last run was and how it went."""
    entry = read_journal(patient.settings).last
    if entry is None:
        return Check("last run", OK, "none yet")
    writer = holder_of(patient.settings.lock)
    if writer:
        return Check(
            "last run", OK, f"under way since {_local(entry.started_at)}, by process {writer}"
        )
    return _ended(entry)


def _ended(entry: Entry) -> Check:
    began = _local(entry.started_at)
    if entry.outcome == RUNNING or not entry.ended_at:
        message = f"began {began} and was cut short; the warehouse is as it was"
        return Check("last run", WARNING, message, _RUN_AGAIN)
    told = f"began {began}, ended {_local(entry.ended_at)}, {entry.outcome}"
    if entry.outcome == FAILED:
        return Check("last run", WRONG, f"{told}: {entry.message}", _RUN_AGAIN)
    if datetime.datetime.now(datetime.UTC) - entry.ended_at > _OLD:
        return Check("last run", WARNING, told, "see whether the schedule still works")
    return Check("last run", OK, told)


def schedule(patient: Patient) -> Check:
    """Tell whether gongkai serve runs for this warehouse."""
    holder = holder_of(patient.settings.state / "schedule.lock")
    message = f"gongkai serve, process {holder}" if holder else "no gongkai serve at the moment"
    return Check("schedule", OK, message)


def _local(moment: datetime.datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
