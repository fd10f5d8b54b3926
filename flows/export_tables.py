"""A view as it is to be written, and what was written of it: the records of an export."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows.export_labels import read_labels
from flows.export_scope import Scope
from sql import exports, warehouse

_RESTRICTIONS = {exports.COUNTY: "county", exports.YEAR: "year"}


class ExportColumn(NamedTuple):
    """A column: its header in the language asked for, and its name in the other as title."""

    name: str
    header: str
    title: str
    type: str
    description: str | None
    is_required: bool


class ExportTable(NamedTuple):
    """A view: its rows, its columns, its headers that identify a row.

    `caption` is its title in the language asked for. `rows_by_year` has the rows without a year
    under None, and all rows of a view that has no years. `unrestricted` says that the export is
    restricted by what this view has not, and is empty elsewhere.
    """

    name: str
    caption: str
    title: str
    description: str | None
    columns: tuple[ExportColumn, ...]
    key: tuple[str, ...]
    relation: duckdb.DuckDBPyRelation
    rows_by_year: Mapping[int | None, int]
    unrestricted: str

    @property
    def ordered(self) -> duckdb.DuckDBPyRelation:
        """Rows in the order of all columns from left to right: equal warehouses, equal files."""
        return self.relation.order("all")

    @property
    def rows(self) -> int:
        """Number of rows."""
        return sum(self.rows_by_year.values())


class Written(NamedTuple):
    """What was written of a view: files relative to the folder, rows, and the sheet of a workbook.

    A view too long for a sheet is written in several `part`s, each one of these. `remarks` say in a
    few words what whoever uses it must know.
    """

    table: ExportTable
    files: tuple[str, ...]
    rows: int
    sheet: str | None = None
    part: int = 1
    remarks: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it is, from the folder: the file, the folder of its parts, or the sheet."""
        first = self.files[0]
        if self.sheet is not None:
            return f"{first}, sheet {self.sheet}"
        return f"{Path(first).parts[0]}/" if "/" in first else first


def read_tables(
    con: duckdb.DuckDBPyConnection, scope: Scope, language: str
) -> Iterator[ExportTable]:
    """Give every view for analysts, counted and ready to be written."""
    labels, keys, comments = read_labels(), exports.keys(con), exports.comments(con)
    for view in warehouse.export_views():
        relation = exports.rows_of(con, view, scope.only)
        key = keys.get(view, ())
        census = exports.census(relation, key)
        columns = tuple(
            _column(column, labels.of_column(view, column.name), census.complete, language)
            for column in exports.columns_of(con, view)
        )
        title = labels.of_view(view)
        yield ExportTable(
            name=view,
            caption=title if language == "zh" else view,
            title=title,
            description=comments.get(view),
            columns=columns,
            key=tuple(column.header for name in key for column in columns if column.name == name),
            relation=relation,
            rows_by_year=census.rows_by_year,
            unrestricted=_unrestricted(relation.columns, scope),
        )


def _column(
    column: exports.Column, label: str, complete: frozenset[str], language: str
) -> ExportColumn:
    header, title = (label, column.name) if language == "zh" else (column.name, label)
    is_required = column.is_required or column.name in complete
    return ExportColumn(column.name, header, title, column.type, column.comment, is_required)


def _unrestricted(columns: list[str], scope: Scope) -> str:
    lacking = [
        f"no {_RESTRICTIONS[by]}"
        for by, values in scope.only.items()
        if values and not exports.restrictable(columns, by)
    ]
    return f"not restricted: it has {' and '.join(lacking)}" if lacking else ""
