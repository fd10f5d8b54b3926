"""What a step of the text stage gives back."""

from collections.abc import Sequence
from typing import NamedTuple

# Separates the paragraphs and cells of a document inside one string.
BLOCK = "\x1f"
# Stands for a character that was there and that nothing can tell.
LOST = "\ufffd"


class Change(NamedTuple):
    """One place that a step changed: where it was in the step's input, and both versions."""

    at: int
    before: str
    after: str


class Outcome(NamedTuple):
    """A text after a step, what the step changed, and the damage it found but could not mend."""

    text: str
    changes: Sequence[Change] = ()
    unsolved: Sequence[str] = ()


def spliced(text: str, changes: Sequence[Change]) -> str:
    """Apply changes, which are in order and do not overlap, to the text they were found in.

    >>> spliced("甲x乙y", [Change(1, "x", ""), Change(3, "y", "丙")])
    '甲乙丙'
    """
    out: list[str] = []
    at = 0
    for change in changes:
        out += [text[at : change.at], change.after]
        at = change.at + len(change.before)
    return "".join(out) + text[at:]
