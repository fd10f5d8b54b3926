"""`make bench-repair`: how fast the text stage is, and how much of what damage it undoes.

Speeds are best of several runs over generated reports, in MB of UTF-8 a second of one core.
Accuracy is held against the text before it was damaged; "silent" is a place that is wrong though
nothing in the text or in the count of unsolved places says so.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.corpus.generate import generate
from benchmarks.corpus.scripts import scar, to_traditional
from benchmarks.corpus.text_layouts import LAYOUTS
from benchmarks.text_damage import (
    MISREADINGS,
    as_mirrored,
    differences,
    mirrors,
    scarred_by,
)
from flows.reference import load_reference
from transform.text.clean import Clean, clean

REAL_REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
SEED = 20260131
REPORTS = 12
RUNS = 5
MUST_BE_CLEAN, MUST_BE_SCARRED = 5.0, 1.0


class Tally(NamedTuple):
    """Sums over the texts of one kind of damage."""

    texts: int = 0
    characters: int = 0
    wrong: int = 0
    silent: int = 0
    unsolved: int = 0

    def plus(self, original: str, result: Clean, separator: str = "\n") -> "Tally":
        """Add one repaired text."""
        found = differences(original, separator.join(result.texts))
        return Tally(
            self.texts + 1,
            self.characters + len(original),
            self.wrong + found.wrong,
            self.silent + len(found.silent),
            self.unsolved + len(result.unsolved),
        )


def repaired(texts: Sequence[str]) -> Clean:
    """Take texts through the text stage, with all official names guarded."""
    return clean(texts, load_reference().names)


def originals() -> list[str]:
    """Generated reports in all layouts, without no-break spaces (their loss is another matter)."""
    layouts = list(LAYOUTS.values())
    reports = enumerate(generate(SEED, REPORTS))
    return [layouts[i % len(layouts)](report).replace("\xa0", "") for i, report in reports]


def megabytes_a_second(texts: Sequence[str]) -> float:
    """Best of several runs; the first one, which builds tables, does not count."""
    documents = [text.split("\n") for text in texts]
    size = sum(len(text.encode()) for text in texts) / 1e6
    best = float("inf")
    for _ in range(RUNS + 1):
        start = time.process_time()
        for document in documents:
            repaired(document)
        best = min(best, time.process_time() - start)
    return size / best


def print_speeds(texts: Sequence[str]) -> None:
    """Print MB/s for clean, traditional, and scarred text."""
    kinds: dict[str, tuple[Callable[[str], str], float | None]] = {
        "clean simplified": (str, MUST_BE_CLEAN),
        "traditional (s2t)": (to_traditional, None),
        "traditional (s2hk)": (lambda text: to_traditional(text, "s2hk"), None),
        "scarred as seen": (scar, MUST_BE_SCARRED),
    }
    print(f"\n{'speed, one core':24} MB/s")
    for name, (damage, least) in kinds.items():
        must = f"   (must: {least:.0f})" if least else ""
        print(f"{name:24}{megabytes_a_second(list(map(damage, texts))):5.1f}{must}")
    for path in sorted(REAL_REPORTS.glob("002*.txt")):
        text = path.read_text(encoding="utf-8")
        print(f"{'the real scarred page':24}{megabytes_a_second([text] * REPORTS):5.1f}")


def print_scars(texts: Sequence[str]) -> None:
    """Print what is right after mirrors of every kind."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for number, text in enumerate(texts):
        for mirror in mirrors(text, Random(number)):
            name = f"{mirror.name}, {'keeps' if mirror.keeps_bracket else 'takes'} bracket"
            result = repaired(scarred_by(mirror, text).split("\n"))
            tallies[name] = tallies[name].plus(as_mirrored(text), result)
    _print_tallies("pinyin scars", tallies)


def print_mojibake(texts: Sequence[str]) -> None:
    """Print what is right after saving in a wrong encoding, paragraph by paragraph."""
    paragraphs = [line for line in texts[0].split("\n") if not line.isascii()]
    tallies: dict[str, Tally] = {}
    for name, misread in MISREADINGS.items():
        result = repaired(list(map(misread, paragraphs)))
        tallies[name] = Tally().plus("\n".join(paragraphs), result)
    _print_tallies("wrong encodings", tallies)


def _print_tallies(title: str, tallies: dict[str, Tally]) -> None:
    print(f"\n{title:24}texts  right %  unsolved  silent")
    for name, tally in tallies.items():
        right = 100 * (1 - tally.wrong / tally.characters)
        print(f"{name:24}{tally.texts:5}{right:9.3f}{tally.unsolved:10}{tally.silent:8}")


def main() -> None:
    """Print all tables."""
    texts = originals()
    print_speeds(texts)
    print_scars(texts)
    print_mojibake(texts)


if __name__ == "__main__":
    main()
