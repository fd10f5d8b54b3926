"""Lines of a page that may make a table together: those between prose and changes of print."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.figures import figures_of
from extract.pdf.labels import overlap
from extract.pdf.lines import Piece, piece_of, pieces_of
from extract.pdf.page import Char
from extract.pdf.prose import Measure

# Text in a run of table lines differs less in size than text and table do.
_OTHER_SIZE = 0.2
# In parts of the font size.
_FAR_BELOW = 6
# Heads carried over to the next page stand this far above its first line.
_ABOVE = 2
# Fewer pieces beside each other are no row of heads or figures.
_LEAST_IN_ROW = 3
_WORD = re.compile(r"[\u4e00-\u9fff]{1,8}")


class Line(NamedTuple):
    """A line of a page that no ruled table holds, whole and in pieces."""

    whole: Piece
    pieces: list[Piece]

    def moved(self, step: float) -> "Line":
        """The same line further down."""
        whole, *pieces = (
            piece._replace(base=piece.base + step) for piece in (self.whole, *self.pieces)
        )
        return Line(whole, pieces)


def line_of(chars: Sequence[Char]) -> Line | None:
    """Take the characters of a line together; None where nothing is printed."""
    pieces = pieces_of(chars)
    if not pieces:
        return None
    printed = [at for at, char in enumerate(chars) if not char.text.isspace()]
    return Line(piece_of(chars[printed[0] : printed[-1] + 1]), pieces)


def runs_of(lines: Sequence[Line], measure: Measure) -> Iterator[list[Line]]:
    """Cut the lines of a page where prose stands between them, or the print changes."""
    run: list[Line] = []
    for line in lines:
        is_prose_line = _is_prose(line, measure)
        if run and (is_prose_line or _is_other(run[-1].whole, line.whole)):
            yield run
            run = []
        if not is_prose_line:
            run.append(line)
    if run:
        yield run


def _is_prose(line: Line, measure: Measure) -> bool:
    """Whether a line goes over half of the page without a gap, and is no row of heads."""
    if len(line.pieces) >= _LEAST_IN_ROW and all(_WORD.fullmatch(p.text) for p in line.pieces):
        return False
    gaps = (right.x0 - left.x1 for left, right in pairwise(line.pieces))
    is_wide = line.whole.x1 - line.whole.x0 > 0.55 * (measure.right - measure.left)
    return is_wide and max(gaps, default=0.0) < line.whole.size


def _is_other(above: Piece, below: Piece) -> bool:
    larger = max(above.size, below.size)
    is_far = below.base - above.base > _FAR_BELOW * larger
    return is_far or abs(above.size - below.size) > _OTHER_SIZE * larger


def with_heads(
    upper: Sequence[Line], lower: Sequence[Line], measure: Measure
) -> tuple[list[Line], list[Line]]:
    """Move the heads at the end of a page to the figures they belong to, on the next page."""
    unmoved = list(upper), list(lower)
    run = list(runs_of(upper, measure))[-1:]
    if not run or not lower or run[0][-1] is not upper[-1]:
        return unmoved
    heads = _end_without_figures(run[0])
    first = lower[0]
    if not heads or _is_prose(first, measure) or not _is_headed(heads, first):
        return unmoved
    step = first.whole.base - _ABOVE * first.whole.size - heads[-1].whole.base
    return list(upper[: -len(heads)]), [*(line.moved(step) for line in heads), *lower]


def _end_without_figures(run: Sequence[Line]) -> list[Line]:
    """The lines behind the last figures, from the first that has several pieces."""
    rows = figures_of([line.pieces for line in run])
    behind = max((at + 1 for at, row in enumerate(rows) if row), default=0)
    several = [at for at in range(behind, len(run)) if len(run[at].pieces) > 1]
    return list(run[several[0] :]) if several else []


def _is_headed(heads: Sequence[Line], first: Line) -> bool:
    """Whether heads stand above the figures of a line, or go on in it."""
    (figures,) = figures_of([first.pieces])
    if not figures:
        rows = (*heads, first)
        return len(first.pieces) >= _LEAST_IN_ROW <= max(len(line.pieces) for line in rows)
    return any(
        overlap(piece, figure) for line in heads for piece in line.pieces for figure in figures
    )
