"""Rows on stdout: as a table for eyes, as CSV or JSON for programs."""

import csv
import itertools
import sys
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from flows.cells import plain, to_json
from flows.plain_table import write_plain_table
from flows.printable import printable
from flows.query import Answer

# Wider than any row: rich cuts and wraps to the width it is told.
_UNBOUNDED = 1_000_000
_MOST_ON_TERMINAL = 1_000


def data_stream() -> TextIO:
    """Give stdout; in UTF-8 wherever no terminal has asked for something else."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", newline="")
    return stream


def console_for(stream: TextIO) -> Console:
    """Give a console that wraps on a terminal and never elsewhere."""
    width = None if stream.isatty() else _UNBOUNDED
    return Console(file=stream, width=width, highlight=False)


def write_answer(answer: Answer, kind: str) -> None:
    """Write an answer as `table`, `csv` or `json`."""
    stream = data_stream()
    if kind == "csv":
        _write_csv(answer, stream)
    elif kind == "json":
        _write_json(answer, stream)
    elif stream.isatty():
        _write_on_terminal(answer, stream)
    else:
        write_plain_table(answer, stream)
    stream.flush()


def _write_csv(answer: Answer, stream: TextIO) -> None:
    """Write exactly what is stored, but on a terminal nothing that would steer it."""
    show = printable if stream.isatty() else str
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(show, answer.columns))
    for row in answer.rows:
        writer.writerow([show(plain(value)) for value in row])


def _write_json(answer: Answer, stream: TextIO) -> None:
    """Write a list of objects, one a line."""
    lead = "[\n"
    names = _distinct(answer.columns)
    for row in answer.rows:
        stream.write(f"{lead}{to_json(dict(zip(names, row, strict=True)))}")
        lead = ",\n"
    stream.write("[]\n" if lead == "[\n" else "\n]\n")


def _distinct(names: Sequence[str]) -> list[str]:
    """Number names that stand twice, as DuckDB does in tables: an object has each but once.

    >>> _distinct(("a", "b", "a", "a_1"))
    ['a', 'b', 'a_2', 'a_1']
    """
    distinct: list[str] = []
    for name in names:
        others = (f"{name}_{number}" for number in itertools.count(1))
        free = (other for other in others if other not in names and other not in distinct)
        distinct.append(next(free) if name in distinct else name)
    return distinct


def _write_on_terminal(answer: Answer, stream: TextIO) -> None:
    """Write a table that wraps, of as many rows as anybody looks at; the rest is not asked for."""
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for name, is_number in zip(answer.columns, answer.is_number, strict=True):
        side: JustifyMethod = "right" if is_number else "left"
        table.add_column(Text(printable(name)), justify=side, overflow="fold")
    for row in itertools.islice(answer.rows, _MOST_ON_TERMINAL):
        table.add_row(*(Text(printable(plain(value))) for value in row))
    console = console_for(stream)
    console.print(table)
    if next(answer.rows, None):
        said = f"… the first {_MOST_ON_TERMINAL:,} rows; --format csv gives all, and so does a pipe"
        console.print(Text(said, style="dim"))
