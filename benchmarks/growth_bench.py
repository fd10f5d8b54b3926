"""`make bench-growth`: what a warehouse costs as it grows, and a night that brings little to it.

Builds warehouses of some sizes of reports, then publishes on each, as a run does, a night that
brings one report in a hundred and a night that brings one. What a night costs should follow what it
brings.
"""

import argparse
import datetime
import resource
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus.template import REFERENCE
from benchmarks.warehouse_bench import Built, alone, build, timed_step, write
from flows.drafts import clone
from sql import warehouse
from sql.news import new_errors, new_findings, remember_findings

SIZES = (1_000, 10_000, 41_352, 200_000)
TOWNSHIPS = 41_352
LAST_YEAR = 2023


class Night(NamedTuple):
    """What a night took: reports it brought, seconds of each step, peak memory."""

    reports: int
    seconds: dict[str, float]
    megabytes: float


def main(arguments: list[str] | None = None) -> int:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="reports there are")
    options = parser.parse_args(arguments)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            print_size(*measured(Path(folder), size))
    return 0


def measured(place: Path, size: int) -> tuple[Built, list[Night]]:
    """Build a warehouse of at least so many reports, and measure two nights on it."""
    count_years = -(-size // TOWNSHIPS)
    years = list(range(LAST_YEAR + 1 - count_years, LAST_YEAR + 1))
    alone(write, place / "shards", years, min(size, TOWNSHIPS))
    built = alone(build, place / "shards", place / "warehouse.duckdb")
    nights = []
    for count in (max(1, built.reports // 100), 1):
        shards = place / f"night-{count}"
        alone(write, shards, [LAST_YEAR + 1], count)
        nights.append(alone(night, place / "warehouse.duckdb", shards, place / "next.duckdb"))
    return built, nights


def night(published: Path, shards: Path, upcoming: Path) -> Night:
    """Do to a copy of a warehouse what `flows.publish` does."""
    seconds: dict[str, float] = {}
    timed = partial(timed_step, seconds)
    with timed("copy"):
        clone(published, upcoming)
    with warehouse.closing(warehouse.connect(upcoming)) as con:
        with timed("create"):
            warehouse.create(con, REFERENCE)
            remember_findings(con)
        with timed("load_shards"):
            now = datetime.datetime.now(datetime.UTC)
            reports = warehouse.load_shards(con, shards, "night", now)
        with timed("finish_load"):
            warehouse.finish_load(con, "night")
        with timed("verify_load"):
            warehouse.verify_load(con)
        with timed("news"):
            new_findings(con)
            new_errors(con)
        with timed("checkpoint"):
            con.checkpoint()
    upcoming.unlink()
    return Night(reports, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def print_size(built: Built, nights: list[Night]) -> None:
    """Print what building took for each thousand reports, and what each night took."""
    thousands = built.reports / 1000
    print(
        f"\n{built.reports:,} reports: {built.size / 1e6:,.0f} MB, "
        f"peak memory {built.megabytes:,.0f} MB"
    )
    for step, seconds in built.seconds.items():
        print(f"  {step:14}{seconds:8.1f} s {seconds / thousands:8.3f} s per 1,000 reports")
    for each in nights:
        total = sum(each.seconds.values())
        steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in each.seconds.items())
        print(f"  night of {each.reports:,}: {total:.1f} s ({steps}), {each.megabytes:,.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
