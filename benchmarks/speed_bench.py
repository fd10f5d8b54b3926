"""`make bench`: what a report costs, stage by stage and format by format, beside two yardsticks.

The hand-written pipeline (`by_hand`) and the floor (read, digest, decode, parse, text of cells) are
measured in the same run on the same pages. Times are of CPU, which other work on the machine
disturbs less than the clock; of processes side by side the clock alone tells.
"""

import argparse
import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import lxml.html

from benchmarks import warehouse_bench
from benchmarks.by_hand import by_hand
from benchmarks.inbox import GROUPS, files_of, write_portal_pages
from benchmarks.stages import STAGES, costs
from benchmarks.warehouse_bench import alone
from flows.engine import DirectEngine
from flows.ingest import CHUNK_FILES
from flows.pool import open_pool
from flows.records import Chunk, SourceFile

PAGES, FILES, TIMES = 1024, 60, 3


class Measured(NamedTuple):
    """What a file took, in seconds of CPU and of the clock, and megabytes at the peak."""

    cpu: float
    wall: float
    megabytes: float


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of portals")
    parser.add_argument("--files", type=int, default=FILES, help="files of each format")
    parser.add_argument("--times", type=int, default=TIMES, help="the best counts")
    parser.add_argument("--keep", type=Path, help="folder for the pages, written once")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = (options.keep or Path(folder)) / f"portal-{options.pages}"
        pages = write_portal_pages(place, options.pages)
        print_stages(pages, options.files, options.times)
        print_yardsticks(pages, options.times)
        print_load(pages, Path(folder))
    return 0


def print_stages(pages: Sequence[Path], files: int, times: int) -> None:
    """Print milliseconds of CPU a report for each stage, a line a format."""
    print(f"milliseconds of CPU a report, best of {times}")
    print(f"{'':24}{'KiB':>5}" + "".join(f"{stage:>9}" for stage in STAGES), end="")
    print(f"{'all':>8}{'reports/s':>11}{'MB/s':>6}")
    print_costs("HTML of portals", [path.read_bytes() for path in pages], times)
    for name, kinds in GROUPS.items():
        print_costs(name, files_of(kinds, files), times)


def print_costs(name: str, files: Sequence[bytes], times: int) -> None:
    """Print one line of the table of stages."""
    tries = [alone(costs, files) for _ in range(times)]
    cheapest = {stage: min(found[stage] for found in tries) for stage in STAGES}
    size, total = sum(map(len, files)) / len(files), sum(cheapest.values())
    print(f"{name:24}{size / 1024:>5.0f}", end="")
    print("".join(f"{1000 * cheapest[stage]:>9.2f}" for stage in STAGES), end="")
    print(f"{1000 * total:>8.2f}{1 / total:>11.0f}{size / total / 1e6:>6.1f}", flush=True)


def print_yardsticks(pages: Sequence[Path], times: int) -> None:
    """Print what the same pages cost us, by hand and at the very least."""
    size = sum(path.stat().st_size for path in pages) / len(pages)
    print(f"\n{len(pages):,} pages of portals of {size / 1024:.0f} KiB, from disk to shards")
    print(f"{'':24}{'ms CPU':>9}{'ms':>8}{'reports/s':>11}{'MB/s':>6}{'MB peak':>9}")
    found = best_of_each(
        times,
        {
            "floor": partial(run_floor, pages),
            "by hand": partial(run_by_hand, pages),
            "gongkai": partial(run_chunks, pages, "serial", 1),
            "gongkai, 2 processes": partial(run_chunks, pages, "processes", 2),
        },
    )
    for name, each in found.items():
        # Of several processes only the clock tells.
        cpu = "" if "processes" in name else f"{1000 * each.cpu:.2f}"
        print(f"{name:24}{cpu:>9}{1000 * each.wall:>8.2f}", end="")
        print(f"{1 / each.wall:>11.0f}{size / each.wall / 1e6:>6.1f}{each.megabytes:>9.0f}")
    floor, hand, one, two = found.values()
    print(f"by CPU {hand.cpu / one.cpu:.1f} times as fast as by hand,", end=" ")
    print(f"{one.cpu / floor.cpu:.1f} times the floor;", end=" ")
    print(f"by the clock with 2 processes {hand.wall / two.wall:.1f} times as fast as by hand")


def print_load(pages: Sequence[Path], folder: Path) -> None:
    """Print what loading, checks and proofs take."""
    alone(write_shards, pages, folder / "shards")
    built = alone(warehouse_bench.build, folder / "shards", folder / "warehouse.duckdb")
    print()
    warehouse_bench.print_built(built)


def best_of_each(times: int, steps: Mapping[str, Callable[[], Measured]]) -> dict[str, Measured]:
    """Give the least each step takes, in rounds: no machine is equally fast all the time."""
    rounds = [{name: alone(step) for name, step in steps.items()} for _ in range(times)]
    return {
        name: Measured(*map(min, zip(*(each[name] for each in rounds), strict=True)))
        for name in steps
    }


def measured(files: int, step: Callable[[], object]) -> Measured:
    """Measure a step over files."""
    wall, cpu = time.perf_counter(), _used(resource.RUSAGE_SELF)
    step()
    wall, cpu = time.perf_counter() - wall, _used(resource.RUSAGE_SELF) - cpu
    peaks = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(who).ru_maxrss for who in peaks) / 1024
    return Measured(cpu / files, wall / files, peak)


def _used(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def run_floor(pages: Sequence[Path]) -> Measured:
    """Read, digest, decode, parse and take the text of cells: what nobody can do without."""

    def floor() -> None:
        for path in pages:
            data = path.read_bytes()
            hashlib.sha256(data).hexdigest()
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                text = data.decode("gb18030")
            for cell in lxml.html.document_fromstring(text).iter("td", "th"):
                "".join(cell.itertext())

    return measured(len(pages), floor)


def run_by_hand(pages: Sequence[Path]) -> Measured:
    """Run the hand-written pipeline, a batch at a time, once it is warm."""
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        by_hand(pages[:1], warehouse)

        def work() -> None:
            for start in range(0, len(pages), CHUNK_FILES):
                by_hand(pages[start : start + CHUNK_FILES], warehouse)

        return measured(len(pages), work)


def run_chunks(pages: Sequence[Path], runner: str, workers: int) -> Measured:
    """Work pages as a run does, from bytes to shards, with workers that are warm.

    Seconds of CPU are those of this process: of several only the clock tells.
    """
    chunks = chunks_of(pages, workers)
    engine = DirectEngine(workers)
    with tempfile.TemporaryDirectory() as folder, open_pool(runner, workers, Path(folder)) as pool:
        warm = [Chunk(f"warm-{at}", chunk.files[:20]) for at, chunk in enumerate(chunks[:workers])]
        list(engine.spread("warm up", pool.run, warm))
        found = measured(len(pages), lambda: list(engine.spread("read", pool.run, chunks)))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return found._replace(megabytes=max(found.megabytes, children))


def write_shards(pages: Sequence[Path], folder: Path) -> None:
    """Write the shards of pages."""
    folder.mkdir()
    with open_pool("serial", 1, folder) as pool:
        for chunk in chunks_of(pages, 1):
            pool.run(chunk)


def chunks_of(pages: Sequence[Path], workers: int) -> list[Chunk]:
    """Cut pages into chunks of the size of a run's, or evenly where they are few."""
    size = min(CHUNK_FILES, -(-len(pages) // workers))
    files = [_source_file(path) for path in pages]
    return [
        Chunk(f"{start:06}", tuple(files[start : start + size]))
        for start in range(0, len(files), size)
    ]


def _source_file(path: Path) -> SourceFile:
    state = path.stat()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    name = str(Path(*path.parts[-3:]))
    return SourceFile(name, str(path), digest, state.st_size, state.st_mtime_ns)


if __name__ == "__main__":
    sys.exit(main())
