"""The text stage: named repair steps over all of a document's text at once.

Each step is a function from text to `Outcome`; a step is recorded only if it changed something,
and `replay` of the recorded steps in order over the input gives the output again.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from transform.records import Repair
from transform.text import mojibake, page_lines, pinyin_scars, small_scars, spacing, variants
from transform.text.han import scripts
from transform.text.outcome import BLOCK, Change, Outcome
from transform.text.simplify import NameGuard, script_of, simplify

_EXAMPLE_LENGTH = 60
_EXAMPLE_CONTEXT = 6
# Text is seldom misread more than twice over.
_MOST_LAYERS = 3


class Clean(NamedTuple):
    """Repaired texts, one for each that came in, and what was found and done.

    `unsolved` holds the places whose damage was seen and could not be mended, as they read.
    """

    texts: list[str]
    script: str
    is_scarred: bool
    repairs: tuple[Repair, ...]
    unsolved: tuple[str, ...]


class Step(NamedTuple):
    """A repair, and a quick look at a text's characters that tells whether it can be needed."""

    apply: Callable[[str, NameGuard], Outcome]
    may_apply: Callable[[frozenset[str]], bool] = lambda _characters: True


def _nameless(function: Callable[[str], Outcome]) -> Callable[[str, NameGuard], Outcome]:
    return lambda text, _guard: function(text)


def _with_names(
    function: Callable[[str, tuple[str, ...]], Outcome],
) -> Callable[[str, NameGuard], Outcome]:
    return lambda text, guard: function(text, guard.names)


def _any_of(telling: Callable[[], frozenset[str]]) -> Callable[[frozenset[str]], bool]:
    return lambda characters: not telling().isdisjoint(characters)


# Text in a wrong encoding comes first, layer by layer: no other damage can be seen before.
_MISREAD: Mapping[str, Step] = {
    name: Step(_nameless(partial(mojibake.turn_back, misreading=misreading)), mojibake.is_suspect)
    for name, misreading in mojibake.MISREADINGS.items()
}
# Taken only on pages that a mirror scarred. Private-use characters and `?` may be torn bytes, so
# that the steps for these follow.
_SCARS: Mapping[str, Step] = {
    "mend_torn_characters": Step(_with_names(pinyin_scars.mend_torn_characters)),
    "choose_torn_characters": Step(_with_names(pinyin_scars.choose_torn_characters)),
    "drop_pinyin_brackets": Step(_nameless(pinyin_scars.drop_pinyin_brackets)),
    "restore_lost_spaces": Step(
        _nameless(small_scars.restore_lost_spaces), _any_of(lambda: frozenset("?"))
    ),
}
_BEFORE_SCARS: Mapping[str, Step] = {
    "mark_lost_characters": Step(
        _nameless(mojibake.mark_lost_characters), _any_of(lambda: frozenset("锟"))
    ),
    "unescape_entities": Step(
        _nameless(small_scars.unescape_entities), _any_of(lambda: frozenset("&"))
    ),
    "remove_marks": Step(
        _nameless(small_scars.remove_marks), _any_of(lambda: small_scars.MARK_STARTS)
    ),
}
_AFTER_SCARS: Mapping[str, Step] = {
    "drop_private_use": Step(
        _nameless(small_scars.drop_private_use), _any_of(lambda: small_scars.PRIVATE_USE)
    ),
    "unify_variants": Step(_nameless(variants.unify_variants), _any_of(variants.characters)),
    "close_up_characters": Step(_nameless(spacing.close_up_characters)),
    "simplify": Step(simplify, _any_of(lambda: scripts().traditional)),
    "undouble_headings": Step(_nameless(spacing.undouble_headings)),
    "drop_page_lines": Step(_nameless(page_lines.drop_page_lines)),
}
# Every step there is, by the name it is recorded under, in the order they are taken in.
STEPS: Mapping[str, Step] = {**_MISREAD, **_BEFORE_SCARS, **_SCARS, **_AFTER_SCARS}


class _Patient:
    """A text under repair: what it is now, and what has been done to it."""

    def __init__(self, text: str, guard: NameGuard) -> None:
        self.text = text
        self.guard = guard
        self.characters = frozenset(text)
        self.repairs: list[Repair] = []
        self.unsolved: list[str] = []

    def take(self, steps: Mapping[str, Step]) -> bool:
        """Take steps in order, each once; tells whether any of them changed the text."""
        before = self.text
        taken = {repair.step for repair in self.repairs}
        for name, step in steps.items():
            if name in taken or not step.may_apply(self.characters):
                continue
            outcome = step.apply(self.text, self.guard)
            self.unsolved.extend(outcome.unsolved)
            if outcome.changes:
                self.repairs.append(_repair(name, self.text, outcome.changes))
                self.text = outcome.text
                self.characters = frozenset(self.text)
        return self.text is not before


def clean(texts: Sequence[str], guard: NameGuard) -> Clean:
    """Repair and simplify the texts of one document (paragraphs and cells, in order)."""
    patient = _Patient(BLOCK.join(texts), guard)
    for _ in range(_MOST_LAYERS):
        if not patient.take(_MISREAD):
            break
    if mojibake.is_suspect(patient.characters):
        is_known = bool(patient.repairs)
        patient.unsolved.extend(mojibake.still_garbled(patient.text, is_known=is_known))
    patient.take(_BEFORE_SCARS)
    is_scarred = pinyin_scars.has_scars(patient.text, patient.characters)
    if is_scarred:
        patient.take(_SCARS)
    script = script_of(patient.text, patient.characters)
    patient.take(_AFTER_SCARS)
    return Clean(
        patient.text.split(BLOCK),
        script,
        is_scarred,
        tuple(patient.repairs),
        tuple(patient.unsolved),
    )


def replay(texts: Sequence[str], steps: Sequence[str], guard: NameGuard) -> list[str]:
    """Take the named steps, in order, over texts: what `clean` recorded gives what it gave.

    Raises KeyError for a name that is not in `STEPS`.
    """
    text = BLOCK.join(texts)
    for name in steps:
        text = STEPS[name].apply(text, guard).text
    return text.split(BLOCK)


def _repair(name: str, text: str, changes: Sequence[Change]) -> Repair:
    """Describe a step by its first change, with a little of what stands around it."""
    at, before, after = changes[0]
    end = at + len(before)
    left = text[max(0, at - _EXAMPLE_CONTEXT) : at].rsplit(BLOCK, maxsplit=1)[-1]
    right = text[end : end + _EXAMPLE_CONTEXT].split(BLOCK, maxsplit=1)[0]
    room = _EXAMPLE_LENGTH - len(left) - len(right)
    return Repair(name, len(changes), left + before[:room] + right, left + after[:room] + right)
