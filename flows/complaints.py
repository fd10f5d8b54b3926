"""Errors in one line: what, where, what to do. Imported only once something has gone wrong."""

import duckdb

from extract import ExtractError
from flows.exceptions import FlowError, RequestError
from flows.query import one_line
from sql.warehouse import WarehouseError


def explain(error: Exception) -> str:
    """Give the line a user sees for an error."""
    if isinstance(error, FlowError | WarehouseError | ExtractError):
        return " ".join(str(error).split())
    if isinstance(error, duckdb.Error):
        return one_line(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    if isinstance(error, MemoryError):
        return "out of memory: use fewer --workers"
    first = next(iter(str(error).splitlines()), "no message")
    return f"unexpected {type(error).__name__}: {first} (a defect of gongkai: please report it)"


def exit_code(error: Exception) -> int:
    """Give 2 where the command line is at fault, else 1."""
    return 2 if isinstance(error, RequestError) else 1
