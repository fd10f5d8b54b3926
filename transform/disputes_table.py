"""The table of reviews and lawsuits (行政复议、行政诉讼): one row of figures, a torn header."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from transform.formats import Format, Indicator
from transform.header import CERTAIN, closest, grid_labels, is_in_order, printed_labels
from transform.labels import LEAST_SIMILARITY, label_key, similarity
from transform.recognised import (
    Recognised,
    UnitFactors,
    fact_of,
    first_values,
    unreadable_facts,
    values_of,
    without_values,
)
from transform.records import Fact, Finding
from transform.rows import Row

# This many of the header's labels tell the table from any other.
_LEAST_LABELS = 4
_CLEAR = 0.7


def recognise_disputes(rows: Sequence[Row], form: Format, units: UnitFactors) -> Recognised:
    """Read the rows of a document as this table; rows of other tables match nothing."""
    result = Recognised()
    start = _header_start(rows, form)
    if start is None:
        return result
    table = [row for row in rows[start:] if row.table_index == rows[start].table_index]
    filled = [row for row in table if row.has_figures]
    blank = [row for row in table if not row.label_count and len(row.cells) == len(form.disputes)]
    if not filled and not blank:
        result.findings.append(_no_figures())
        return result
    figures = _printed_order(table, form)
    first, *others = [_facts(row, figures, form, units) for row in filled or blank[-1:]]
    if not figures:
        result.findings.append(_header_finding(table))
    if any(values_of(other) != values_of(first) for other in others):
        first = without_values(first)
        result.findings.append(_several_rows())
    result.by_row["disputes"] = first
    return result


def _header_start(rows: Sequence[Row], form: Format) -> int | None:
    """Find the first row of the table that carries the header's labels."""
    groups, labels = _telling(form.disputes)
    seen: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        keys = [label_key(text) for text in row.label_texts if text]
        hits = sum([_is_clearly(key, labels) for key in keys])
        first, count = seen.get(row.table_index, (index, 0))
        if count == 0 and not any(_is_clearly(key, groups) for key in keys):
            continue
        seen[row.table_index] = (first if count else index, count + hits)
        if count + hits >= _LEAST_LABELS:
            return seen[row.table_index][0]
    return None


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
    values = first_values(row, row.label_count, len(form.disputes))
    if values is None or not figures:
        unread = [(indicator, None) for _, _, indicator in form.disputes]
        return unreadable_facts(unread, row, row.values)
    pairs = zip(figures, values, strict=True)
    return [fact_of(figure, None, cell, row, units) for figure, cell in pairs]


def _header_finding(table: Sequence[Row]) -> Finding:
    printed = " ".join(cell.text for row in table for cell in row.labels if cell.text)
    return Finding(
        "header_unrecognised", "行政复议、行政诉讼情况表的列序无法识别。", evidence=printed
    )


def _no_figures() -> Finding:
    return Finding("row_missing", "行政复议、行政诉讼情况表没有数据行。")


def _several_rows() -> Finding:
    return Finding("row_ambiguous", "行政复议、行政诉讼情况表有多行不同数字，未采用任何一行。")
