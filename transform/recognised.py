"""What a recogniser of one table gives, and the step from a cell to a fact that all three share."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extract.document import Cell
from transform.formats import FormRow, Indicator
from transform.records import Fact, Finding
from transform.rows import Row
from transform.values import UNREADABLE, Value, is_void, parse_value

UnitFactors = Mapping[str, Mapping[str, Decimal]]

_ONE = Decimal(1)
# A table of which so many rows stand again is printed twice.
_WHOLE = 0.8
_STATED_UNIT = re.compile("[十百千万亿]*元")


class Reading(NamedTuple):
    """One table in one format: how well its labels fit, and the step that reads its figures.

    A table is held against every format and read in one.
    """

    score: float
    read: Callable[[], "Recognised"]


@dataclass(slots=True)
class Recognised:
    """Facts of one table read as one format."""

    by_row: dict[str, list[Fact]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    copied: set[str] = field(default_factory=set)
    rivals: bool = False

    @property
    def facts(self) -> list[Fact]:
        """All facts, in the order of the form."""
        return [fact for facts in self.by_row.values() for fact in facts]

    def take(self, line: FormRow, facts: list[Fact]) -> None:
        """Add the facts of one row of the form."""
        self.by_row[line.key] = facts

    def drop(self, places: Collection[tuple[int, int, int]]) -> None:
        """Make the figures at these places (table, row, column) unreadable."""
        for key, facts in self.by_row.items() if places else ():
            self.by_row[key] = [
                without_values([fact])[0] if _place(fact) in places else fact for fact in facts
            ]

    def compare(self, line: FormRow, again: Sequence[Fact]) -> None:
        """A row that stands again with other figures makes both unreadable: neither is a guess."""
        first = self.by_row[line.key]
        self.copied.add(line.key)
        if values_of(first) == values_of(again):
            return
        self.rivals = True
        self._leave_out(line, f"“{line.label}”出现两次且数字不同，未采用任何一行。", again)

    def leave_out_rivals(self, lines: Iterable[FormRow]) -> None:
        """Two whole tables with other figures: a row that one of them has is ambiguous as well.

        It stands in both, but in the other under a damaged label. A table with few rows is none.
        """
        if not self.rivals or len(self.copied) < _WHOLE * len(self.by_row):
            return
        self.leave_out_all(line for line in lines if line.key not in self.copied)

    def leave_out_all(self, lines: Iterable[FormRow]) -> None:
        """Take no figure of these rows: which of two tables is the report's own cannot be told."""
        for line in lines:
            message = f"“{line.label}”只见于两张数字不同的表之一，未采用。"
            self._leave_out(line, message, self.by_row[line.key])

    def _leave_out(self, line: FormRow, message: str, printed: Sequence[Fact]) -> None:
        self.by_row[line.key] = without_values(self.by_row[line.key])
        evidence = " ".join(fact.raw_text for fact in printed)
        indicator = line.columns[0][1].code
        self.findings.append(
            Finding("row_ambiguous", message, indicator=indicator, evidence=evidence)
        )


def _place(fact: Fact) -> tuple[int, int, int]:
    return fact.table_index, fact.row_index, fact.column_index


def values_of(facts: Iterable[Fact]) -> list[tuple[Decimal | None, str]]:
    """What two readings of a row must agree in."""
    return [(fact.value, fact.value_status) for fact in facts]


def without_values(facts: Iterable[Fact]) -> list[Fact]:
    """The same cells, marked as unreadable."""
    return [fact._replace(value=None, value_status="unreadable") for fact in facts]


def fact_of(
    indicator: Indicator,
    applicant: str | None,
    cell: Cell,
    row: Row,
    units: UnitFactors,
    header: str = "",
) -> Fact:
    """Read one cell as one figure; `header` may state another unit than the official one."""
    factors = units[indicator.unit]
    stated = _stated_units(header) if header and "元" in factors else ()
    value = parse_value(
        cell.text,
        factors,
        may_be_negative=indicator.may_be_negative,
        default_factor=_factor_of(stated, factors) if stated else _ONE,
    )
    return _fact(indicator, applicant, value, cell, row)


@lru_cache(maxsize=1024)
def _stated_units(header: str) -> tuple[str, ...]:
    """Give the units of money a header names, however it sets them apart: （元）, /元, 单位 元."""
    folded = unicodedata.normalize("NFKC", "".join(header.split()))
    return tuple(dict.fromkeys(_STATED_UNIT.findall(folded)))


def _factor_of(stated: Sequence[str], factors: Mapping[str, Decimal]) -> Decimal | None:
    """Give the factor of the one unit stated; of two (元/万元), or of an unknown one, none."""
    return factors.get(stated[0]) if len(stated) == 1 else None


def unreadable_facts(
    figures: Iterable[tuple[Indicator, str | None]], row: Row, values: Sequence[Cell]
) -> list[Fact]:
    """A row whose cells cannot be told apart: every figure unreadable, with all that is printed."""
    printed = " ".join(cell.text for cell in values if cell.text)
    column = values[0].column if values else 0
    cell = Cell(printed, row.row_index, column)
    return [_fact(indicator, applicant, UNREADABLE, cell, row) for indicator, applicant in figures]


def _fact(indicator: Indicator, applicant: str | None, value: Value, cell: Cell, row: Row) -> Fact:
    return Fact(
        indicator.code,
        applicant,
        value.value,
        value.status,
        indicator.unit,
        cell.text,
        row.table_index,
        row.row_index,
        cell.column,
    )


def first_values(row: Row, start: int, count: int) -> Sequence[Cell] | None:
    """Give the `count` cells from `start` on, or None where the row holds more or fewer.

    Blank cells behind them do not count: layouts fill rows up with them. Where blanks are lost
    only the exact number will do. A slash over all columns stands in each.
    """
    values = row.cells[start:]
    if len(values) == 1 and values[0].column_span >= count and is_void(values[0].text):
        return values * count
    if len(values) < count or any(cell.text for cell in values[count:]):
        return None
    if row.blanks_lost and len(values) != count:
        return None
    return values[:count]


def values_behind_blank(
    row: Row, start: int, count: int, is_sum: Callable[[Sequence[int]], bool]
) -> Sequence[Cell] | None:
    """Give `count` figures behind blank cells too many at `start`, if their sums prove them.

    What a report shifts by a cell would else be read as the figures of the wrong columns. A merged
    label leaves as many blanks as it covers columns.
    """
    first = next((at for at in range(start, len(row.cells)) if row.cells[at].text), start)
    if row.blanks_lost or first == start:
        return None
    values = first_values(row, first, count)
    if values is None or not all(cell.text.isdecimal() for cell in values):
        return None
    return values if is_sum([int(cell.text) for cell in values]) else None


def is_moved_sum(texts: Sequence[str]) -> bool:
    """Tell whether the last cell, that of a sum, is blank and the sum may stand in the one before.

    The row lost a cell then, and what stands behind it is under the wrong heads. The sum is that
    of the other cells, or more where the lost one held a number.

    >>> is_moved_sum(["2", "0", "5", "7", ""]), is_moved_sum(["0", "0", "0", "7", ""])
    (True, False)
    """
    *parts, last, total = texts
    if total or not last.isdecimal() or not all(not text or text.isdecimal() for text in parts):
        return False
    return 0 < sum(int(text) for text in parts if text) <= int(last)


def right_edge(cells: Iterable[Cell]) -> int:
    """Give the grid column behind the last of the header's cells."""
    return max((cell.column + cell.column_span for cell in cells), default=0)


def under(
    cells: Sequence[Cell], columns: Iterable[tuple[int, int]], edge: int
) -> list[Cell] | None:
    """Give the cell under each column (first, how many) of a header that ends at column `edge`.

    None where that cannot be told. A cell under several columns is the figure of none of them,
    unless it is blank or a slash.
    """
    if cells and cells[-1].column >= edge and any(c.text and c.column >= edge for c in cells):
        # Something stands behind the last column: the row may be shifted.
        return None
    columns = list(columns)
    first = min((column for column, _ in columns), default=0)
    if any(cell.text and cell.column + cell.column_span <= first for cell in cells):
        # A figure stands where the labels of other rows do: so may this one.
        return None
    found: list[Cell] = []
    for column, width in columns:
        below = [
            cell
            for cell in cells
            if cell.column < column + width and column < cell.column + cell.column_span
        ]
        if len(below) != 1 or (below[0] in found and not is_void(below[0].text)):
            return None
        found += below
    return found
