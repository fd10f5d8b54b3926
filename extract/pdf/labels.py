"""Tables without rulings: which lines of text are one label, and which row of figures it names.

Labels of several lines stand one above the other, the figures of a row level with the middle (or
with the first line) of its label. Where rows are no further apart than the lines of a label,
only this tells where one label ends and the next begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.pdf.lines import Piece
from extract.pdf.rulings import Ruling

# All in parts of the distance between two lines of a label.
_SAME_LABEL = 1.12
_FARTHEST_OFF = 0.3
_UNNAMED = 0.6
# In parts of the font size: lines of one label are never further apart.
_WIDEST_LEADING = 1.9
_NARROWEST_LEADING = 0.7
# A run of lines as long as this is no table.
_MOST_LINES = 80


class NotClearError(Exception):
    """What stands on the page fits no table beyond doubt."""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text one below the other that belong together."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The lines, one below the other."""
        lines = (sorted(row, key=lambda piece: piece.x0) for row in rows_of(self.pieces))
        return "\n".join(" ".join(piece.text for piece in line) for line in lines)

    @property
    def x0(self) -> float:
        """Its left edge."""
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def first(self) -> float:
        """Where its first line stands."""
        return min(piece.base for piece in self.pieces)

    @property
    def last(self) -> float:
        """Where its last line stands."""
        return max(piece.base for piece in self.pieces)

    @property
    def height(self) -> float:
        """Where its middle stands."""
        return (self.first + self.last) / 2


def overlap(one: Piece | Label, other: Piece | Label) -> bool:
    """Whether one stands above the other."""
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 1


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces that stand on one line, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.base):
        if rows and piece.base - rows[-1][0].base < _NARROWEST_LEADING * piece.size / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def leading_of(pieces: Sequence[Piece]) -> float:
    """The distance of two lines of a label: the least that occurs."""
    steps = [lower.base - upper.base for upper, lower in _neighbours(pieces)]
    sizes = sorted(piece.size for piece in pieces)
    return min(steps, default=1.4 * sizes[len(sizes) // 2])


def _neighbours(pieces: Sequence[Piece]) -> Iterable[tuple[Piece, Piece]]:
    """Give each piece with those on the next line below it that it stands above."""
    ordered = sorted(pieces, key=lambda piece: piece.base)
    for at, upper in enumerate(ordered):
        nearest: float | None = None
        for lower in ordered[at + 1 :]:
            step = lower.base - upper.base
            if step > _WIDEST_LEADING * upper.size or (nearest and step > nearest + 1):
                break
            if step >= _NARROWEST_LEADING * upper.size and overlap(upper, lower):
                nearest = step
                yield upper, lower


def labels_of(pieces: Sequence[Piece], leading: float, rulings: Sequence[Ruling]) -> list[Label]:
    """Put the lines of labels together; a rule between two lines keeps them apart."""
    group = {id(piece): [piece] for piece in pieces}
    for upper, lower in _neighbours(pieces):
        is_close = lower.base - upper.base <= _SAME_LABEL * leading
        if not is_close or _is_ruled_off(upper, lower, rulings):
            continue
        if group[id(upper)] is not group[id(lower)]:
            merged = group[id(upper)] + group[id(lower)]
            group.update((id(piece), merged) for piece in merged)
    return [Label(tuple(part)) for part in {id(part): part for part in group.values()}.values()]


def _is_ruled_off(upper: Piece, lower: Piece, rulings: Sequence[Ruling]) -> bool:
    x0, x1 = max(upper.x0, lower.x0), min(upper.x1, lower.x1)
    return any(
        upper.base - 1 <= rule.top <= lower.base and rule.x0 <= x0 + 1 and rule.x1 >= x1 - 1
        for rule in rulings
    )


def named_rows(
    label: Label, heights: Sequence[float], leading: float
) -> tuple[list[Label], list[Label]]:
    """Part the lines of a label among the rows of figures that stand beside it.

    Gives the label of each row, and what is left: labels of rows that hold no figure. Raises
    `NotClearError` where no way to part them puts every row level with its label.
    """
    lines = rows_of(label.pieces)
    if len(lines) > _MOST_LINES:
        raise NotClearError
    ways = (_parted(lines, heights, leading, from_top=from_top) for from_top in (False, True))
    cost, parts = min(ways, key=lambda way: way[0])
    if cost == float("inf"):
        raise NotClearError
    named = [_label(lines[start:end]) for start, end, row in parts if row is not None]
    return named, [_label(lines[start:end]) for start, end, row in parts if row is None]


def _label(lines: Sequence[Sequence[Piece]]) -> Label:
    return Label(tuple(piece for line in lines for piece in line))


_Part = tuple[int, int, int | None]


def _parted(
    lines: Sequence[Sequence[Piece]], heights: Sequence[float], leading: float, *, from_top: bool
) -> tuple[float, list[_Part]]:
    """The cheapest way to cut lines into labels: (first line, end, row or None) of each."""
    bases = [line[0].base for line in lines]
    best: dict[tuple[int, int], tuple[float, list[_Part]]] = {(0, 0): (0.0, [])}
    for end in range(1, len(bases) + 1):
        for row in range(len(heights) + 1):
            ways = []
            for start in range(end):
                if (start, row) in best:
                    cost, parts = best[start, row]
                    ways.append((cost + _UNNAMED, [*parts, (start, end, None)]))
                if row and (start, row - 1) in best:
                    middle = bases[start] if from_top else (bases[start] + bases[end - 1]) / 2
                    off = abs(middle - heights[row - 1]) / leading
                    if off <= _FARTHEST_OFF:
                        cost, parts = best[start, row - 1]
                        ways.append((cost + off, [*parts, (start, end, row - 1)]))
            if ways:
                best[end, row] = min(ways, key=lambda way: way[0])
    return best.get((len(bases), len(heights)), (float("inf"), []))


def figure_rows(lines: Sequence[Sequence[Piece]], leading: float) -> list[list[Piece]]:
    """Put figures into rows: one that stands a little off joins the row that lacks it.

    Raises `NotClearError` where two rows could be meant.
    """
    rows = [list(line) for line in lines]
    for line in sorted(lines, key=len):
        own = next(row for row in rows if row[0] is line[0])
        near = [row for row in rows if row is not own and _step(row, own) < 0.75 * leading]
        fitting = [row for row in near if not any(overlap(a, b) for a in row for b in own)]
        fitting = [row for row in fitting if len(row) >= len(own)]
        if len(fitting) > 1:
            raise NotClearError
        if fitting:
            fitting[0] += own
            rows = [row for row in rows if row is not own]
    return rows


def _step(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    return abs(one[0].base - other[0].base)
