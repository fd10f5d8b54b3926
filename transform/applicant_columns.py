"""Which column of the requests table is which of the seven kinds of applicants (申请人情况)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from extract.document import Cell
from transform.form_rows import Match
from transform.header import CERTAIN, closest, grid_columns, is_in_order, printed_labels
from transform.labels import LEAST_SIMILARITY, label_key
from transform.recognised import (
    first_values,
    is_moved_sum,
    right_edge,
    under,
    values_behind_blank,
)
from transform.rows import Row

_GROUP_KEY = "法人或其他组织"
_TOTAL = "total"


class Applicant(NamedTuple):
    """One column of the table: code and label key."""

    code: str
    key: str


def head_keys(applicants: Sequence[Applicant]) -> frozenset[str]:
    """Give the label keys that stand in the header: those of the columns and of their group."""
    return frozenset(applicant.key for applicant in applicants) | {_GROUP_KEY}


class ApplicantColumns:
    """The columns, from the rows above the first row of figures.

    `is_clear` says that every column was found by its label; `text` is what is printed there.
    """

    def __init__(
        self, rows: Sequence[Row], matched: Sequence[Match], applicants: Sequence[Applicant]
    ) -> None:
        above = _rows_above(rows, matched[0].row, applicants)
        cells = [cell for row in above for cell in row.cells if cell.text]
        self.text = " ".join(cell.text for cell in cells)
        self._order = _printed_order(above, applicants)
        columns: Mapping[str, tuple[int, int]] = {}
        if any(row.has_grid for row in above):
            by_key = grid_columns(cells, [applicant.key for applicant in applicants])
            columns = {a.code: by_key[a.key] for a in applicants if a.key in by_key}
        if columns and self._order and _has_lost_spans(cells, columns, applicants):
            columns = {}
        if columns:
            # Rows that go on without columns keep the order of the columns above them.
            self._order = sorted(columns, key=lambda code: columns[code])
        self.is_clear = bool(columns) or _is_whole(above, applicants)
        if matched[0].row.has_grid and not columns:
            columns = _columns_of_values(matched, self._order)
        self._columns = columns
        # A title may be set wider than the table, and a header may be lost.
        lines = [line for row in above if len(line := [c for c in row.cells if c.text]) > 1]
        edges = [first + width for first, width in columns.values()]
        self._edge = max(*edges, right_edge(c for line in lines for c in line)) if edges else 0
        # Mostly every column is one wide, and so is every cell: no need to look what covers what.
        narrow = {column: code for code, (column, width) in columns.items() if width == 1}
        self._narrow = narrow if len(narrow) == len(columns) else {}
        self._covers, self._fills_up = _blanks_of(matched, len(applicants))

    def cells(self, row: Row, start: int) -> dict[str, Cell] | None:
        """Give the cell of each applicant code, or None where that cannot be told."""
        found = self._by_column(row, start) if row.has_grid and self._columns else None
        if not found:
            values = self._in_order(row, start) if self._order else None
            found = None if values is None else dict(zip(self._order, values, strict=True))
        return None if found and self._has_moved_sum(found) else found

    def _has_moved_sum(self, cells: Mapping[str, Cell]) -> bool:
        if cells[_TOTAL].text or self._order[-1:] != [_TOTAL]:
            return False
        return is_moved_sum([cells[code].text for code in self._order])

    def _in_order(self, row: Row, start: int) -> Sequence[Cell] | None:
        """Give the figures as printed; a blank cell too many in front must be proved by the sum."""
        count = len(self._order)
        values = first_values(row, start, count)
        if values is None or self._may_be_moved(row, start, values):
            return values_behind_blank(row, start, count, self._has_sum)
        return values

    def _may_be_moved(self, row: Row, start: int, values: Sequence[Cell]) -> bool:
        """Tell whether the first blank may be covered by the label, with the figures behind it."""
        if values[0].text or not any(cell.text for cell in values):
            return False
        has_more = len(row.cells) - start > len(values)
        return self._covers or (has_more and not self._fills_up)

    def _has_sum(self, numbers: Sequence[int]) -> bool:
        total = numbers[self._order.index(_TOTAL)]
        return sum(numbers) == 2 * total

    def _by_column(self, row: Row, start: int) -> dict[str, Cell] | None:
        printed = row.cells[start:]
        narrow = {cell.column: cell for cell in printed if cell.column_span == 1}
        if narrow.keys() == self._narrow.keys() and len(printed) == len(narrow):
            return {code: narrow[column] for column, code in self._narrow.items()}
        found = under(printed, self._columns.values(), self._edge)
        return None if found is None else dict(zip(self._columns, found, strict=True))


def _blanks_of(matched: Sequence[Match], count: int) -> tuple[bool, bool]:
    """Tell whether rows have blanks for what a merged label covers, and whether behind figures.

    Both are seen in rows with more cells than figures: in the one the last figure stands too far
    back, in the other the first one right behind the label.
    """
    longer = [m.row.cells[m.start :] for m in matched if len(m.row.cells) - m.start > count]
    covers = any(not cells[0].text and any(c.text for c in cells[count:]) for cells in longer)
    return covers, any(cells[0].text for cells in longer)


def _rows_above(rows: Sequence[Row], first: Row, applicants: Sequence[Applicant]) -> list[Row]:
    """The rows above the first row of figures in its table; labels that ran into it are a row.

    Another table may stand above the header as part of this one: what stands above figures that
    stand above a label of the header is none of it.
    """
    above: list[Row] = []
    if first.blanks_lost:
        labels = first.labels[:-1]
        above.append(Row(first.table_index, first.row_index, labels, len(labels)))
    heads = head_keys(applicants)
    is_header = any(map(partial(_names_any, heads), above))
    for row in reversed(rows[: rows.index(first)]):
        if row.table_index != first.table_index or (is_header and row.has_figures):
            break
        above.insert(0, row)
        is_header = is_header or _names_any(heads, row)
    return above


def _names_any(heads: frozenset[str], row: Row) -> bool:
    return any(label_key(text) in heads for text in row.label_texts)


def _printed_order(above: Sequence[Row], applicants: Sequence[Applicant]) -> list[str]:
    """Give the applicants' codes in the order of their columns; empty where it cannot be told.

    Another order than the official one is believed only where every label is beyond doubt.
    """
    official = [applicant.key for applicant in applicants]
    codes = {applicant.key: applicant.code for applicant in applicants}
    order = _order_of_keys(_found(above, applicants), official)
    if order is not None and is_in_order(order, official):
        return list(codes.values())
    certain = _order_of_keys(_found(above, applicants, CERTAIN), official) or []
    return [codes[key] for key in certain] if sorted(certain) == sorted(official) else []


def _is_whole(above: Sequence[Row], applicants: Sequence[Applicant]) -> bool:
    return {applicant.key for applicant in applicants} <= set(_found(above, applicants))


def _found(
    above: Sequence[Row], applicants: Sequence[Applicant], least: float = LEAST_SIMILARITY
) -> list[str]:
    known = (*(applicant.key for applicant in applicants), _GROUP_KEY)
    printed = printed_labels(above, known, least)
    return list(dict.fromkeys(closest(key, known) for key in printed))


def _order_of_keys(found: Sequence[str], official: Sequence[str]) -> list[str] | None:
    """Put the organisations where their group stands; None where that cannot be told.

    Headers print 自然人, the group and 总计 a row above the organisations.
    """
    edges = (official[0], _GROUP_KEY, official[-1])
    outer = [key for key in found if key in edges]
    inner = [key for key in found if key not in edges]
    if _GROUP_KEY in outer:
        at = outer.index(_GROUP_KEY)
        return [*outer[:at], *inner, *outer[at + 1 :]]
    first, last = official[0], official[-1]
    if list(found) == [*outer, *inner] and inner:
        # Two rows, the group's label lost: the form has it between the two others.
        is_official = outer in ([], [first], [first, last])
        return [*outer[:1], *inner, *outer[1:]] if is_official else None
    if list(found) == [*inner, *outer] and inner:
        return list(found) if outer in ([], [last]) else None
    return list(found)


def _has_lost_spans(
    cells: Sequence[Cell],
    columns: Mapping[str, tuple[int, int]],
    applicants: Sequence[Applicant],
) -> bool:
    """Tell whether 总计 moved among the organisations because their group covers them no longer.

    A page may state how far cells reach down and not how far they reach across: then 总计 stands
    right behind the group, the labels below take the columns that are left in their own order, and
    no figure stands under its own.
    """
    group = next((cell for cell in cells if label_key(cell.text) == _GROUP_KEY), None)
    inner = [columns[a.code][0] for a in applicants[1:-1] if a.code in columns]
    if group is None or not inner or _TOTAL not in columns or inner != sorted(inner):
        return False
    total = columns[_TOTAL][0]
    return total == group.column + group.column_span and total < inner[-1]


def _columns_of_values(
    matched: Sequence[Match], order: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """Take the columns in which figures stand, where no label tells and they are just as many."""
    columns = {
        (cell.column, cell.column_span)
        for match in matched
        for cell in match.row.cells[match.start :]
        if cell.text and match.row.has_grid
    }
    is_fit = len(columns) == len(order) == len({column for column, _ in columns})
    return dict(zip(order, sorted(columns), strict=True)) if is_fit else {}
