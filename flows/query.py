"""One statement against the warehouse, read-only, with its answer as a stream of rows."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from flows.exceptions import QueryError

_BATCH = 10_000
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_NUMBERS = {
    "tinyint", "smallint", "integer", "bigint", "hugeint",
    "utinyint", "usmallint", "uinteger", "ubigint", "uhugeint",
    "float", "double", "decimal", "bignum",
}  # fmt: skip
_REFUSAL = (
    "gongkai query only reads: give one statement that begins with select, from, with, "
    "values, describe, summarize or pivot"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of the columns, which of them are numbers, and the rows, to be read once."""

    columns: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: Iterator[tuple[object, ...]]


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Run one reading statement; raises QueryError, in one line, where it cannot be run."""
    if sql.encode("utf-8", "ignore").decode("utf-8") != sql:
        raise QueryError("the statement is not UTF-8: set the terminal to it, or write it anew")
    try:
        _require_reading(con.extract_statements(sql))
        con.execute(sql)
    except duckdb.Error as error:
        raise QueryError(one_line(error)) from None
    description = con.description or []
    return Answer(
        columns=tuple(column[0] for column in description),
        is_number=tuple(column[1].id in _NUMBERS for column in description),
        rows=_stream(con),
    )


def one_line(error: duckdb.Error) -> str:
    """Fold a message of DuckDB into one line, without its picture of the statement."""
    lines = str(error).partition("\n\nLINE ")[0].splitlines()
    return " ".join(line.strip() for line in lines if line.strip())


def _require_reading(statements: list[duckdb.Statement]) -> None:
    """Refuse anything but one statement that reads.

    DuckDB makes two of a `pivot`, one that gathers the new columns and the one that was written;
    the first is known by having no text.
    """
    written = [s for s in statements if s.query or s.type != duckdb.StatementType.CREATE]
    if len(written) != 1 or written[0].type not in _READING:
        raise QueryError(_REFUSAL)


def _stream(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    try:
        while rows := con.fetchmany(_BATCH):
            yield from rows
    except duckdb.Error as error:
        raise QueryError(one_line(error)) from None
