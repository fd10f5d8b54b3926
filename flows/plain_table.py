"""An answer as an aligned table for pipes and files: never cut or wrapped, however many rows."""

from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from typing import TextIO, TypeAlias

from rich.cells import cell_len

from flows.cells import plain
from flows.printable import printable
from flows.query import Answer

# Rows are held until it is known how wide they are: so many at a time.
_BATCH = 10_000
_BETWEEN = "   "

# The lines of each cell.
_Row: TypeAlias = list[list[str]]


def write_plain_table(answer: Answer, stream: TextIO) -> None:
    """Write an answer, Chinese characters two columns wide and numbers to the right.

    Columns become wider on the way where later rows ask for it.
    """
    names = [_lines(name) for name in answer.columns]
    widths = _widths([0] * len(names), [names])
    rows = ([_lines(plain(value)) for value in row] for row in answer.rows)
    batch = list(islice(rows, _BATCH))
    widths = _widths(widths, batch)
    stream.writelines(_written(names, widths, answer.is_number))
    stream.write("─" * (sum(widths) + len(_BETWEEN) * (len(widths) - 1)) + "\n")
    while batch:
        for row in batch:
            stream.writelines(_written(row, widths, answer.is_number))
        batch = list(islice(rows, _BATCH))
        widths = _widths(widths, batch)


def _lines(text: str) -> list[str]:
    return printable(text).expandtabs().split("\n")


def _widths(widths: Sequence[int], rows: Sequence[_Row]) -> list[int]:
    """Give how wide each column must be for rows, and no less than it is."""
    if not rows:
        return list(widths)
    return [
        max(width, *(_width(line) for cell in column for line in cell))
        for width, column in zip(widths, zip(*rows, strict=True), strict=True)
    ]


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _written(row: _Row, widths: Sequence[int], is_number: Sequence[bool]) -> Iterator[str]:
    """Give the lines of a row, as many as its tallest cell has."""
    for line in zip_longest(*row, fillvalue=""):
        cells = [
            _padded(text, width - _width(text), to_the_right)
            for text, width, to_the_right in zip(line, widths, is_number, strict=True)
        ]
        yield _BETWEEN.join(cells) + "\n"


def _padded(text: str, missing: int, to_the_right: bool) -> str:
    return " " * missing + text if to_the_right else text + " " * missing
