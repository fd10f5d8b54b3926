"""The table of reviews and lawsuits (行政复议、行政诉讼): one row of figures, a torn header."""

from collections.abc import Sequence

from transform.formats import Format, Indicator
from transform.labels import label_key, similarity
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
    header = [cell for row in table for cell in row.labels if cell.text]
    keys = frozenset(key for group, leaf, _ in form.disputes for key in (group, leaf))
    result.score = float(sum(label_key(cell.text) in keys for cell in header))
    filled = [row for row in table if any(cell.text for cell in row.values)]
    blank = [row for row in table if not row.label_count and len(row.cells) == len(form.disputes)]
    if not filled and not blank:
        result.findings.append(_no_figures())
        return result
    figures = _printed_order(table, form)
    first, *others = [_facts(row, figures, units) for row in filled or blank[-1:]]
    if any(values_of(other) != values_of(first) for other in others):
        first = without_values(first)
        result.findings.append(_several_rows())
    result.by_row["disputes"] = first
    return result


def _header_start(rows: Sequence[Row], form: Format) -> int | None:
    """Find the first row of the table that carries the header's labels."""
    leaves = {leaf for _, leaf, _ in form.disputes}
    groups = {group for group, _, _ in form.disputes} | {"行政诉讼"}
    seen: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        keys = [label_key(cell.text) for cell in row.labels if cell.text]
        hits = sum(any(similarity(k, t) >= _CLEAR for t in leaves | groups) for k in keys)
        first, count = seen.get(row.table_index, (index, 0))
        has_group = any(similarity(k, t) >= _CLEAR for k in keys for t in groups)
        if count == 0 and not has_group:
            continue
        seen[row.table_index] = (first if count else index, count + hits)
        if count + hits >= _LEAST_LABELS:
            return seen[row.table_index][0]
    return None


def _printed_order(table: Sequence[Row], form: Format) -> list[Indicator]:
    """The figures in the order of the printed columns, where every column is named clearly.

    Else the official order: torn or shortened labels are the rule, exchanged columns the exception.
    """
    official = [indicator for _, _, indicator in form.disputes]
    size = len({leaf for _, leaf, _ in form.disputes})
    known = {leaf for _, leaf, _ in form.disputes}
    cells = [cell for row in table for cell in row.labels if label_key(cell.text) in known]
    if table[0].has_grid:
        cells.sort(key=lambda cell: cell.column)
    printed = [label_key(cell.text) for cell in cells]
    groups = [form.disputes[at : at + size] for at in range(0, len(official), size)]
    order: list[Indicator] = []
    for at, group in zip(range(0, len(printed), size), groups, strict=False):
        by_leaf = {leaf: indicator for _, leaf, indicator in group}
        if sorted(printed[at : at + size]) == sorted(by_leaf):
            order += [by_leaf[leaf] for leaf in printed[at : at + size]]
    return order if len(order) == len(official) == len(printed) else official


def _facts(row: Row, figures: Sequence[Indicator], units: UnitFactors) -> list[Fact]:
    values = first_values(row, row.label_count, len(figures))
    if values is None:
        return unreadable_facts([(figure, None) for figure in figures], row, row.values)
    pairs = zip(figures, values, strict=True)
    return [fact_of(figure, None, cell, row, units) for figure, cell in pairs]


def _no_figures() -> Finding:
    return Finding("row_missing", "行政复议、行政诉讼情况表没有数据行。")


def _several_rows() -> Finding:
    return Finding("row_ambiguous", "行政复议、行政诉讼情况表有多行不同数字，未采用任何一行。")
