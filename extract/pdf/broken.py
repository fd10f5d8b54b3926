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
_BESIDE = 0.9
# In points: figures that fill a column are as wide as its widest, but for this.
_AS_WIDE = 0.5
# In points: figures of one column are no further off their common middle or side.
_ASKEW = 2.0


def with_broken_joined(rows: Sequence[list[Piece]], texts: Sequence[Piece]) -> list[list[Piece]]:
    """Take what may be the ends of broken numbers into the row above; `texts` are no figures.

    Each stands close below a number of several figures that is as wide as any in its column. Rows
    of their own have a text beside them, and as many figures as the row above, unless blanks are
    usual in this table.
    """
    most = max(map(len, rows), default=0)
    are_full = 2 * sum(len(row) == most for row in rows) >= len(rows)
    kept: list[list[Piece]] = []
    for row in sorted(rows, key=lambda row: row[0].base):
        above = kept[-1] if kept else []
        is_odd = (are_full and len(row) < len(above)) or not _has_text(row, texts)
        broken = _broken(above, row, rows) if is_odd and len(row) <= len(above) else None
        if broken is None:
            kept.append(list(row))
        else:
            kept[-1] = [broken.get(id(piece), piece) for piece in above]
    return kept


def _has_text(row: Sequence[Piece], texts: Sequence[Piece]) -> bool:
    """Whether a label stands beside a row: level with it, or a line above or below its middle."""
    first = min(row, key=lambda piece: piece.x0)
    return any(
        text.x1 <= first.x0 + 1 and abs(text.base - first.base) < _BESIDE * first.size
        for text in texts
    )


def _broken(
    above: Sequence[Piece], row: Sequence[Piece], rows: Sequence[Sequence[Piece]]
) -> dict[int, Piece] | None:
    """Give for the pieces that go on in `row` both parts as one; None where one does not."""
    joined: dict[int, Piece] = {}
    for rest in row:
        over = [piece for piece in above if overlap(piece, rest)]
        if len(over) != 1 or not _may_be_broken(over[0], rest, rows):
            return None
        joined[id(over[0])] = over[0]._replace(text=f"{over[0].text}\n{rest.text}")
    return joined


def _may_be_broken(piece: Piece, rest: Piece, rows: Sequence[Sequence[Piece]]) -> bool:
    widest = max(other.x1 - other.x0 for row in rows for other in row if _are_set(piece, other))
    are_numbers = len(piece.text) > 1 and piece.text.isdecimal() and rest.text.isdecimal()
    is_close = rest.base - piece.base < _WIDEST_LEADING * piece.size
    return are_numbers and is_close and piece.x1 - piece.x0 > widest - _AS_WIDE


def _are_set(one: Piece, other: Piece) -> bool:
    """Whether two figures are set in one column: by their middles, or by a side."""
    offs = (one.middle - other.middle, one.x0 - other.x0, one.x1 - other.x1)
    return min(map(abs, offs)) < _ASKEW
