"""The text stage: named repair steps over all of a document's text at once.

Each step is a function from text to text and its changes; a step is recorded only if it changed
something, and running the recorded steps in order over the input gives the output again.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from transform import pinyin_scars, small_scars
from transform.records import Repair
from transform.simplify import BLOCK, NameGuard, script_of, simplify

Change = tuple[str, str]

_EXAMPLE_LENGTH = 60


class Clean(NamedTuple):
    """Repaired texts, one for each that came in, and what was found and done."""

    texts: list[str]
    script: str
    is_scarred: bool
    repairs: tuple[Repair, ...]
    unsolved: tuple[str, ...]


def clean(texts: Sequence[str], guard: NameGuard) -> Clean:
    """Repair and simplify the texts of one document (paragraphs and cells, in order)."""
    text = BLOCK.join(texts)
    is_scarred = pinyin_scars.has_scars(text)
    repairs: list[Repair] = []
    unsolved: list[str] = []

    def step(name: str, function: Callable[[str], tuple[str, list[Change]]]) -> None:
        nonlocal text
        result, changes = function(text)
        if changes:
            text = result
            before, after = changes[0]
            repairs.append(
                Repair(name, len(changes), before[:_EXAMPLE_LENGTH], after[:_EXAMPLE_LENGTH])
            )

    def mend(torn: str) -> tuple[str, list[Change]]:
        result, changes, left = pinyin_scars.mend_torn(torn)
        unsolved.extend(left)
        return result, changes

    step("remove_marks", small_scars.remove_marks)
    if is_scarred:
        step("drop_pinyin_brackets", pinyin_scars.drop_brackets)
        step("mend_torn_characters", mend)
        step("restore_lost_spaces", small_scars.restore_lost_spaces)
    script = script_of(text)
    step("simplify", lambda traditional: simplify(traditional, guard))
    return Clean(text.split(BLOCK), script, is_scarred, tuple(repairs), tuple(unsolved))
