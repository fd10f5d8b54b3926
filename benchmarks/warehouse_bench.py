"""`make bench-warehouse`: load, checks and views at the size of the country, against their bars.

Synthesises a report of every township for each year, loads and proves them as the nightly run does,
then asks every view for a year of a province and of the country, as `gongkai query` would. Every
column is added up, so that nothing is left unread. Fails where a bar of `BARS` is missed.
"""

import argparse
import datetime
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import duckdb

from benchmarks.corpus.template import REFERENCE
from benchmarks.country.shards import shards
from sql import warehouse

SEED = 20240131
YEAR = 2023
PROVINCE = "43"  # 湖南省, the 1,944 townships of which are a typical share
TRIES = 3
MOST_MEGABYTES = 1500
# Seconds for a year of a province, and of the country.
BARS = {"indicator_comparisons": (1.0, 2.0), "township_years": (1.0, 1.0)}


P = ParamSpec("P")
R = TypeVar("R")


class Built(NamedTuple):
    """What it took to build a warehouse: seconds of each step, peak memory, size, rows."""

    seconds: dict[str, float]
    megabytes: float
    size: int
    reports: int
    facts: int
    findings: int


class Asked(NamedTuple):
    """What a query took, and the rows it went over."""

    seconds: float
    cpu_seconds: float
    rows: int


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, nargs="+", default=[YEAR], help="default: 2023")
    parser.add_argument("--reports", type=int, help="a year, instead of all 41,352")
    parser.add_argument("--keep", type=Path, help="folder for the shards and the warehouse")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place: Path = options.keep or Path(folder)
        print("writing shards, a minute a year", file=sys.stderr)
        alone(write, place / "shards", options.years, options.reports)
        print("building the warehouse, half a minute a year and more", file=sys.stderr)
        built = alone(build, place / "shards", place / "warehouse.duckdb")
        is_missed = print_built(built)
        return int(print_views(place / "warehouse.duckdb", max(options.years)) or is_missed)


def alone(step: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """Run a step in a process of its own, so that its peak memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(step, *args, **named).result()


def write(folder: Path, years: list[int], reports: int | None) -> None:
    """Write the shards of all years."""
    for number, frames in enumerate(shards(SEED, sorted(years), reports)):
        warehouse.write_shard(frames, folder, f"{number:05}")


@contextmanager
def timed_step(seconds: dict[str, float], step: str) -> Iterator[None]:
    """Note the seconds that a step takes."""
    start = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - start


def build(folder: Path, path: Path) -> Built:
    """Build a warehouse of shards as a run does, and prove it."""
    path.unlink(missing_ok=True)
    seconds: dict[str, float] = {}
    timed = partial(timed_step, seconds)
    with warehouse.connect(path) as con:
        with timed("create"):
            warehouse.create(con, REFERENCE)
        with timed("load_shards"):
            now = datetime.datetime.now(datetime.UTC)
            reports = warehouse.load_shards(con, folder, "bench", now)
        with timed("finish_load"):
            warehouse.finish_load(con, "bench")
        with timed("verify"):
            warehouse.verify(con)
        with timed("checkpoint"):
            con.checkpoint()
        facts, findings = len(con.table("facts")), len(con.table("findings"))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Built(seconds, megabytes, path.stat().st_size, reports, facts, findings)


def print_built(built: Built) -> bool:
    """Print what building took; true where it took more memory than it may."""
    print(f"{built.reports:,} reports, {built.facts:,} facts, {built.findings:,} findings")
    for step, seconds in built.seconds.items():
        print(f"  {step:24}{seconds:8.1f} s")
    print(f"  {'file':24}{built.size / 1e6:8.0f} MB")
    is_missed = built.megabytes > MOST_MEGABYTES
    bar = f"bar {MOST_MEGABYTES}{'  MISSED' if is_missed else ''}"
    print(f"  {'peak memory':24}{built.megabytes:8.0f} MB  {bar}")
    return is_missed


def print_views(path: Path, year: int) -> bool:
    """Print what each view takes; true where a bar is missed."""
    is_any_missed = False
    print(f"\n{'view, best of ' + str(TRIES):24}{'rows':>11}{'seconds':>9}{'of CPU':>8}")
    for view in warehouse.export_views():
        for place, bar in zip(("province", "country"), BARS.get(view, (None, None)), strict=True):
            asked = ask(path, view, year, PROVINCE if place == "province" else None)
            if asked is None:
                continue
            is_missed = bar is not None and asked.seconds >= bar
            is_any_missed |= is_missed
            verdict = "" if bar is None else f"  bar {bar:.0f} s{'  MISSED' if is_missed else ''}"
            print(
                f"{view:24}{asked.rows:>11,}{asked.seconds:>9.2f}{asked.cpu_seconds:>8.2f}", end=""
            )
            print(f"  {place}{verdict}")
    return is_any_missed


def ask(path: Path, view: str, year: int, province: str | None) -> Asked | None:
    """Add up all columns of a view; nothing where it has no years or no provinces."""
    with warehouse.connect_for_query(path) as con:
        statement = statement_over(con.table(view), view, year, province)
    if statement is None:
        return None
    tries = []
    for _ in range(TRIES):
        with warehouse.connect_for_query(path) as con:
            start, cpu_start = time.perf_counter(), time.process_time()
            (rows, *_), *_ = con.execute(statement).fetchall()
            tries.append(Asked(time.perf_counter() - start, time.process_time() - cpu_start, rows))
    return min(tries)


def statement_over(
    relation: duckdb.DuckDBPyRelation, view: str, year: int, province: str | None
) -> str | None:
    """Give the select that counts the rows and reads every column of them."""
    if "report_year" not in relation.columns:
        return None
    numbers = {"bigint", "integer", "double", "decimal", "hugeint"}
    read = [
        f'{"sum" if kind.id in numbers else "max"}("{name}")'
        for name, kind in zip(relation.columns, relation.types, strict=True)
    ]
    where = f"report_year = {year}" + (f" and province_code = '{province}'" if province else "")
    return f"select count(*), {', '.join(read)} from {view} where {where}"


if __name__ == "__main__":
    sys.exit(main())
