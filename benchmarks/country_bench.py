"""`make bench-country`: a report of every township, from a folder of pages to a warehouse.

Runs `gongkai ingest --direct` with one process and with two, each into a new warehouse, and then
the night after, when nothing is new. `--reports` names other numbers; beyond one report for each
township come those of the years after. The pages are written once where `--keep` names a folder.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.inbox import write_portal_pages

REPORTS = 41_352
# Looking costs a millisecond and no peak of memory is shorter.
_LOOK_EVERY = 0.1
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Ran(NamedTuple):
    """What a command took: seconds of the clock and of CPU, peak megabytes of all its processes."""

    wall: float
    cpu: float
    megabytes: float
    said: str


def main(arguments: list[str] | None = None) -> int:
    """Print a line a run; 1 where a run failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=[REPORTS], help="default: 41352")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="default: 1 2")
    parser.add_argument("--keep", type=Path, help="folder for the pages, written once")
    options = parser.parse_args(arguments)
    print(f"{'':28}{'s':>8}{'s of CPU':>10}{'reports/s':>11}{'ms each':>9}{'MB peak':>9}")
    for reports in options.reports:
        with tempfile.TemporaryDirectory() as folder:
            run_nights(options.keep or Path(folder), Path(folder), reports, options.workers)
    return 0


def run_nights(pages: Path, warehouses: Path, reports: int, workers: Sequence[int]) -> None:
    """Print the first night and the second for each number of processes."""
    print(f"writing {reports:,} pages", file=sys.stderr)
    inbox = pages / f"portal-{reports}"
    written = write_portal_pages(inbox, reports, max(workers))
    size = sum(page.stat().st_size for page in written)
    print(f"{len(written):,} reports, {size / 1e6:,.0f} MB of HTML")
    for number in workers:
        warehouse = warehouses / str(number) / "warehouse.duckdb"
        name = "1 process" if number == 1 else f"{number} processes"
        for night in (name, f"{name}, nothing new"):
            print_run(night, len(written), ingest(inbox, warehouse, number))
        print(f"{'':28}a warehouse of {warehouse.resolve().stat().st_size / 1e6:,.0f} MB")


def print_run(name: str, reports: int, ran: Ran) -> None:
    """Print one run and its last word."""
    print(f"{name:28}{ran.wall:>8.1f}{ran.cpu:>10.1f}{reports / ran.wall:>11.0f}", end="")
    print(f"{1000 * ran.wall / reports:>9.2f}{ran.megabytes:>9.0f}  {ran.said}", flush=True)


def ingest(inbox: Path, warehouse: Path, workers: int) -> Ran:
    """Run the command as the nightly job does, without Prefect.

    Raises CalledProcessError where it fails.
    """
    runner = ["--runner", "serial"] if workers == 1 else ["--workers", str(workers)]
    command = [sys.executable, "-c", "from flows.cli import main; raise SystemExit(main())"]
    command += ["ingest", str(inbox), "--direct", "--warehouse", str(warehouse), *runner]
    wall, cpu, peak = time.perf_counter(), _cpu_of_children(), 0
    with tempfile.TemporaryFile("w+") as talk, subprocess.Popen(command, stderr=talk) as run:
        while run.poll() is None:
            peak = max(peak, sum(map(_resident, _tree(run.pid))))
            time.sleep(_LOOK_EVERY)
        wall, cpu = time.perf_counter() - wall, _cpu_of_children() - cpu
        talk.seek(0)
        said = talk.read()
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command, stderr=said)
    return Ran(wall, cpu, peak / 1e6, said.strip().rpartition("\n")[2])


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(process: int) -> Iterator[int]:
    """Give a process and all below it; one that ends meanwhile has none."""
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _resident(process: int) -> int:
    """Give the memory of a process, what it shares with others too."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
