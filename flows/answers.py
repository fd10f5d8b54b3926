"""Rows on stdout: as a table for eyes, as CSV or JSON for programs."""

import csv
import sys
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.cells import plain, to_json
from flows.printable import printable
from flows.query import Answer

# Wider than any row: rich cuts and wraps to the width it is told.
_UNBOUNDED = 1_000_000


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
    else:
        _write_table(answer, stream)
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
    for row in answer.rows:
        stream.write(f"{lead}{to_json(dict(zip(answer.columns, row, strict=True)))}")
        lead = ",\n"
    stream.write("[]\n" if lead == "[\n" else "\n]\n")


def _write_table(answer: Answer, stream: TextIO) -> None:
    """Write an aligned table, Chinese characters two columns wide, numbers to the right."""
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    on_terminal = stream.isatty()
    for name, is_number in zip(answer.columns, answer.is_number, strict=True):
        table.add_column(
            Text(printable(name)),
            justify="right" if is_number else "left",
            no_wrap=not on_terminal,
            overflow="fold",
        )
    for row in answer.rows:
        table.add_row(*(Text(printable(plain(value))) for value in row))
    console_for(stream).print(table)
