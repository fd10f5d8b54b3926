"""What a recogniser of one table gives, and the step from a cell to a fact that all three share."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extract.document import Cell
from transform.formats import Indicator
from transform.records import Fact, Finding
from transform.rows import Row
from transform.values import UNREADABLE, Value, parse_value

UnitFactors = Mapping[str, Mapping[str, Decimal]]

_STATED_UNIT = re.compile(r"[(（:：](?:单位)?[:：]?\s*(亿元|万元|千元|元)[)）]?")


@dataclass(slots=True)
class Recognised:
    """Facts of one table read as one format; `score` adds up how well its labels fit."""

    score: float = 0.0
    facts: list[Fact] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


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
    stated = _STATED_UNIT.search(unicodedata.normalize("NFKC", header)) if header else None
    value = parse_value(
        cell.text,
        factors,
        may_be_negative=indicator.may_be_negative,
        default_factor=factors.get(stated[1], Decimal(1)) if stated else Decimal(1),
    )
    return _fact(indicator, applicant, value, cell, row)


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
    only the exact number will do.
    """
    values = row.cells[start:]
    if len(values) < count or any(cell.text for cell in values[count:]):
        return None
    if row.blanks_lost and len(values) != count:
        return None
    return values[:count]


def overlapping(cells: Iterable[Cell], column: int, width: int) -> list[Cell]:
    """Give the cells that cover any of the grid columns from `column` on."""
    return [
        cell
        for cell in cells
        if cell.column < column + width and column < cell.column + cell.column_span
    ]
