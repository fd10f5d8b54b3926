"""Errors in one line: what, where, what to do. Imported only once something has gone wrong."""

import errno

import duckdb

from extract import ExtractError
from flows.exceptions import FlowError, RequestError
from flows.query import one_line
from sql.warehouse import WarehouseError

_ADVICE = {
    errno.ENOENT: "check the path",
    errno.EEXIST: "it is a file where a folder is needed; choose another path",
    errno.ENOTDIR: "a part of the path is a file; choose another path",
    errno.EISDIR: "name a file",
    errno.EACCES: "give this user the right to it, or choose another path",
    errno.EPERM: "give this user the right to it, or choose another path",
    errno.EROFS: "choose a path that can be written to",
    errno.ENOSPC: "make room there",
    errno.EDQUOT: "make room there, or have the quota raised",
    errno.EFBIG: "raise the limit on the size of files (ulimit -f)",
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
    errno.ENAMETOOLONG: "choose a shorter path",
}

# Statements are our own here: what users write fails as a QueryError.
_NO_WAREHOUSE = (
    "This file is no warehouse of gongkai, or one of another version: name another with "
    "--warehouse, or move it away and ingest again."
)


def explain(error: Exception) -> str:
    """Give the line a user sees for an error."""
    if isinstance(error, FlowError | WarehouseError | ExtractError):
        return " ".join(str(error).split())
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
        return f"{one_line(error)} {_NO_WAREHOUSE}"
    if isinstance(error, duckdb.Error):
        return one_line(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        advice = f": {_ADVICE[error.errno]}" if error.errno in _ADVICE else ""
        return f"{where}{error.strerror or error}{advice}"
    if isinstance(error, MemoryError):
        return "out of memory: use fewer --workers"
    first = next(iter(str(error).splitlines()), "no message")
    return f"unexpected {type(error).__name__}: {first} (a defect of gongkai: please report it)"


def exit_code(error: Exception) -> int:
    """Give 2 where the command line is at fault, else 1."""
    return 2 if isinstance(error, RequestError) else 1
