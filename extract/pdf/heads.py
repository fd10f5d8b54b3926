"""Tables without rulings: where their columns are, told by figures and heads above each other.

A figure may stand a little off its column (blanks printed in front of it). It is taken for its
neighbour's only if the two never stand in one row and are much closer than columns are; where it
stands halfway between two columns, nothing is clear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.labels import Label, NotClearError, rows_of
from extract.pdf.lines import Piece

Column = tuple[float, float]
_Thing = Label | Piece

# In parts of the distance between two columns: what is nearer belongs to a column, what is
# farther does not; between the two nobody can tell.
_NEAR, _FAR = 0.45, 0.65


@dataclass(slots=True)
class _Stack:
    """Figures that stand above each other, and the rows they stand in."""

    x1: float
    pieces: list[Piece]
    rows: set[int]

    @property
    def middle(self) -> float:
        """Where most of the figures have their middle."""
        return sorted(piece.middle for piece in self.pieces)[len(self.pieces) // 2]

    @property
    def column(self) -> Column:
        """As wide as the widest figure that stands right."""
        right = [piece for piece in self.pieces if abs(piece.middle - self.middle) < 1]
        half = max(piece.x1 - piece.x0 for piece in right) / 2
        return self.middle - half, self.middle + half


def column_of(thing: _Thing, columns: Sequence[Column]) -> int:
    """The nearest column."""
    return min(range(len(columns)), key=lambda at: _off(thing, columns[at]))


def _off(thing: _Thing, column: Column) -> float:
    return abs((column[0] + column[1]) / 2 - (thing.x0 + thing.x1) / 2)


def columns_of(rows: Sequence[Sequence[Piece]], heads: Sequence[Label]) -> list[Column]:
    """Give the columns of figures, and those of heads that no figure is under.

    Raises `NotClearError` where a figure or a head could belong to either of two columns.
    """
    pitch = _pitch([*rows, *_levels(heads)])
    columns = [stack.column for stack in _merged(_stacks(rows), pitch)]
    for row in rows:
        places = [column_of(piece, columns) for piece in row]
        if len(set(places)) < len(places):
            raise NotClearError
    filled = list(columns)
    headed: set[int] = set()
    for head in sorted(heads, key=lambda head: -head.last):
        above = [at for at, column in enumerate(columns) if _is_above(head, column)]
        near = [at for at, column in enumerate(columns) if _off(head, column) < _NEAR * pitch]
        headed.update(above or near)
        if not above and not near:
            beside = [column for column in columns if _off(head, column) < _FAR * pitch]
            # One that stands between columns with heads of their own is over both.
            if beside and not _have_heads(beside, heads, head.last):
                raise NotClearError
            if not beside:
                columns.append((head.x0, head.x1))
    # A head without figures beside figures without a head: one may well be the other's.
    if len(columns) > len(filled) and not headed.issuperset(range(len(filled))):
        raise NotClearError
    return sorted(columns)


def _have_heads(columns: Sequence[Column], heads: Sequence[Label], below: float) -> bool:
    lower = [head for head in heads if head.first > below]
    return all(any(_is_above(head, column) for head in lower) for column in columns)


def single_heads(heads: Sequence[Label], rows: Sequence[Sequence[Piece]]) -> list[Label]:
    """Part heads that stand close below each other: one above several, or a title of them all."""
    pitch = _pitch(rows)
    lines = rows_of(piece for head in heads for piece in head.pieces)
    parted: list[Label] = []
    for head in heads:
        part: list[Piece] = []
        for piece in sorted(head.pieces, key=lambda piece: piece.base):
            if _is_title(piece, head, lines) or piece.x1 - piece.x0 > 0.95 * pitch:
                parted.append(Label((piece,)))
            else:
                part.append(piece)
        parted += map(Label, _side_by_side(part))
    return parted


def _is_title(piece: Piece, head: Label, lines: Sequence[Sequence[Piece]]) -> bool:
    """Whether a piece stands alone on the first line, and its head goes on beside other heads."""
    if len(lines) < 2 or len(lines[0]) > 1 or piece is not lines[0][0]:
        return False
    return len(lines[1]) > 1 and any(other in lines[1] for other in head.pieces)


def _side_by_side(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Group pieces that stand above each other."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if groups and piece.x0 < max(other.x1 for other in groups[-1]) - 1:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [tuple(group) for group in groups]


def stand_in(rows: Sequence[Sequence[Piece]], columns: Sequence[Column]) -> bool:
    """Whether all figures stand in these columns, no two of a row in one."""
    middles = [(x0 + x1) / 2 for x0, x1 in columns]
    pitch = min((right - left for left, right in pairwise(middles)), default=float("inf"))
    for row in rows:
        places = [column_of(piece, columns) for piece in row]
        if len(set(places)) < len(places):
            return False
        for piece, at in zip(row, places, strict=True):
            is_near = _off(piece, columns[at]) < _NEAR * pitch
            if not is_near and not _is_above(piece, columns[at]):
                return False
    return True


def _is_above(thing: _Thing, column: Column) -> bool:
    return min(column[1], thing.x1) - max(column[0], thing.x0) > 1


def _levels(heads: Sequence[Label]) -> list[list[Label]]:
    """Heads that stand level."""
    levels: dict[float, list[Label]] = {}
    for head in heads:
        levels.setdefault(round(head.height), []).append(head)
    return list(levels.values())


def _pitch(rows: Sequence[Sequence[_Thing]]) -> float:
    """The usual distance between two columns; without bound where nothing stands side by side."""
    middles = [sorted((thing.x0 + thing.x1) / 2 for thing in row) for row in rows]
    steps = sorted(right - left for row in middles for left, right in pairwise(row))
    # Where a column is blank the figures beside it stand twice as far apart, but not their heads.
    return steps[(len(steps) - 1) // 2] if steps else float("inf")


def _stacks(rows: Sequence[Sequence[Piece]]) -> list[_Stack]:
    places = [(piece, at) for at, row in enumerate(rows) for piece in row]
    stacks: list[_Stack] = []
    for piece, at in sorted(places, key=lambda place: place[0].x0):
        if stacks and piece.x0 < stacks[-1].x1 - 1:
            stacks[-1].x1 = max(stacks[-1].x1, piece.x1)
            stacks[-1].pieces.append(piece)
            stacks[-1].rows.add(at)
        else:
            stacks.append(_Stack(piece.x1, [piece], {at}))
    return stacks


def _merged(stacks: list[_Stack], pitch: float) -> list[_Stack]:
    """Take figures that stand off their column into it, the fewest first."""
    kept = list(stacks)
    for stack in sorted(stacks, key=lambda stack: len(stack.rows)):
        others = [other for other in kept if other is not stack]
        near = [
            other
            for other in others
            if abs(other.middle - stack.middle) < _FAR * pitch and not other.rows & stack.rows
        ]
        if not near:
            continue
        nearest = min(near, key=lambda other: abs(other.middle - stack.middle))
        if abs(nearest.middle - stack.middle) >= _NEAR * pitch:
            raise NotClearError
        nearest.rows |= stack.rows
        kept = others
    return kept
