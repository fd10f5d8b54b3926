"""The three official tables as grids of cells, derived from `data/reference`.

Labels, their order and which cells are merged follow from the label paths of `indicators.csv`
and `applicants.csv`; only what the form prints without belonging to any indicator stands here.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FORMATS = ("2019", "2021")
TABLES = ("disclosure", "requests", "disputes")

DISCLOSURE_COLUMNS = 4
REQUEST_LABEL_COLUMNS = 3
DISPUTE_HEADER_ROWS = 3
CONTENT_LABEL = "信息内容"
APPLICANTS_LABEL = "申请人情况"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

Key = tuple[str, str | None]
"""One cell of a table: indicator code and applicant code, the latter only in requests."""


class Indicator(NamedTuple):
    """One row of `indicators.csv` as one format has it; `path` is its label path."""

    code: str
    table: str
    path: tuple[str, ...]
    unit: str
    by_applicant: bool
    sum_into: str | None
    may_be_negative: bool


class Applicant(NamedTuple):
    """One of the seven columns of requests; `path` is its label path below 申请人情况."""

    code: str
    path: tuple[str, ...]


class GridCell(NamedTuple):
    """One cell of a table at the top left corner of what it covers.

    `key` names the value that stands there and is None for labels.
    """

    text: str
    row_span: int = 1
    col_span: int = 1
    key: Key | None = None


Grid = tuple[tuple[GridCell, ...], ...]
"""Rows of the cells that begin in them, from left to right, as in HTML."""


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def indicators(report_format: str) -> tuple[Indicator, ...]:
    """Give the indicators of a format (`2019` or `2021`) in the order of the form."""
    found = []
    for row in _read("indicators.csv"):
        label = row[f"label_{report_format}"]
        if label:
            # Two splits at most: 本年增/减 has a slash of its own.
            path = tuple(label.split("/", 2))
            found.append(
                Indicator(
                    row["indicator"],
                    row["table"],
                    path,
                    row["unit"],
                    row["by_applicant"] == "1",
                    row["sum_into"] or None,
                    "may be negative" in row["note"],
                )
            )
    return tuple(found)


@cache
def applicants() -> tuple[Applicant, ...]:
    """Give the applicant columns from left to right, 总计 last."""
    return tuple(
        Applicant(row["applicant"], tuple(filter(None, (row["group_label"], row["label"]))))
        for row in _read("applicants.csv")
    )


@cache
def keys(report_format: str) -> tuple[Key, ...]:
    """Give every value cell of a format: 198 in 2019, 200 in 2021."""
    return tuple(
        cell.key
        for table in TABLES
        for row in grid(report_format, table)
        for cell in row
        if cell.key
    )


@cache
def units(report_format: str) -> dict[str, str]:
    """Give the stored unit of each indicator of a format."""
    return {indicator.code: indicator.unit for indicator in indicators(report_format)}


@cache
def grid(report_format: str, table: str) -> Grid:
    """Give one official table with empty value cells."""
    build = {"disclosure": _disclosure, "requests": _requests, "disputes": _disputes}[table]
    return build([i for i in indicators(report_format) if i.table == table])


def column_count(table: Grid) -> int:
    """Give the width of a table; its first row has no cells hanging into it from above."""
    return sum(cell.col_span for cell in table[0])


def spread(table: Grid) -> Iterator[list[tuple[GridCell, bool]]]:
    """Give the rows with (cell, begins here); a cell that hangs in from above stands again."""
    hanging: dict[int, tuple[GridCell, int]] = {}
    width = column_count(table)
    for row in table:
        fresh = iter(row)
        out, column = [], 0
        while column < width:
            begins = column not in hanging
            cell, rows_left = (next(fresh), 0) if begins else hanging.pop(column)
            rows_left = cell.row_span if begins else rows_left
            if rows_left > 1:
                hanging[column] = (cell, rows_left - 1)
            out.append((cell, begins))
            column += cell.col_span
        yield out


def _merged(
    paths: Sequence[tuple[str, ...]], depth: int
) -> Iterator[tuple[int, int, str, int, int]]:
    """Merge equal neighbours of a label tree `depth` levels deep.

    Gives (item, level, text, items covered, levels covered); a leaf covers the levels below it.
    """
    for level in range(depth):
        item = 0
        for prefix, group in groupby(paths, key=lambda path: path[: level + 1]):
            count = len(list(group))
            if len(prefix) == level + 1:
                is_leaf = len(paths[item]) == level + 1
                yield item, level, prefix[level], count, depth - level if is_leaf else 1
            item += count


def _header(paths: Sequence[tuple[str, ...]], depth: int) -> list[list[GridCell]]:
    """Lay a label tree out above its columns, `depth` rows high."""
    rows: list[list[GridCell]] = [[] for _ in range(depth)]
    for _, level, text, items, levels in _merged(paths, depth):
        rows[level].append(GridCell(text, row_span=levels, col_span=items))
    return rows


def _disclosure(members: list[Indicator]) -> Grid:
    rows: list[list[GridCell]] = []
    for article, group in groupby(members, key=lambda i: i.path[0]):
        rows.append([GridCell(article, col_span=DISCLOSURE_COLUMNS)])
        lines = [(name, list(line)) for name, line in groupby(group, key=lambda i: i.path[1])]
        heads = [GridCell(indicator.path[2]) for indicator in lines[0][1]]
        rows.append(_stretched([GridCell(CONTENT_LABEL), *heads]))
        for name, line in lines:
            values = [GridCell("", key=(indicator.code, None)) for indicator in line]
            rows.append(_stretched([GridCell(name), *values]))
    return tuple(map(tuple, rows))


def _stretched(row: list[GridCell]) -> list[GridCell]:
    """Let the last cell of a row reach to the right edge of the disclosure table."""
    return [*row[:-1], row[-1]._replace(col_span=DISCLOSURE_COLUMNS - len(row) + 1)]


def _requests(members: list[Indicator]) -> Grid:
    columns = applicants()
    depth = 1 + max(len(applicant.path) for applicant in columns)
    header = _header([(APPLICANTS_LABEL, *applicant.path) for applicant in columns], depth)
    header[0].insert(0, GridCell(BALANCE_NOTE, row_span=depth, col_span=REQUEST_LABEL_COLUMNS))
    rows: list[list[GridCell]] = [[] for _ in members]
    for item, _, text, items, levels in _merged([i.path for i in members], REQUEST_LABEL_COLUMNS):
        rows[item].append(GridCell(text, row_span=items, col_span=levels))
    for row, indicator in zip(rows, members, strict=True):
        row.extend(GridCell("", key=(indicator.code, applicant.code)) for applicant in columns)
    return tuple(map(tuple, [*header, *rows]))


def _disputes(members: list[Indicator]) -> Grid:
    header = _header([indicator.path for indicator in members], DISPUTE_HEADER_ROWS)
    values = [GridCell("", key=(indicator.code, None)) for indicator in members]
    return tuple(map(tuple, [*header, values]))
