"""What the prose reader knows: metrics, words and patterns, built from rows of reference data.

A pattern is held against one clause in which the figure is written `#`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import Pattern

Rows = Sequence[Mapping[str, str]]

_CHANNEL = "channel."


@dataclass(frozen=True, slots=True)
class ClausePattern:
    """A way to state one metric; `needs` must stand in the sentence up to the figure."""

    metric: str
    units: frozenset[str]
    clause: Pattern[str]
    needs: Pattern[str] | None


@dataclass(frozen=True, slots=True)
class NarrativeRules:
    """The compiled rules; `channels` in order: the first that fits a place is the channel."""

    figures: tuple[ClausePattern, ...]
    nones: tuple[tuple[str, Pattern[str]], ...]
    channels: tuple[tuple[str, Pattern[str]], ...]
    words: Mapping[str, Pattern[str]]
    total: Pattern[str]
    through: Pattern[str]
    through_any: Pattern[str]
    alone: Pattern[str]
    category: Pattern[str]
    metrics: frozenset[str]


def build_narrative_rules(metrics: Rows, words: Rows, patterns: Rows) -> NarrativeRules:
    """Build the rules from the rows of `metrics`, `narrative_words` and `narrative_patterns`."""
    by_name = {row["name"]: row["pattern"] for row in words}
    return NarrativeRules(
        figures=tuple(_clause_pattern(row) for row in patterns if row["form"] == "figure"),
        nones=tuple(
            (row["metric"], re.compile(row["pattern"])) for row in patterns if row["form"] == "none"
        ),
        channels=tuple(
            (name.removeprefix(_CHANNEL), re.compile(pattern))
            for name, pattern in by_name.items()
            if name.startswith(_CHANNEL)
        ),
        words={
            name: re.compile(pattern)
            for name, pattern in by_name.items()
            if not name.startswith(_CHANNEL)
        },
        metrics=frozenset(row["metric"] for row in metrics),
        **_shapes(by_name),
    )


def _clause_pattern(row: Mapping[str, str]) -> ClausePattern:
    return ClausePattern(
        row["metric"],
        frozenset(row["units"].split()),
        re.compile(row["pattern"]),
        re.compile(row["needs"]) if row["needs"] else None,
    )


def _shapes(word: Mapping[str, str]) -> dict[str, Pattern[str]]:
    """Clauses that state a disclosure: in all, through a channel (`@`), of one category.

    Every repeat is bounded: words of two lists can overlap, and unbounded they could be parted in
    more ways than there is time.
    """
    verb, thing, tally = (f"(?:{word[name]})" for name in ("verb", "thing", "tally"))
    lead, link = f"(?:{word['lead']}){{0,6}}", f"(?:{word['link']}){{0,3}}"
    kind = f"(?:{word['kind']}){{0,4}}"
    said = f"(?:{word['lead']}|{word['generic']}){{0,8}}{verb}(?:了|并{verb})?"
    bare = f"(?:{word['generic']}){{0,4}}信息"
    free = f"(?:{kind}{thing}{{0,2}}|[^#@，]{{2,16}}等{kind}{thing})"
    label = (
        rf"(?P<label>(?!{bare}{tally}?{link}#)(?:(?!公开|(?<!公)共|上|于|向)[^#@，]){{1,14}}"
        rf"(?:{word['category']}))"
    )

    def through(what: str) -> Pattern[str]:
        return re.compile(
            rf"^[^#@]*@(?:“[^”]{{1,12}}”)?(?:上|中|平台|专栏|[“”\"]|{word['lead']}){{0,6}}"
            rf"(?:(?:滚动)?{verb}了?{what}{tally}?{link}|{link}|{bare}{link})#{what}$"
            rf"|^{said}{link}#{bare}[^#@]*@|^[^#@]{{0,24}}@[^#@]{{0,8}}?{said}{bare}{link}#$"
        )

    return {
        "total": re.compile(
            rf"^{said}{bare}{tally}?{link}#$|^{said}{link}#{bare}(?:$|在|通过)"
            rf"|^{lead}(?:政府|政务)?信息(?:主动)?公开{tally}?{link}#$"
        ),
        "through": through(free),
        "through_any": through("[^#@，]{0,14}"),
        "alone": re.compile(rf"^{said}{kind}{thing}{{1,2}}{tally}?{link}#(?:{kind}{thing})?$"),
        "category": re.compile(rf"(?:^|{word['lead']}){verb}了?{label}{tally}?{link}#$"),
    }
