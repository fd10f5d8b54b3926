"""Views as Parquet: a file, or a folder with a part for each year where a view has years."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.drafts import replacing
from flows.export_tables import ExportTable, Written
from sql import exports

# What Hive, and so DuckDB, Arrow and Spark, take for null in the name of a folder.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


def write_parquet(
    con: duckdb.DuckDBPyConnection, tables: Iterable[ExportTable], folder: Path
) -> Iterator[Written]:
    """Write `view.parquet`, or `view/report_year=2021/data.parquet` where a view has years.

    The year stands in the files too, so that each is whole by itself and columns keep their order
    and types. Rows without a year have a part of their own. A view is replaced whole: no part of an
    earlier export stays.
    """
    for table in tables:
        if exports.YEAR in table.relation.columns:
            files = _write_parts(table, folder)
        else:
            files = (f"{table.name}.parquet",)
            with replacing(folder / files[0]) as draft:
                _write(table.ordered, draft)
        yield Written(table, files, table.rows)


def _write_parts(table: ExportTable, folder: Path) -> tuple[str, ...]:
    # Without a row there is one part all the same, so that the columns can be read.
    years = tuple(table.rows_by_year) or (None,)
    parts = [f"{exports.YEAR}={_NO_YEAR if year is None else year}" for year in years]
    with _replacing_folder(folder / table.name) as draft:
        for year, part in zip(years, parts, strict=True):
            (draft / part).mkdir(parents=True)
            condition = f"{exports.YEAR} is not distinct from {'null' if year is None else year}"
            _write(table.relation.filter(condition).order("all"), draft / part / "data.parquet")
    return tuple(f"{table.name}/{part}/data.parquet" for part in parts)


def _write(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    relation.write_parquet(str(path), compression="zstd")


@contextmanager
def _replacing_folder(path: Path) -> Iterator[Path]:
    """Give a draft beside the folder `path` that takes its place when all went well."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    former = path.with_name(f".{path.name}.{os.getpid()}.former")
    try:
        yield draft
        if path.exists():
            path.rename(former)
        draft.rename(path)
    finally:
        if former.exists() and not path.exists():
            former.rename(path)
        for rest in (draft, former):
            shutil.rmtree(rest, ignore_errors=True)
