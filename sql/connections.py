"""Open warehouses: for writing, for reading, and locked down for queries that strangers write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from sql.exceptions import WarehouseBusyError, WarehouseError

ConfigValue = str | bool | int

# Frames come with object columns; their type would otherwise be guessed from a sample of rows.
# What does not fit in memory is spilled beside the warehouse, so that its size has no limit.
CONFIG: dict[str, ConfigValue] = {"pandas_analyze_sample": 0, "memory_limit": "800MB"}

# With these, SQL reaches nothing but the warehouse: no file, no network, no extension, no variable
# of this process; locked by `connect_for_query`, so that no statement can lift them.
_LOCKED_DOWN: dict[str, ConfigValue] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
    "memory_limit": "1GB",
}

_BUSY = "Could not set lock"
_SIGNALLED = "Query interrupted"
# What DuckDB says, and what it means for whoever ran the command.
_REASONS = (
    (
        _BUSY,
        "{path} is open in another process. Wait for it to end, or close that program.",
    ),
    (
        "not a valid DuckDB database",
        "{path} is not a DuckDB file. Name another file, or move this one away and ingest again.",
    ),
    (
        "Is a directory",
        "{path} is a folder. Name a file for the warehouse.",
    ),
    (
        "different configuration",
        "{path} is open in this program in another way. Close that connection first.",
    ),
)


def connect(path: Path | str, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a warehouse; for writing, a missing file is made. `:memory:` opens one in memory.

    Raises WarehouseError, in one line, where the file is missing (read_only) or not a DuckDB file,
    and WarehouseBusyError where another process holds it.
    """
    return _open(path, read_only, CONFIG)


def connect_for_query(path: Path | str) -> duckdb.DuckDBPyConnection:
    """Open a warehouse to run SQL that others wrote: read-only, and with no way out of it.

    Raises WarehouseError as `connect` does.
    """
    con = _open(path, True, _LOCKED_DOWN)
    con.execute("set lock_configuration = true")
    return con


@contextmanager
def closing(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Close a connection at the end, whatever it is at.

    Of a signal DuckDB makes an error of its own; here it is a KeyboardInterrupt again, and the
    statement is stopped, which closing would otherwise wait for.
    """
    try:
        yield con
    except BaseException as error:
        con.interrupt()
        if isinstance(error, RuntimeError) and str(error) == _SIGNALLED:
            raise KeyboardInterrupt from error
        raise
    finally:
        con.close()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


def _open(
    path: Path | str, read_only: bool, config: dict[str, ConfigValue]
) -> duckdb.DuckDBPyConnection:
    if read_only and not Path(path).exists():
        raise WarehouseError(f"{path} does not exist. Make it with `gongkai ingest INBOX`.")
    try:
        con = duckdb.connect(str(path), read_only=read_only, config=dict(config))
    except duckdb.Error as error:
        kind = WarehouseBusyError if _BUSY in str(error) else WarehouseError
        raise kind(_explain(str(error), path)) from error
    # it would be drawn on stdout, into the data that is written there
    con.execute("set enable_progress_bar = false")
    return con


def _explain(said: str, path: Path | str) -> str:
    for sign, reason in _REASONS:
        if sign in said:
            return reason.format(path=path)
    first_line = said.strip().splitlines()[0]
    advice = "Go back to an earlier one (gongkai rollback), or move it away and ingest again."
    return f"{path} cannot be opened: {first_line}. {advice}"
