"""The table of reviews and lawsuits (行政复议、行政诉讼): one row of figures, a torn header."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby, takewhile
from typing import NamedTuple

from extract.document import Cell
from transform.formats import Format, Indicator
from transform.header import CERTAIN, closest, grid_labels, is_in_order, printed_labels
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.recognised import (
    Recognised,
    UnitFactors,
    fact_of,
    first_values,
    is_moved_sum,
    unreadable_facts,
    values_behind_blank,
    values_of,
    without_values,
)
from transform.records import Fact, Finding
from transform.rows import Row

# This many of the header's labels tell the table from any other.
_LEAST_LABELS = 4
_CLEAR = 0.7
# What the code of a group's total ends in.
_TOTAL = "total"


class _Reading(NamedTuple):
    """One printed table: the facts of each row with figures, and what its header told.

    `is_form` says that it is this table beyond doubt: it holds a figure for each column, or its
    header names each. What is neither is a look-alike, unless there is no other.
    """

    rows: list[list[Fact]]
    has_order: bool
    is_form: bool
    table: Sequence[Row]


def recognise_disputes(rows: Sequence[Row], form: Format, units: UnitFactors) -> Recognised:
    """Read the rows of a document as this table; rows of other tables match nothing."""
    result = Recognised()
    tables = _tables(rows, form)
    if parts := _of_parts([table for table, _ in tables], form, units):
        result.by_row["disputes"] = parts
        return result
    readings = [_reading(table, figures, form, units) for table, figures in tables if figures]
    if not readings:
        result.findings += [_no_figures()] if tables else []
        return result
    chosen = [reading for reading in readings if reading.is_form] or readings[:1]
    result.findings += [_header_finding(one.table) for one in chosen if not one.has_order]
    first, *others = [facts for reading in chosen for facts in reading.rows]
    if any(values_of(other) != values_of(first) for other in others):
        # Last year's figures stand above or below: neither is a guess.
        first = without_values(first)
        result.findings.append(_several_rows())
    result.by_row["disputes"] = first
    return result


def _tables(rows: Sequence[Row], form: Format) -> list[tuple[list[Row], list[Row]]]:
    """Give the rows of each such table from its header on, and those that hold its figures."""
    tables = []
    for start in _header_starts(rows, form):
        table = [row for row in rows[start:] if row.table_index == rows[start].table_index]
        filled = [row for row in table if row.has_figures]
        width = len(form.disputes)
        blank = [row for row in table if not row.label_count and len(row.cells) == width]
        tables.append((table, filled or blank[-1:]))
    return tables


def _reading(
    table: Sequence[Row], filled: Sequence[Row], form: Format, units: UnitFactors
) -> _Reading:
    figures = _printed_order(table, form)
    facts = [_facts(row, figures, form, units) for row in filled]
    is_read = any(fact.value_status != "unreadable" for row in facts for fact in row)
    return _Reading(facts, bool(figures), is_read or _is_whole(table, form), table)


def _of_parts(
    tables: Sequence[Sequence[Row]], form: Format, units: UnitFactors
) -> list[Fact] | None:
    """Read a table whose groups or columns stand one below the other, or in tables of their own.

    Every group and every column must be named once, beyond doubt and in the form's order.
    """
    parts = [part for table in tables for part in _parts(table)]
    groups, leaves = (
        [group for group, _, _ in form.disputes],
        [leaf for _, leaf, _ in form.disputes],
    )
    if len(parts) < 2 or _groups(parts, groups) != list(dict.fromkeys(groups)):
        return None
    named = [_printed_leaves(part, leaves, CERTAIN) or _own(part[-1], leaves) for part in parts]
    if [closest(key, tuple(leaves)) for keys in named for key in keys] != leaves:
        return None
    figures = iter([indicator for _, _, indicator in form.disputes])
    facts: list[Fact] = []
    for (*_, row), keys in zip(parts, named, strict=True):
        values = first_values(row, row.label_count, len(keys))
        if values is None:
            return None
        facts += [fact_of(next(figures), None, cell, row, units) for cell in values]
    return facts


def _parts(table: Sequence[Row]) -> list[list[Row]]:
    """Give the rows of a table up to and with each that holds figures."""
    parts: list[list[Row]] = [[]]
    for row in table:
        parts[-1].append(row)
        if row.has_figures:
            parts.append([])
    return parts[:-1]


def _groups(parts: Sequence[Sequence[Row]], groups: Sequence[str]) -> list[str]:
    keys = [key for part in parts for row in part for key in _own(row, groups)]
    return [key for key, _ in groupby(keys)]


def _own(row: Row, known: Sequence[str]) -> list[str]:
    return [key for text in row.label_texts if (key := label_key(text)) in known]


def _is_whole(table: Sequence[Row], form: Format) -> bool:
    leaves = [leaf for _, leaf, _ in form.disputes]
    return len(_printed_leaves(table, leaves, LEAST_SIMILARITY)) == len(leaves)


def _header_starts(rows: Sequence[Row], form: Format) -> list[int]:
    """Find the first row of each table that carries the header's labels."""
    groups, labels = _telling(form.disputes)
    seen: dict[int, tuple[int, int]] = {}
    starts: dict[int, int] = {}
    for index, row in enumerate(rows):
        if row.table_index in starts:
            continue
        keys = [label_key(text) for text in row.label_texts if text]
        hits = sum([_is_clearly(key, labels) for key in keys])
        first, count = seen.get(row.table_index, (index, 0))
        if count == 0 and not any(_is_clearly(key, groups) for key in keys):
            continue
        seen[row.table_index] = (first if count else index, count + hits)
        if count + hits >= _LEAST_LABELS:
            starts[row.table_index] = seen[row.table_index][0]
    return list(starts.values())


@lru_cache(maxsize=8)
def _telling(
    disputes: tuple[tuple[str, str, Indicator], ...],
) -> tuple[frozenset[str], frozenset[str]]:
    """Give the labels of groups, and those with the labels of the columns."""
    groups = frozenset({group for group, _, _ in disputes} | {"行政诉讼"})
    return groups, groups | {leaf for _, leaf, _ in disputes}


@lru_cache(maxsize=8192)
def _is_clearly(key: str, labels: frozenset[str]) -> bool:
    return any(similarity(key, label) >= _CLEAR for label in labels)


def _printed_order(table: Sequence[Row], form: Format) -> list[Indicator]:
    """The figures in the order of the printed columns; empty where it cannot be told.

    Another order than the official one is believed only where every label is beyond doubt.
    """
    official = [indicator for _, _, indicator in form.disputes]
    leaves = tuple([leaf for _, leaf, _ in form.disputes])
    if is_in_order(_printed_leaves(table, leaves, LEAST_SIMILARITY), leaves):
        return official
    certain = _printed_leaves(table, leaves, CERTAIN)
    printed = [closest(key, leaves) for key in certain]
    if len(printed) != len(leaves):
        return []
    size = len(set(leaves))
    order: list[Indicator] = []
    for at in range(0, len(leaves), size):
        group = dict(zip(leaves[at : at + size], official[at : at + size], strict=True))
        order += [group[leaf] for leaf in dict.fromkeys(printed[at : at + size])]
    return order if len(order) == len(official) else []


def _printed_leaves(table: Sequence[Row], leaves: Sequence[str], least: float) -> list[str]:
    header = list(takewhile(lambda row: not row.has_figures, table))
    if table[0].has_grid:
        cells = [cell for row in header for cell in row.cells if cell.text]
        return grid_labels(cells, leaves, least)
    rows = [row for row in header if row.label_count]
    return printed_labels([*rows, *_run_in(table)], leaves, least)


def _run_in(table: Sequence[Row]) -> list[Row]:
    """Labels that ran into the row of figures, where nothing parts cells."""
    return [replace(row, cells=row.labels) for row in table if row.blanks_lost]


def _facts(row: Row, figures: Sequence[Indicator], form: Format, units: UnitFactors) -> list[Fact]:
    start, count = row.label_count, len(figures)
    values = figures and (
        first_values(row, start, count)
        or values_behind_blank(row, start, count, partial(_has_sums, figures))
    )
    if not values or _has_moved_sum(figures, values):
        unread = [(indicator, None) for _, _, indicator in form.disputes]
        return unreadable_facts(unread, row, row.values)
    pairs = zip(figures, values, strict=True)
    return [fact_of(figure, None, cell, row, units) for figure, cell in pairs]


def _has_moved_sum(figures: Sequence[Indicator], values: Sequence[Cell]) -> bool:
    """Tell whether a group has its total in the cell before that of the total."""
    texts: dict[str, list[str]] = {}
    ends: dict[str, str] = {}
    for figure, cell in zip(figures, values, strict=True):
        group, _, ends[group] = figure.code.rpartition(".")
        texts.setdefault(group, []).append(cell.text)
    return any(ends[group] == _TOTAL and is_moved_sum(each) for group, each in texts.items())


def _has_sums(figures: Sequence[Indicator], numbers: Sequence[int]) -> bool:
    """Tell whether the outcomes of each group come to its total."""
    sums: dict[str, int] = {}
    for figure, number in zip(figures, numbers, strict=True):
        group, _, leaf = figure.code.rpartition(".")
        sums[group] = sums.get(group, 0) + (-number if leaf == _TOTAL else number)
    return not any(sums.values())


def _header_finding(table: Sequence[Row]) -> Finding:
    printed = " ".join(cell.text for row in table for cell in row.labels if cell.text)
    return Finding(
        "header_unrecognised", "行政复议、行政诉讼情况表的列序无法识别。", evidence=printed
    )


def _no_figures() -> Finding:
    return Finding("row_missing", "行政复议、行政诉讼情况表没有数据行。")


def _several_rows() -> Finding:
    return Finding("row_ambiguous", "行政复议、行政诉讼情况表有多行不同数字，未采用任何一行。")
