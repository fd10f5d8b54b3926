"""Tables seen before: a layout is recognised once, and again only its figures are read.

Offices print the forms in one of a few layouts, a portal in one for all its pages. A layout is all
of a document's tables but their figures. It is recognised with a number of its own in the place of
each figure, by which the facts tell which figure they hold, and remembered only where each of these
is a fact and there are no findings: a figure that decides anything else is no fact, or is found.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from extract.document import Block, Cell, Paragraph, Table
from transform.formats import Indicator
from transform.labels import label_key
from transform.printed_rows import LONGEST_LABEL, rows_of_lines
from transform.recognised import UnitFactors
from transform.records import Fact
from transform.values import is_value_like, parse_value

# No figure has as many digits as a number that stands in for one.
_DIGITS = 15
_FIRST = 9 * 10 ** (_DIGITS - 1)
_ZERO = "0"
_TEXT, _PLACE = itemgetter(0), itemgetter(slice(1, None))
# For lines that part two tables and are too long to be the front of a broken label.
_PROSE = "文" * (LONGEST_LABEL + 1)


class _Printed(NamedTuple):
    """A table: texts of its cells, None for figures, and their rows, columns and spans."""

    has_grid: bool
    texts: tuple[str | None, ...]
    places: tuple[tuple[int, int, int, int], ...]


Layout = tuple[tuple[str, ...] | _Printed, ...]


class _Slot(NamedTuple):
    """A fact of a layout, the number and kind of the figure it holds, and the fact for a zero.

    Most cells hold a zero.
    """

    fact: Fact
    number: int
    indicator: Indicator
    zero: Fact


class FactsOfLayout(NamedTuple):
    """The facts of a layout in order: blank ones as they are, the others to be filled."""

    slots: tuple[Fact | _Slot, ...]

    def of(self, figures: Sequence[str], units: UnitFactors) -> tuple[Fact, ...]:
        """Give the facts of a document in this layout."""
        return tuple([_filled(slot, figures, units) for slot in self.slots])


def _filled(slot: Fact | _Slot, figures: Sequence[str], units: UnitFactors) -> Fact:
    if isinstance(slot, Fact):
        return slot
    text = figures[slot.number]
    return slot.zero if text == _ZERO else _with_figure(slot.fact, slot.indicator, text, units)


def _with_figure(fact: Fact, indicator: Indicator, text: str, units: UnitFactors) -> Fact:
    factors, may_be_negative = units[indicator.unit], indicator.may_be_negative
    value, status = parse_value(text, factors, may_be_negative=may_be_negative)
    return fact._replace(value=value, value_status=status, raw_text=text)


def layout_of(blocks: Sequence[Block], known: frozenset[str]) -> tuple[Layout, list[str]] | None:
    """Part a document into the layout of its tables and the figures in them, in order.

    `known` are the official label keys. None where cells of a table stand in bare lines: there
    figures and prose cannot be parted.
    """
    parts: list[tuple[str, ...] | _Printed] = []
    figures: list[str] = []
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        if any(rows_of_lines(lines, 0, known)):
            return None
        # What stands above the first table joins no pieces.
        parts += [_parting(lines) if parts else (), _printed(block, figures)]
        lines = []
    return None if any(rows_of_lines(lines, 0, known)) else (tuple(parts), figures)


def _parting(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the lines between two tables, as far as they decide whether these are pieces of one."""
    if any(len(line) > LONGEST_LABEL and len(label_key(line)) > LONGEST_LABEL for line in lines):
        return (_PROSE,)
    return tuple(lines)


def _printed(table: Table, figures: list[str]) -> _Printed:
    """Part one table, and add its figures to those before them."""
    texts: list[str | None] = []
    for row in table.rows():
        printed = list(map(_TEXT, row))
        start = _first_figure(printed)
        texts += printed[:start]
        texts += [None] * (len(printed) - start)
        figures += printed[start:]
    return _Printed(table.has_grid, tuple(texts), tuple(map(_PLACE, table.cells)))


def _first_figure(row: Sequence[str]) -> int:
    """Give the index of the first of the figures that end a row; blank cells among them count.

    A row that has only blank cells behind its label has no figures: it may be a heading.
    """
    start = len(row)
    while start and (not row[start - 1] or is_value_like(row[start - 1])):
        start -= 1
    return start if any(row[start:]) else len(row)


def with_stand_ins(layout: Layout) -> list[Block]:
    """Give the blocks of a layout with numbers that stand in for its figures."""
    blocks: list[Block] = []
    numbers = map(str, range(_FIRST, 10 * _FIRST))
    for part in layout:
        if isinstance(part, _Printed):
            texts = [next(numbers) if text is None else text for text in part.texts]
            cells = [Cell(text, *place) for text, place in zip(texts, part.places, strict=True)]
            blocks.append(Table(tuple(cells), part.has_grid))
        else:
            blocks += map(Paragraph, part)
    return blocks


def has_blank_total(facts: Sequence[Fact]) -> bool:
    """Tell whether a total is blank behind a number, which may be the total (`is_moved_sum`)."""
    return any(
        not fact.raw_text and bool(before.value) and _is_total(fact)
        for before, fact in pairwise(facts)
    )


def _is_total(fact: Fact) -> bool:
    """Tell whether a fact is the sum of those before it in its row."""
    return (fact.applicant or fact.indicator).endswith("total")


def facts_of_layout(
    facts: Sequence[Fact],
    layout: Layout,
    indicators: Mapping[str, Indicator],
    units: UnitFactors,
) -> FactsOfLayout | None:
    """Take the facts read from `with_stand_ins`, with the indicators by their codes.

    None unless each of the numbers is the whole of one fact.
    """
    slots: list[Fact | _Slot] = []
    numbers = []
    for fact in facts:
        text = fact.raw_text
        if not text:
            slots.append(fact)
            continue
        if not (len(text) >= _DIGITS and text.isdecimal() and fact.value == int(text)):
            return None
        numbers.append(int(text) - _FIRST)
        indicator = indicators[fact.indicator]
        zero = _with_figure(fact, indicator, _ZERO, units)
        slots.append(_Slot(fact, numbers[-1], indicator, zero))
    size = sum(part.texts.count(None) for part in layout if isinstance(part, _Printed))
    return FactsOfLayout(tuple(slots)) if sorted(numbers) == list(range(size)) else None
