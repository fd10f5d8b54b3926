"""The table of disclosed information (主动公开政府信息情况): small tables with own headers."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import takewhile

from extract.document import Cell
from transform.align import align
from transform.form_rows import Match, Matches, match_rows, merged_downwards, missing_findings
from transform.formats import Format, FormRow, Indicator
from transform.header import CERTAIN, joined_cells
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.recognised import (
    Reading,
    Recognised,
    UnitFactors,
    fact_of,
    first_values,
    right_edge,
    under,
    unreadable_facts,
)
from transform.records import Fact, Finding
from transform.rows import Row

_TABLE = "主动公开情况表"
# The cell in front of the column labels.
_CORNER_KEY = "信息内容"
# Fewer rows without a single column label are a look-alike in another table.
_LEAST_ROWS = 3


def recognise_disclosure(
    rows: Sequence[Row], forms: Sequence[Format], units: UnitFactors
) -> list[Reading]:
    """Hold the rows of a document against this table in each format; other rows match nothing."""
    places = {id(row): at for at, row in enumerate(rows)}
    candidates = [row for row in rows if row.values and any(row.label_texts)]
    return [
        _reading(rows, places, match_rows(candidates, form.disclosure), units) for form in forms
    ]


def _reading(
    rows: Sequence[Row], places: Mapping[int, int], found: Matches, units: UnitFactors
) -> Reading:
    headers = [_Header(rows, places, match, found) for match in found.matched]
    if len(found.matched) < _LEAST_ROWS and not any(header.columns for header in headers):
        return Reading(0.0, Recognised)
    score = found.fit() + sum(score for header in headers for _, _, score in header.columns)
    return Reading(score, partial(_read, rows, places, found, headers, units))


def _read(
    rows: Sequence[Row],
    places: Mapping[int, int],
    found: Matches,
    headers: Sequence["_Header"],
    units: UnitFactors,
) -> Recognised:
    result = Recognised()
    for match, header in zip(found.matched, headers, strict=True):
        result.take(match.form, _facts(match, header, units))
        if not header.is_clear:
            result.findings.append(_header_finding(match.form, header))
    result.drop(merged_downwards(found.matched))
    for copy in found.copies:
        header = _Header(rows, places, copy, found)
        if header.columns:
            result.compare(copy.form, _facts(copy, header, units))
    result.leave_out_rivals(match.form for match in found.matched)
    result.findings += missing_findings(_TABLE, found.missing)
    return result


class _Header:
    """The column labels above a row, matched in order with the form's columns for it.

    `places` are those of rows, by identity; `found` says which rows the form has. `columns` holds
    (index of the header cell, figure, likeness); `is_clear` says that every column of the form was
    found by its label.
    """

    def __init__(
        self, rows: Sequence[Row], places: Mapping[int, int], match: Match, found: Matches
    ) -> None:
        columns = match.form.columns
        self.cells = _header_cells(rows[: places[id(match.row)]], match)
        if match.row.blanks_lost:
            # Behind the heads stand the labels of rows that lost all their cells.
            blank = {line.key for line in found.missing}
            self.cells = list(takewhile(lambda c: label_key(c.text) not in blank, self.cells))
        texts = tuple([cell.text for cell in self.cells])
        aligned = _aligned(texts, tuple([key for key, _ in columns]))
        self.columns = [(i, columns[j][1], score) for i, j, score in aligned]
        self.is_clear = len(self.columns) == len(columns)
        in_place = all(columns[i][1] == figure for i, figure, _ in self.columns if i < len(columns))
        if not self.is_clear and self.columns and in_place and len(self.cells) == len(columns):
            # As many cells as the form has, and what can be read stands at its place.
            self.columns = [(i, figure, 0.0) for i, (_, figure) in enumerate(columns)]


@lru_cache(maxsize=1024)
def _aligned(texts: tuple[str, ...], keys: tuple[str, ...]) -> tuple[tuple[int, int, float], ...]:
    """Match printed column labels with those of the form: both by number, with their likeness."""
    scores = [[similarity(label_key(text), key) for key in keys] for text in texts]
    found = align(scores, LEAST_SIMILARITY)
    if len(found) - found.count(None) < len(keys):
        found = _in_any_order(scores, len(keys)) or found
    return tuple((i, j, scores[i][j]) for i, j in enumerate(found) if j is not None)


def _in_any_order(scores: Sequence[Sequence[float]], width: int) -> list[int | None]:
    """Match labels out of the form's order, where each column has one that leaves no doubt."""
    found = [next((j for j, score in enumerate(row) if score >= CERTAIN), None) for row in scores]
    return found if sorted(j for j in found if j is not None) == list(range(width)) else []


def _header_cells(above: Sequence[Row], match: Match) -> list[Cell]:
    """The column labels above a row: the nearest that fit it; headers are repeated on new pages."""
    own = [cell for cell in match.row.labels if cell.text][:-1]
    keys = tuple([key for key, _ in match.form.columns])
    if match.row.blanks_lost and any(map(_is_corner, own)):
        return _joined_rows([own], keys) or _behind_corner(own)
    printed = list(_labels_above(above, match.row.table_index))
    for cells in printed:
        if any(_is_like(cell.text, keys) for cell in cells):
            return _joined_rows(printed, keys) or _behind_corner(cells)
    has_header = printed and not match.row.blanks_lost
    return _behind_corner(printed[0]) if has_header else []


def _labels_above(above: Sequence[Row], table_index: int) -> Iterator[list[Cell]]:
    """Give the labels of each row that may be a header, the nearest first."""
    for row in reversed(above):
        if row.table_index != table_index:
            return
        cells = [cell for cell in row.labels if cell.text]
        if row.blanks_lost:
            # Where lines ran on, the last label is that of the row itself.
            yield cells[:-1]
        elif not row.has_figures:
            yield cells


def _joined_rows(printed: Sequence[Sequence[Cell]], keys: Sequence[str]) -> list[Cell]:
    """Join heads that were broken over rows, up to the corner; empty where one is missing."""
    torn: list[Cell] = []
    for cells in printed:
        torn = [*cells, *torn]
        if any(map(_is_corner, cells)):
            break
    joined = joined_cells(_behind_corner(torn), frozenset(keys))
    return joined if len(joined) == len(keys) else []


def _behind_corner(cells: Sequence[Cell]) -> list[Cell]:
    """The column labels behind 信息内容, if that stands there."""
    corners = (index for index, cell in enumerate(cells) if _is_corner(cell))
    return list(cells[max(corners, default=-1) + 1 :])


def _is_corner(cell: Cell) -> bool:
    return _is_like(cell.text, (_CORNER_KEY,))


@lru_cache(maxsize=8192)
def _is_like(text: str, keys: tuple[str, ...]) -> bool:
    return any(similarity(label_key(text), key) >= LEAST_SIMILARITY for key in keys)


def _facts(match: Match, header: _Header, units: UnitFactors) -> list[Fact]:
    row = match.row
    cells = _cells(match, header)
    if cells is None:
        figures = [(indicator, None) for _, indicator in match.form.columns]
        return unreadable_facts(figures, row, row.cells[match.start :])
    return [fact_of(indicator, None, cell, row, units, text) for indicator, cell, text in cells]


def _cells(match: Match, header: _Header) -> list[tuple[Indicator, Cell, str]] | None:
    """Give the cell of each figure with the text of its header, or None where it cannot be told."""
    row, line = match.row, match.form
    if row.has_grid and len(header.columns) == len(line.columns):
        return _cells_by_column(match, header)
    # Without a header that can be read, only a row of exactly the official width is clear.
    known = len(header.columns) == len(line.columns)
    width = len(header.cells) if known else len(line.columns)
    values = first_values(row, match.start, width)
    if values is None or (header.cells and not known):
        return None
    if known:
        return [(figure, values[i], header.cells[i].text) for i, figure, _ in header.columns]
    pairs = zip(line.columns, values, strict=True)
    return [(indicator, cell, "") for (_, indicator), cell in pairs]


def _cells_by_column(match: Match, header: _Header) -> list[tuple[Indicator, Cell, str]] | None:
    heads = [header.cells[index] for index, _, _ in header.columns]
    columns = [(head.column, head.column_span) for head in heads]
    found = under(match.row.cells[match.start :], columns, right_edge(header.cells))
    if found is None:
        return None
    figures = [figure for _, figure, _ in header.columns]
    return list(zip(figures, found, [head.text for head in heads], strict=True))


def _header_finding(line: FormRow, header: _Header) -> Finding:
    printed = " ".join(cell.text for cell in header.cells)
    return Finding(
        "header_unrecognised",
        f"“{line.label}”一行的表头无法完整识别，按官方格式的列序读取或标为无法读取。",
        evidence=printed or None,
    )
