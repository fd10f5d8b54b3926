"""Clauses understood word by word: every word is known, and together they count one thing.

Offices put the same few words in any order (收到申请3件, 申请受理量为3件, 受理的申请共计3件). A
frame names the ideas a clause may consist of; a clause that holds one unknown word fits none, for
that word may be what is counted (收到救助申请3件).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import Pattern

# Ideas that say nothing of what is counted.
_EMPTY = "filler"
_UNKNOWN = "unknown"

Ideas = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """The ideas that state one metric: all of `must`, and of others those in `may` only."""

    metrics: tuple[str, ...]
    units: frozenset[str]
    must: Ideas
    may: Ideas
    needs: Pattern[str] | None

    def fits(self, ideas: Ideas) -> bool:
        """Tell whether a clause of these ideas states the metric."""
        return self.must <= ideas <= self.may


def units_of(text: str) -> frozenset[str]:
    """Units as listed, each also as 件次, which counts as 件 does."""
    units = text.split()
    return frozenset(units) | {f"{unit}次" for unit in units if len(unit) == 1}


def frame_of(row: Mapping[str, str]) -> Frame:
    """Build a frame of a row of patterns; ideas that need not be there end in `?`."""
    words = row["pattern"].split()
    may = frozenset(word.removesuffix("?") for word in words)
    return Frame(
        tuple(row["metric"].split()),
        units_of(row["units"]),
        frozenset(word for word in words if not word.endswith("?")),
        may | {_EMPTY},
        re.compile(row["needs"]) if row["needs"] else None,
    )


def pattern_of_ideas(ideas: Sequence[tuple[str, str]]) -> str:
    """One pattern that parts a clause into ideas; the first that fits wins.

    >>> pattern_of_ideas([("ask", "申请"), ("filler", "共")])
    '(?P<ask>申请)|(?P<filler>共)|(?P<unknown>[^#@])'
    """
    return "|".join(f"(?P<{name}>{words})" for name, words in ideas) + f"|(?P<{_UNKNOWN}>[^#@])"


def ideas_of(text: str, words: Pattern[str]) -> Ideas | None:
    """The ideas of a clause; None where a word is unknown."""
    found = set()
    for match in words.finditer(text):
        name = match.lastgroup
        if name == _UNKNOWN:
            return None
        found.add(name or _EMPTY)
    return frozenset(found)
