"""What an export needs of a warehouse: views in order, restricted, and what is known of them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb

from sql.ledger import last_run
from sql.scripts import script, views

# What an export can be restricted by.
COUNTY, YEAR = "county_code", "report_year"


class Column(NamedTuple):
    """A column: its type without arguments (`decimal`), its comment, whether it is never null."""

    name: str
    type: str
    comment: str | None
    is_required: bool


class Census(NamedTuple):
    """Rows by report_year in order, and which of the columns asked for are never null.

    Rows without a year stand last, under None; so do all rows of a view that has no years.
    """

    rows_by_year: dict[int | None, int]
    complete: frozenset[str]


class County(NamedTuple):
    """A county and the units it lies in; a placeholder city has no name."""

    code: str
    name: str
    city_name: str
    province_name: str

    @property
    def path(self) -> str:
        """Its name behind those of province and city."""
        return f"{self.province_name}{self.city_name}{self.name}"


def columns_of(con: duckdb.DuckDBPyConnection, view: str) -> tuple[Column, ...]:
    """Give the columns of a view or table, in their order."""
    con.execute("set variable view = ?", [view])
    return tuple(
        Column(name, kind.partition("(")[0].lower(), comment, is_required)
        for name, kind, comment, is_required in con.execute(
            script("export", "columns").text
        ).fetchall()
    )


def comments(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Give what each view and table holds, where there is a comment."""
    return {
        name: comment
        for name, comment in con.execute(script("export", "comments").text).fetchall()
        if comment
    }


def keys(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """Give the columns that identify a row of each view and table that has such."""
    found = con.execute(script("export", "primary_keys").text).fetchall()
    of_views = {view.name: view.key for view in views() if view.key}
    return {table: tuple(columns) for table, columns in found} | of_views


def counties(con: duckdb.DuckDBPyConnection) -> tuple[County, ...]:
    """Give all counties, by code."""
    return tuple(County(*row) for row in con.execute(script("export", "counties").text).fetchall())


def report_years(con: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Give the years there are current reports for."""
    return tuple(year for (year,) in con.execute(script("load", "report_years").text).fetchall())


def last_run_ended(con: duckdb.DuckDBPyConnection) -> datetime.datetime | None:
    """Give the end of the last run, UTC without a zone."""
    run = last_run(con)
    return run.finished_at if run else None


def make_csv_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Make `csv_cell` and what it stands on for this connection."""
    con.execute(script("export", "csv_cell").text)


def restrictable(columns: Sequence[str], by: str) -> bool:
    """Tell whether rows with these columns can be restricted by county or year."""
    return by in columns or "report_id" in columns


def rows_of(
    con: duckdb.DuckDBPyConnection, view: str, only: Mapping[str, Sequence[str | int]]
) -> duckdb.DuckDBPyRelation:
    """Give the rows of a view, in no order.

    `only` names the values wanted of COUNTY and YEAR; none, or a view that cannot be restricted so,
    means all. A view that has not the column itself is restricted through its report_id. Values are
    codes of divisions and years, never what somebody typed.
    """
    relation = con.table(view)
    for by, values in only.items():
        if values and restrictable(relation.columns, by):
            wanted = f"{by} in ({', '.join(repr(value) for value in values)})"
            through = f"report_id in (select report_id from _located_reports where {wanted})"
            relation = relation.filter(wanted if by in relation.columns else through)
    return relation


def census(relation: duckdb.DuckDBPyRelation, columns: Sequence[str]) -> Census:
    """Count rows by year, and find which of `columns` are never null, in one pass."""
    year = YEAR if YEAR in relation.columns else "cast(null as integer)"
    counts = ", ".join(["count(*)", *(f'count(*) - count("{column}")' for column in columns)])
    groups = relation.aggregate(f"{year} as year, {counts}").fetchall()
    nulls = [sum(group[2 + at] for group in groups) for at in range(len(columns))]
    return Census(
        {group[0]: group[1] for group in sorted(groups, key=_none_last)},
        frozenset(name for name, count in zip(columns, nulls, strict=True) if not count),
    )


def _none_last(group: tuple[int | None, ...]) -> tuple[bool, int]:
    year = group[0]
    return year is None, year or 0
