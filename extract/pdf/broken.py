"""Tables without rulings: numbers too wide for their column, broken over two lines.

LibreOffice breaks behind any figure: 105 becomes 10 with a 5 below it, which looks like a row of
its own that holds few figures. Nobody can tell it from one, so such figures are put one below the
other in one place: no number, and none that could be taken for one.
"""

from collections.abc import Sequence

from extract.pdf.labels import overlap
from extract.pdf.lines import Piece

# In parts of the font size: lines of one cell are no further apart.
_WIDEST_LEADING = 1.7
# In points: figures that fill a column are as wide as its widest, but for this.
_AS_WIDE = 0.5


def with_broken_joined(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Take what may be the ends of broken numbers into the row above, in no order of rows.

    Each stands close below a number of several figures that is as wide as any in its column, and
    that row has more figures; where most rows have blanks, a row of few figures is usual.
    """
    most = max(map(len, rows), default=0)
    if 2 * sum(len(row) == most for row in rows) < len(rows):
        return list(rows)
    kept: list[list[Piece]] = []
    for row in sorted(rows, key=lambda row: row[0].base):
        above = kept[-1] if kept else []
        broken = _broken(above, row, rows) if len(row) < len(above) else None
        if broken is None:
            kept.append(list(row))
        else:
            kept[-1] = [broken.get(id(piece), piece) for piece in above]
    return kept


def _broken(
    above: Sequence[Piece], row: Sequence[Piece], rows: Sequence[Sequence[Piece]]
) -> dict[int, Piece] | None:
    """Give for the pieces that go on in `row` both parts as one; None where one does not."""
    joined: dict[int, Piece] = {}
    # Rows of fewer figures may be another table's, with other columns.
    rows = [other for other in rows if len(other) >= len(above)]
    for rest in row:
        over = [piece for piece in above if overlap(piece, rest)]
        if len(over) != 1 or not _may_be_broken(over[0], rest, rows):
            return None
        joined[id(over[0])] = over[0]._replace(text=f"{over[0].text}\n{rest.text}")
    return joined


def _may_be_broken(piece: Piece, rest: Piece, rows: Sequence[Sequence[Piece]]) -> bool:
    column = [other for row in rows for other in row if overlap(piece, other)]
    widest = max(other.x1 - other.x0 for other in column)
    are_numbers = len(piece.text) > 1 and piece.text.isdecimal() and rest.text.isdecimal()
    is_close = rest.base - piece.base < _WIDEST_LEADING * piece.size
    return are_numbers and is_close and piece.x1 - piece.x0 > widest - _AS_WIDE
