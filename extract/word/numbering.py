"""Automatic numbering: the label Word prints in front of a paragraph, which no text holds."""

import re
from collections import defaultdict
from typing import NamedTuple

from extract.opc import Element
from extract.word.numerals import numeral
from extract.word.styles import Styles
from extract.word.xml import Properties, W, held, integer, is_on, number, value

_PLACE = re.compile(r"%([1-9])")
_WITHOUT_LABEL = frozenset({"none", "bullet"})
# Word's own bounds.
_LEVELS = range(9)
_LARGEST_START = 32_767
_LONGEST_LABEL = 80


class _Level(NamedTuple):
    """How one level of a list is numbered; `restart` is the level that sets it back, 1-based."""

    start: int
    number_format: str
    text: str
    suffix: str
    restart: int | None
    is_legal: bool
    is_hidden: bool


class _List(NamedTuple):
    """One `w:num`: whose levels it has, and where it starts anew."""

    abstract: int
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document and how far each has counted; ask for labels in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[int, _List] = {}
        self._style_levels: dict[tuple[int, str], int] = {}
        # Lists made from one definition count on together, unless they start anew.
        self._counts: dict[int, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[int, int]] = set()
        if root is not None:
            self._load(root)

    def label(self, paragraph: Properties) -> str:
        """Count a paragraph with these properties; give what Word prints in front of it."""
        number_id, level = self._reference(paragraph)
        of_list = self._lists.get(number_id)
        if of_list is None or level not in of_list.levels:
            return ""
        counts = self._counted(number_id, of_list, level)
        own = of_list.levels[level]
        if own.is_hidden or own.number_format in _WITHOUT_LABEL:
            return ""
        text = _PLACE.sub(lambda match: _place(of_list, counts, own, int(match[1]) - 1), own.text)
        # A gap keeps the label `1.` and the figure `3` from reading as 1.3.
        return text + ("" if own.suffix == "nothing" or not text else " ")

    def _reference(self, paragraph: Properties) -> tuple[int, int]:
        properties = held(paragraph.get(W + "numPr"))
        number_id, level = number(properties, "numId"), number(properties, "ilvl")
        if number_id is None:
            style = self._styles.named(paragraph)
            number_id, of_style = self._styles.of_paragraph(style)
            linked = self._style_levels.get((number_id or 0, style or ""))
            level = next((at for at in (level, linked, of_style) if at is not None), None)
        return number_id or 0, level or 0

    def _counted(self, number_id: int, of_list: _List, level: int) -> dict[int, int]:
        counts = self._counts[of_list.abstract]
        start = of_list.levels[level].start - 1
        if level in of_list.starts and (number_id, level) not in self._started:
            self._started.add((number_id, level))
            counts[level] = of_list.starts[level] - 1
        counts[level] = counts.get(level, start) + 1
        for deeper in [at for at in counts if at > level]:
            restart = of_list.levels[deeper].restart if deeper in of_list.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return counts

    def _load(self, root: Element) -> None:
        definitions = {
            integer(definition.get(W + "abstractNumId")): definition
            for definition in root.iterchildren(W + "abstractNum")
        }
        by_style = {value(held(d), "styleLink"): d for d in definitions.values()}
        for entry in root.iterchildren(W + "num"):
            number_id, abstract = (
                integer(entry.get(W + "numId")),
                number(held(entry), "abstractNumId"),
            )
            definition = definitions.get(abstract)
            if number_id is None or abstract is None or definition is None:
                continue
            definition = by_style.get(value(held(definition), "numStyleLink") or "", definition)
            self._add(number_id, abstract, definition, entry)

    def _add(self, number_id: int, abstract: int, definition: Element, entry: Element) -> None:
        levels, starts = _levels(definition), {}
        for override in entry.iterchildren(W + "lvlOverride"):
            level, start = (
                integer(override.get(W + "ilvl")),
                number(held(override), "startOverride"),
            )
            levels |= _levels(override)
            if level is not None and start is not None:
                starts[level] = min(max(start, 0), _LARGEST_START)
        self._lists[number_id] = _List(abstract, levels, starts)
        for element in definition.iterchildren(W + "lvl"):
            style, level = value(held(element), "pStyle"), integer(element.get(W + "ilvl"))
            if style and level is not None:
                self._style_levels[number_id, style] = level


def _levels(parent: Element) -> dict[int, _Level]:
    found = {}
    for element in parent.iterchildren(W + "lvl"):
        level = integer(element.get(W + "ilvl"))
        # A format of later versions stands in a choice; what all versions know stands behind it.
        formats = [entry.get(W + "val") for entry in element.iter(W + "numFmt")]
        properties = held(element)
        start = number(properties, "start")
        if level is not None and level in _LEVELS:
            found[level] = _Level(
                start=min(max(1 if start is None else start, 0), _LARGEST_START),
                number_format=formats[-1] if formats and formats[-1] else "decimal",
                text=(value(properties, "lvlText") or "")[:_LONGEST_LABEL],
                suffix=value(properties, "suff") or "tab",
                restart=number(properties, "lvlRestart"),
                is_legal=bool(is_on(properties, "isLgl")),
                is_hidden=bool(is_on(held(properties.get(W + "rPr")), "vanish")),
            )
    return found


def _place(of_list: _List, counts: dict[int, int], own: _Level, at: int) -> str:
    """Give the number of one level inside a label; a level not yet reached stands at its start."""
    level = of_list.levels.get(at)
    if level is None:
        return ""
    count = counts.setdefault(at, level.start)
    return numeral(count, "decimal" if own.is_legal else level.number_format)
