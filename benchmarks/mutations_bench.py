"""`make bench-mutations`: 10,000 damaged files through a real run; fails where one does harm.

Each must be loaded or quarantined with a reason; no worker may die or be stopped, memory stays
bounded, and nothing is written but the warehouse and its state.
"""

import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from benchmarks.mutated_run import run
from benchmarks.mutations import mutated_files
from benchmarks.options import corpus_options

FILES = 10_000
SEED = 20261126
# All processes together, pages they share counted for each; LibreOffice takes a third.
MOST_MB = 3_000
_SHOWN = 50


def main(arguments: list[str] | None = None) -> int:
    """Print what became of the files; 1 where something is at fault."""
    options = corpus_options(__doc__, FILES, SEED, arguments)
    start = time.perf_counter()
    files = list(mutated_files(options.seed, options.files))
    size = sum(len(file.data) for file in files) / 1e6
    print(f"{len(files):,} files, {size:.0f} MB, seed {options.seed}, made in", end=" ")
    print(f"{time.perf_counter() - start:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(options.keep or Path(folder), files)
    print(f"ingested in {outcome.seconds:.0f} s, with {len(outcome.files):,} files and members")
    print(f"memory at most {outcome.peak_all:,.0f} MB together, {outcome.peak_one:,.0f} MB in one")
    for dimension in ("format", "mutation"):
        print_outcomes(outcome.files, dimension)
    reasons = outcome.files["outcome"].value_counts()
    print("\n" + ", ".join(f"{name} {count:,}" for name, count in reasons.items()))
    faults = outcome.faults
    if outcome.peak_all > MOST_MB:
        faults.append(f"more than {MOST_MB:,} MB of memory")
    print(f"\nfaults: {len(faults)}")
    for line in faults[:_SHOWN]:
        print(f"  {line}")
    return int(bool(faults))


def print_outcomes(files: pd.DataFrame, dimension: str) -> None:
    """Print how many of each kind were loaded and quarantined."""
    is_report = files["outcome"].eq("report")
    print(f"\n{dimension:<16}{'files':>8}{'loaded':>8}{'quarantined':>13}")
    for name, loaded in is_report.groupby(files[dimension]):
        print(f"{name:<16}{len(loaded):>8,}{loaded.sum():>8,}{(~loaded).sum():>13,}")


if __name__ == "__main__":
    sys.exit(main())
