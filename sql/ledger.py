"""Keep the books: which files were dealt with, which are in quarantine, what each run did.

Unlike the contents of a warehouse these are written row by row as a run goes along.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb
import pandas as pd

from sql.exceptions import WarehouseError, explained
from sql.scripts import script

_RUN_COLUMNS = (
    "run_id",
    "started_at",
    "finished_at",
    "status",
    "files_seen",
    "files_new",
    "files_unchanged",
    "reports_loaded",
    "files_quarantined",
    "findings",
    "version",
)


class LastRun(NamedTuple):
    """The last run in a warehouse: `number` is how many there are, `finished_at` is in UTC."""

    number: int
    run_id: str
    finished_at: datetime.datetime
    status: str
    count_reports: int


def last_run(con: duckdb.DuckDBPyConnection) -> LastRun | None:
    """Give the last run; None where there was none yet."""
    row = con.execute(script("load", "last_run").text).fetchone()
    return LastRun(*row) if row else None


def utc(moment: datetime.datetime) -> datetime.datetime:
    """Give a moment as the warehouse stores it: in UTC without a zone; one without is UTC."""
    return moment.astimezone(datetime.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def known_files(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give the files dealt with so far, one row a file.

    Columns: source_path, size, mtime_ns, sha256, report_id, version, outcome (`report`,
    `quarantine` or `archive`), is_present, is_read_here.
    """
    frame = con.execute(script("load", "known_files").text).df()
    # a warehouse made before files were marked
    return frame if "is_present" in frame else frame.assign(is_present=True)


def record_files(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> None:
    """Put files in the books, the new in place of the old.

    Columns: source_path, size, mtime_ns, sha256, report_id, version, outcome, seen_run_id.
    """
    _run_with(con, "source_files", frame)


def record_fetched(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> None:
    """Write where files were fetched from, the new in place of the old.

    Columns: those of the table `fetched_files`; fetched_at and checked_at are ISO 8601 in UTC,
    last_modified is as HTTP has it.
    """
    _run_with(con, "fetched_files", frame.astype(object).where(frame.notna(), None))


def record_quarantine(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame, run_id: str) -> None:
    """Put files into the quarantine; one that is there already keeps its first_run_id.

    Columns: source_path, source_sha256, stage, error, message.
    """
    con.execute("set variable run_id = ?", [run_id])
    _run_with(con, "quarantine", frame)


def clear_quarantine(con: duckdb.DuckDBPyConnection, paths: Iterable[str]) -> None:
    """Take files out of the quarantine that are well now, or gone."""
    _run_with(con, "paths", pd.DataFrame({"source_path": list(paths)}, dtype=object), "well_files")


def mark_gone(con: duckdb.DuckDBPyConnection, paths: Iterable[str]) -> None:
    """Mark files that are no longer in the inbox; what was read of them is kept."""
    _run_with(con, "paths", pd.DataFrame({"source_path": list(paths)}, dtype=object), "gone_files")


def record_run(con: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> None:
    """Write what is known of a run, by run_id; columns not given keep what they hold.

    Raises WarehouseError for a column that `runs` does not have.
    """
    unknown = sorted(set(values) - set(_RUN_COLUMNS))
    if unknown:
        raise WarehouseError(f"runs has no column {', '.join(unknown)}. Leave it out.")
    row = {
        name: utc(value) if isinstance(value, datetime.datetime) else value
        for name, value in values.items()
    }
    _run_with(con, "runs", pd.DataFrame([row], columns=list(_RUN_COLUMNS), dtype=object))


def _run_with(
    con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, name: str | None = None
) -> None:
    """Run the file `load/<name>.sql` (the table's, if not given) over a frame."""
    con.register(f"incoming_{table}", frame)
    try:
        with explained(f"Rows for {table} do not fit", "Compare them with docs/warehouse.md."):
            con.execute(script("load", name or table).text)
    finally:
        con.unregister(f"incoming_{table}")
