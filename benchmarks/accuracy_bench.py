"""`make bench-accuracy`: how many printed cells come out right, by format, layout and damage.

Generates files whose every figure is known, ingests them as the nightly job does, and compares
the warehouse with the truth. Fails where the promises of `PROMISES` are not kept.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.accuracy import DIMENSIONS, measure
from benchmarks.corpus.files import known_files
from benchmarks.options import corpus_options

FILES = 2000
SEED = 20261123
OUTCOMES = ("right", "unreadable", "missing", "wrong", "invented")


class Promise(NamedTuple):
    """The least share of printed numbers that come out right in some files."""

    what: str
    formats: frozenset[str]
    is_scarred: bool
    least: float


_CLEAN = ("text", "markdown", "html", "mhtml", "docx", "xlsx", "xls", "doc", "wps", "rtf")
PROMISES = (
    *(Promise(f"{name}, clean", frozenset({name}), False, 1.0) for name in _CLEAN),
    Promise("pdf, clean", frozenset({"pdf"}), False, 0.999),
    Promise("scarred text", frozenset({"text", "markdown", "html"}), True, 0.995),
)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 if a promise is broken."""
    options = corpus_options(__doc__, FILES, SEED, arguments)
    start = time.perf_counter()
    files = list(known_files(options.seed, options.files))
    rendered = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        cells = measure(options.keep or Path(folder), files)
    ingested = time.perf_counter() - start - rendered
    print(f"{len(files):,} files, {len(cells):,} cells, seed {options.seed}")
    print(f"rendered in {rendered:.0f} s, ingested and compared in {ingested:.0f} s")
    for dimension in DIMENSIONS:
        print_table(cells, dimension)
    return print_promises(cells)


def print_table(cells: pd.DataFrame, dimension: str) -> None:
    """Print the outcomes by one dimension; `silent` are faults of which no finding tells."""
    files = cells.groupby(dimension)["source_path"].nunique()
    counts = pd.crosstab(cells[dimension], cells["outcome"]).reindex(columns=OUTCOMES, fill_value=0)
    silent = cells[cells["outcome"].ne("right") & ~cells["is_said"]].groupby(dimension).size()
    width = max(map(len, counts.index)) + 2
    print(f"\n{dimension:{width}}{'files':>7}{'cells':>9}{'right %':>10}", end="")
    print("".join(f"{name:>12}" for name in (*OUTCOMES[1:], "silent")))
    for name, row in counts.iterrows():
        total = int(row.sum())
        print(
            f"{name:{width}}{files[name]:>7}{total:>9}{100 * row['right'] / total:>10.3f}", end=""
        )
        print("".join(f"{row[outcome]:>12}" for outcome in OUTCOMES[1:]), end="")
        print(f"{silent.get(name, 0):>12}")


def print_promises(cells: pd.DataFrame) -> int:
    """Print what is promised beside what was measured; give 1 where it is not kept.

    Measured on undamaged tables with marks between their cells: where a layout loses blank cells
    (`text lines`) a row with one cannot be told apart, and is said to be unreadable.
    """
    broken = 0
    print(
        f"\n{'promise':20}{'numbers':>9}{'least %':>10}{'right %':>10}{'invented':>10}{'silent':>8}"
    )
    whole = cells[cells["damage"].eq("none") & cells["layout"].ne("text lines")]
    for what, formats, is_scarred, least in PROMISES:
        mine = whole[whole["format"].isin(formats) & whole["script"].eq("scarred").eq(is_scarred)]
        numbers = mine[mine["value_status_printed"].eq("reported")]
        right = numbers["outcome"].eq("right").mean() if len(numbers) else 1.0
        invented = int(mine["outcome"].eq("invented").sum())
        silent = int((mine["outcome"].ne("right") & ~mine["is_said"]).sum())
        is_kept = right >= least and not invented and not silent
        broken |= not is_kept
        print(f"{what:20}{len(numbers):>9}{100 * least:>10.1f}{100 * right:>10.4f}", end="")
        print(f"{invented:>10}{silent:>8}  {'kept' if is_kept else 'BROKEN'}")
    wrong = cells["outcome"].isin(["wrong", "invented"])
    print(f"\nall files, damaged ones too: {int(wrong.sum())} cells wrong or invented,", end=" ")
    print(f"{int((cells['outcome'].ne('right') & ~cells['is_said']).sum())} faults unsaid")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
