"""Tables without rulings: which words of a page are figures, and whether they make a table."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from extract.pdf.heads import Column, stand_in
from extract.pdf.labels import overlap
from extract.pdf.lines import Piece

_FIGURE = re.compile(
    r"[\u4e00-\u9fff]{0,2}[-+－＋−–—]?\s*[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
    r"\s*[\u4e00-\u9fff%％]{0,2}|[-－—–/]{1,2}"
)
_LEAST_FIGURES = 4
_LEAST_IN_ROW = 3


def is_figure(piece: Piece) -> bool:
    """Whether a piece is a number on its own (`3.其他` is none)."""
    return _FIGURE.fullmatch(piece.text) is not None


def figures_of(lines: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The figures of each line, and whatever stands among them or behind them in their place."""
    rows = [_from_first(line, is_figure) for line in lines]
    heads = [
        at
        for at, (line, row) in enumerate(zip(lines, rows, strict=True))
        if not row and len(line) >= _LEAST_IN_ROW
    ]
    result: list[list[Piece]] = []
    for start, end in pairwise([0, *heads, len(lines)]):
        result += _without_label_numbers(lines[start:end], rows[start:end])
    return result


def _from_first(line: Sequence[Piece], fits: Callable[[Piece], bool]) -> list[Piece]:
    return list(line[next((at for at, piece in enumerate(line) if fits(piece)), len(line)) :])


def _without_label_numbers(
    lines: Sequence[Sequence[Piece]], rows: Sequence[Sequence[Piece]]
) -> list[list[Piece]]:
    """Leave out numbers that stand where labels stand: the `4` of a torn `4.其他`."""
    pairs = [(line, row) for line, row in zip(lines, rows, strict=True) if row]
    labels = [piece for line, row in pairs for piece in line[: len(line) - len(row)]]
    figures = [piece for _, row in pairs for piece in row]

    def is_in_place(piece: Piece) -> bool:
        among_labels = sum(overlap(piece, label) for label in labels)
        return is_figure(piece) and among_labels <= sum(overlap(piece, other) for other in figures)

    return [_from_first(row, is_in_place) for row in rows]


def is_table(
    lines: Sequence[Sequence[Piece]], rows: Sequence[Sequence[Piece]], before: Sequence[Column]
) -> bool:
    """Whether there is a row of figures, or several figures in a column beside text."""
    if any(len(row) >= _LEAST_IN_ROW for row in rows):
        return True
    if all(len(line) == 1 for line in lines):
        return False
    if rows and before and stand_in(rows, before):
        return True
    if sum(map(len, rows)) < _LEAST_FIGURES:
        return False
    below = (
        overlap(a, b)
        for at, line in enumerate(rows)
        for other in rows[at + 1 :]
        for a in line
        for b in other
    )
    return any(below)
