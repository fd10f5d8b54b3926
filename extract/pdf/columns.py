"""Tables without upright rulings, from where their words stand.

A table is told by its figures: several lines on which numbers stand apart, under each other. Its
columns are where figures and heads stand above each other, its rows where figures stand level.
A blank cell keeps its column. Whatever cannot be told is left as text: a number under the wrong
head would be worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.document import Cell, Paragraph, Table
from extract.pdf.broken import with_broken_joined
from extract.pdf.figures import figures_of, is_figure, is_table
from extract.pdf.heads import Column, column_of, columns_of, single_heads, stand_in
from extract.pdf.labels import (
    Label,
    NotClearError,
    figure_rows,
    labels_of,
    leading_of,
    named_rows,
    overlap,
)
from extract.pdf.lines import Piece
from extract.pdf.rulings import Ruling

# A row's figures are level with a line of its label, or halfway between two: in parts of leading.
_BESIDE = 0.7
# Figures begin in this column whatever labels a page has, so that pages agree.
_LABEL_COLUMNS = 4


class _Row(NamedTuple):
    """Figures that stand level, with the labels in front of them."""

    height: float
    labels: tuple[Label, ...]
    figures: tuple[Piece, ...]


@dataclass(slots=True)
class _Part:
    """A header and the rows below it, down to the next header."""

    heads: list[Label] = field(default_factory=list)
    figures: list[list[Piece]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


class Found(NamedTuple):
    """A table, where it begins, and the ids of the pieces it is made of.

    Where there are figures in columns, but nobody can tell which figure is what, it is a paragraph.
    """

    top: float
    block: Table | Paragraph
    pieces: frozenset[int]
    columns: tuple[Column, ...] = ()


def tables_in(
    lines: Sequence[Sequence[Piece]], rulings: Sequence[Ruling], before: Sequence[Column] = ()
) -> list[Found]:
    """Find the tables in a run of lines that no prose interrupts.

    `before` are the columns of the table in front of these lines: rows without a header of their
    own go on in its columns.
    """
    figures = figures_of(lines)
    if not is_table(lines, [line for line in figures if line], before):
        return []
    taken = {id(piece) for line in figures for piece in line}
    texts = [piece for line in lines for piece in line if id(piece) not in taken]
    leading = leading_of(texts or [piece for line in figures for piece in line])
    labels = labels_of(texts, leading, [rule for rule in rulings if rule.is_level])
    try:
        rows = figure_rows([line for line in figures if line], leading)
        rows = with_broken_joined(rows, texts)
    except NotClearError:
        return [_as_text([piece for line in lines for piece in line])]
    found = []
    for part in _parts(labels, rows, leading):
        pieces = [piece for label in (*part.heads, *part.labels) for piece in label.pieces]
        pieces += [piece for row in part.figures for piece in row]
        try:
            table, before = _table(part, leading, before)
            top = min(piece.base for piece in pieces)
            found.append(Found(top, table, frozenset(map(id, pieces)), tuple(before)))
        except NotClearError:
            found.append(_as_text(pieces))
    return found


def _as_text(pieces: Sequence[Piece]) -> Found:
    """One paragraph, so that its lines cannot be taken for the cells of a table either."""
    text = Label(tuple(pieces)).text
    return Found(min(p.base for p in pieces), Paragraph(text), frozenset(map(id, pieces)))


def _parts(labels: Sequence[Label], rows: Sequence[list[Piece]], leading: float) -> list[_Part]:
    """Cut a run of lines where a header stands between two rows of figures."""
    parts: list[_Part] = []
    above = float("-inf")
    for row in sorted(rows, key=lambda row: row[0].base):
        height, left = row[0].base, min(piece.x0 for piece in row)
        between = (
            label for label in labels if above < label.first and label.last < height - leading / 2
        )
        heads = [label for label in between if label.x1 > left + 1]
        if heads or not parts:
            parts.append(_Part(heads))
        parts[-1].figures.append(row)
        above = height
    taken = {id(head) for part in parts for head in part.heads}
    rest = [label for label in labels if id(label) not in taken]
    for index, part in enumerate(parts):
        _take(part, rest, leading, end=_top(parts[index + 1 :], leading))
    return parts


def _top(parts: Sequence[_Part], leading: float) -> float:
    """Where the first of the parts begins."""
    heads = parts[0].heads if parts else []
    return min((head.first for head in heads), default=float("inf")) - leading / 2


def _take(part: _Part, labels: Sequence[Label], leading: float, end: float) -> None:
    """Give a part the labels beside its heads and its rows, cut where it begins and ends."""
    top = _top([part], leading) if part.heads else float("-inf")
    below = max((head.last for head in part.heads), default=float("-inf")) + leading / 2
    left = min(piece.x0 for row in part.figures for piece in row)
    for label in labels:
        beside_heads = tuple(piece for piece in label.pieces if top <= piece.base < below)
        beside_rows = tuple(piece for piece in label.pieces if below <= piece.base < end)
        if beside_heads:
            part.heads.append(Label(beside_heads))
        if beside_rows and _is_beside(Label(beside_rows), part, left, leading):
            part.labels.append(Label(beside_rows))


def _is_beside(label: Label, part: _Part, left: float, leading: float) -> bool:
    first, last = part.figures[0][0].base, part.figures[-1][0].base
    is_level = label.last >= first - leading and label.first <= last + leading
    return is_level and label.x1 <= left + 1


def _table(part: _Part, leading: float, before: Sequence[Column]) -> tuple[Table, Sequence[Column]]:
    rows = _labelled(part, leading)
    edge = max((label.x1 for row in rows for label in row.labels), default=float("-inf"))
    corner = [head for head in part.heads if (head.x0 + head.x1) / 2 < edge]
    heads = single_heads([head for head in part.heads if head not in corner], part.figures)
    figures = [row.figures for row in rows if row.figures]
    goes_on = not heads and bool(before) and stand_in(figures, before)
    columns = before if goes_on else columns_of(figures, heads)
    _check_figures(figures, columns)
    first = _LABEL_COLUMNS if any(row.labels for row in rows) else 0
    cells: list[Cell] = []
    levels = _levels([*corner, *heads], leading)
    for at, level in enumerate(levels):
        texts: dict[int, list[str]] = {}
        for head in level:
            column = first + column_of(head, columns) if head in heads else 0
            texts.setdefault(column, []).append(head.text)
        for column, text in sorted(texts.items()):
            cells.append(Cell("\n".join(text), at, column, 1, 1 if column >= first else first))
    for at, row in enumerate(rows, start=len(levels)):
        cells += _cells(row, at, first, columns)
    # Without a header nobody knows whether a column is missing: then places are ordinals only.
    return Table(tuple(cells), has_grid=goes_on or bool(heads)), columns


def _check_figures(rows: Sequence[Sequence[Piece]], columns: Sequence[Column]) -> None:
    """A column that holds more text than figures is none: then labels were taken for figures."""
    balance = [0] * len(columns)
    for row in rows:
        for piece in row:
            balance[column_of(piece, columns)] += 1 if is_figure(piece) else -1
    if min(balance, default=0) < 0:
        raise NotClearError


def _labelled(part: _Part, leading: float) -> list[_Row]:
    """Give each row of figures its labels; a label that no figure stands beside is a row too."""
    heights = [row[0].base for row in part.figures]
    beside: dict[int, list[int]] = {}
    for at, height in enumerate(heights):
        level = [
            (piece.x0, at_label)
            for at_label, label in enumerate(part.labels)
            for piece in label.pieces
            if abs(piece.base - height) <= _BESIDE * leading
        ]
        if level:
            beside.setdefault(max(level)[1], []).append(at)
    names: dict[int, list[Label]] = {}
    blank: list[Label] = []
    groups: list[Label] = []
    for at_label, label in enumerate(part.labels):
        rows = beside.get(at_label, [])
        if not rows:
            groups.append(label)
            continue
        named, unnamed = named_rows(label, [heights[at] for at in rows], leading)
        blank += unnamed
        names.update((at, [name]) for at, name in zip(rows, named, strict=True))
    own = [label for labels in names.values() for label in labels]
    for group in groups:
        if any(overlap(group, label) for label in _next_to(group, own)):
            blank.append(group)
        else:
            at = min(range(len(heights)), key=lambda at: abs(heights[at] - group.height))
            names.setdefault(at, []).append(group)
    result = [
        _Row(height, tuple(sorted(names.get(at, []), key=lambda label: label.x0)), tuple(figures))
        for at, (height, figures) in enumerate(zip(heights, part.figures, strict=True))
    ]
    result += [_Row(label.height, (label,), ()) for label in blank]
    return sorted(result, key=lambda row: row.height)


def _next_to(group: Label, labels: Sequence[Label]) -> list[Label]:
    """The labels of rows nearest above and below."""
    above = [label for label in labels if label.height < group.height]
    below = [label for label in labels if label.height > group.height]
    return [
        *sorted(above, key=lambda label: -label.height)[:1],
        *sorted(below, key=lambda label: label.height)[:1],
    ]


def _levels(heads: Sequence[Label], leading: float) -> list[list[Label]]:
    levels: list[list[Label]] = []
    for head in sorted(heads, key=lambda head: head.height):
        if levels and head.height - levels[-1][0].height < leading / 2:
            levels[-1].append(head)
        else:
            levels.append([head])
    return levels


def _cells(row: _Row, at: int, first: int, columns: Sequence[Column]) -> list[Cell]:
    """One row: its labels, the last of which reaches up to the figures, and all columns."""
    labels = [label.text for label in row.labels]
    if len(labels) > first:
        labels = [*labels[: first - 1], "\n".join(labels[first - 1 :])]
    cells = [Cell(text, at, column) for column, text in enumerate(labels)]
    if first:
        last = cells.pop() if cells else Cell("", at, 0)
        cells.append(last._replace(column_span=first - last.column))
    texts = {column_of(piece, columns): piece.text for piece in row.figures}
    cells += [Cell(texts.get(column, ""), at, first + column) for column in range(len(columns))]
    return cells
