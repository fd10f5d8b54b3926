"""Reports with one mistake each, planted where its rule must find it.

A report to be spoilt is printed plainly first, so that no blank or odd cell keeps a sum from being
checked. What compares years or reports comes as several, the last of them with the mistake.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from random import Random

from benchmarks.corpus.mistakes_in_tables import MISTAKES_IN_TABLES
from benchmarks.corpus.mistakes_in_text import MISTAKES_IN_TEXT
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.spoiling import Mistake, Planted, printed_plainly

MISTAKES: dict[str, Mistake] = MISTAKES_IN_TABLES | MISTAKES_IN_TEXT


def plant(seed: int, reports: Iterable[KnownReport]) -> Iterator[Planted]:
    """Spoil each report by one mistake, the kinds in turn; one that does not fit waits."""
    random = Random(seed)
    waiting = deque(MISTAKES.values())
    for report in reports:
        plainly = printed_plainly(report)
        kind, planted = next(
            (kind, planted) for kind in waiting if (planted := kind(random, plainly))
        )
        waiting.remove(kind)
        waiting.append(kind)
        yield planted
