"""What can go wrong in the warehouse, each in one line: what, where, what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


class WarehouseError(Exception):
    """A warehouse that cannot be opened, loaded or trusted."""


class WarehouseBusyError(WarehouseError):
    """A warehouse that another process holds open; that passes."""


@contextmanager
def explained(what: str, advice: str) -> Iterator[None]:
    """Turn an error of DuckDB into one line: what was tried, DuckDB's first line, advice."""
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise WarehouseError(f"{what}: {reason} {advice}") from error
