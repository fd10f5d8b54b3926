"""`make bench-mistakes`: how many planted mistakes are found, and what is found in clean reports.

Fails where a mistake is missed or a clean report has an error.
"""

import sys
import time
from collections import Counter

from benchmarks.planted import (
    CLEAN,
    MISTAKEN,
    SEED,
    findings_of,
    is_found,
    loaded,
    make_corpus,
    read_corpus,
    with_rule,
)
from flows.ingest import CORES

_ERRORS = "select rule from rules where severity = 'error'"


def main() -> int:
    """Print what was planted and found; 1 where something was missed or found in vain."""
    start = time.perf_counter()
    corpus = make_corpus()
    read = read_corpus(corpus, CORES)
    read_in = time.perf_counter() - start
    with loaded(read) as con:
        findings = findings_of(con)
        errors = {rule for (rule,) in con.execute(_ERRORS).fetchall()}
    checked_in = time.perf_counter() - start - read_in
    planted, found = Counter[str](), Counter[str]()
    for case, reports in zip(corpus.planted, read.planted, strict=True):
        planted[case.rule] += 1
        found[case.rule] += is_found(case, reports, findings)
    beside = sum(len(case.reports) - 1 for case in corpus.planted)
    print(f"{CLEAN + MISTAKEN:,} reports, {MISTAKEN} of them with one mistake, seed {SEED};")
    print(f"{beside} more of the years or copies that these are compared with")
    print(f"read in {read_in:.0f} s, loaded and checked in {checked_in:.0f} s\n")
    print(f"{'mistake':<22}{'planted':>9}{'found':>9}{'in clean reports':>20}")
    for rule in planted:
        in_clean = len(with_rule(read.clean, {rule}, findings))
        print(f"{rule:<22}{planted[rule]:>9}{found[rule]:>9}{in_clean:>20}")
    print(f"{'all':<22}{planted.total():>9}{found.total():>9}")
    wrong = with_rule(read.clean, errors, findings)
    print(f"\nclean reports with an error: {len(wrong)} of {CLEAN:,}")
    return int(found.total() < planted.total() or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
