"""What the prose reader knows: metrics, words and patterns, built from rows of reference data.

A pattern is held against one clause in which the figure is written `#`.
Rows named `idea.` part a clause into ideas; a row of form `frame`, or `frame_none` where there was
none, names the ideas that state a metric, those that may be missing with `?` behind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import Pattern

from transform.narrative_frames import Frame, frame_of, pattern_of_ideas, units_of

Rows = Sequence[Mapping[str, str]]

_CHANNEL, _WAY, _IDEA = "channel.", "way.", "idea."


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

    figures: Mapping[str, tuple[ClausePattern, ...]]
    nones: tuple[tuple[str, Pattern[str], Pattern[str]], ...]
    channels: tuple[tuple[str, Pattern[str]], ...]
    ways: tuple[tuple[str, Pattern[str]], ...]
    words: Mapping[str, Pattern[str]]
    total: Pattern[str]
    through: Pattern[str]
    through_any: Pattern[str]
    through_item: Pattern[str]
    alone: Pattern[str]
    category: Pattern[str]
    category_end: Pattern[str]
    fronted: Pattern[str]
    metrics: frozenset[str]
    ideas: Pattern[str]
    frames: tuple[Frame, ...]
    none_frames: tuple[Frame, ...]


def build_narrative_rules(metrics: Rows, words: Rows, patterns: Rows) -> NarrativeRules:
    """Build the rules from the rows of `metrics`, `narrative_words` and `narrative_patterns`."""
    by_name = {row["name"]: row["pattern"] for row in words}
    return NarrativeRules(
        figures=_by_unit([_clause_pattern(row) for row in patterns if row["form"] == "figure"]),
        nones=tuple(
            (row["metric"], re.compile(row["pattern"]), re.compile(row["needs"]))
            for row in patterns
            if row["form"] == "none"
        ),
        channels=tuple(
            (name.removeprefix(_CHANNEL), re.compile(pattern))
            for name, pattern in by_name.items()
            if name.startswith(_CHANNEL)
        ),
        ways=tuple(
            (name.removeprefix(_WAY), re.compile(pattern))
            for name, pattern in by_name.items()
            if name.startswith(_WAY)
        ),
        words={
            name: re.compile(pattern)
            for name, pattern in by_name.items()
            if not name.startswith((_CHANNEL, _WAY, _IDEA))
        },
        metrics=frozenset(row["metric"] for row in metrics),
        ideas=re.compile(
            pattern_of_ideas(
                [
                    (name.removeprefix(_IDEA), pattern)
                    for name, pattern in by_name.items()
                    if name.startswith(_IDEA)
                ]
            )
        ),
        frames=_frames(patterns, "frame"),
        none_frames=_frames(patterns, "frame_none"),
        **_shapes(by_name),
    )


def _by_unit(patterns: Sequence[ClausePattern]) -> Mapping[str, tuple[ClausePattern, ...]]:
    units = frozenset().union(*(pattern.units for pattern in patterns))
    return {unit: tuple(one for one in patterns if unit in one.units) for unit in units}


def _frames(patterns: Rows, form: str) -> tuple[Frame, ...]:
    return tuple(frame_of(row) for row in patterns if row["form"] == form)


def _clause_pattern(row: Mapping[str, str]) -> ClausePattern:
    return ClausePattern(
        row["metric"],
        units_of(row["units"]),
        re.compile(row["pattern"]),
        re.compile(row["needs"]) if row["needs"] else None,
    )


def _shapes(word: Mapping[str, str]) -> dict[str, Pattern[str]]:
    """Clauses that state a disclosure: in all, through a channel (`@`), of one category.

    No verb stands in front of a total's own (公开惠农补贴发放信息). Every repeat is bounded: words
    of two lists can overlap, and unbounded they could be parted in more ways than there is time.
    """
    verb, thing, tally = (f"(?:{word[name]})" for name in ("verb", "thing", "tally"))
    lead, link = f"(?:{word['lead']}){{0,6}}", f"(?:{word['link']}){{0,3}}"
    kind = f"(?:{word['kind']}){{0,4}}"
    said = f"(?:{word['lead']}|{word['generic']}){{0,8}}{verb}(?:了|的|[并、和及]{verb})?"
    bare = f"(?:{word['generic']}){{0,4}}信息"
    ahead = rf"(?:(?!(?<!信息)(?<!政务){verb})[^#@]){{0,30}}?"
    free, listed = _objects(kind, thing)
    label = (
        rf"(?P<label>(?!线[上下]|依申请|[和及与、]|{bare}{tally}?{link}#)(?:(?!公开|各[类项种]|(?<!公)共|上|于|向)[^#@，]){{1,14}}"
        rf"(?:{word['category']}))"
    )

    return {
        "total": re.compile(
            rf"^(?!.*(?:{word['topic']})){ahead}{verb}(?:[和及、与并]{verb})?了?的?(?:主动公开的?)?{bare}{tally}?{link}#$"
            rf"|^{said}{bare}{tally}?{link}#$|^{said}{link}#{bare}(?:$|在|通过|[中里]$|均|全部)"
            rf"|^{lead}(?:政府|政务)?信息(?:主动)?公开{tally}?{link}#$"
            rf"|^[^#，]{{0,12}}#{bare}(?:经|均|已|全部)[^#，]{{0,24}}公开$"
            rf"|^(?:政府信息)?(?:主动|实际)公开(?:情况|方面|数量?)?{link}#$"
        ),
        "through": _through(word, said, bare, free),
        "through_any": _through(word, said, bare, "[^#@，]{0,28}"),
        "through_item": _through_item(word),
        "alone": re.compile(
            rf"^{said}(?:{kind}{thing}{{1,2}}|(?:[^#@，]{{2,16}}等|各[类项种][^#@，]{{2,16}}){kind}{thing}|{listed})?{tally}?{link}#(?:{kind}{thing})?$"
        ),
        "category": re.compile(
            rf"(?:^|{word['lead']}){verb}了?{label}(?<!政府信息)(?<!政务信息){tally}?{link}#$"
        ),
        "category_end": re.compile(f"(?:{word['category']})$"),
        "fronted": re.compile(
            rf"^{lead}(?!{verb}|涉及|关于|有关){label}(?<![政公]府信息)(?<!政务信息)(?:均|已|共)?(?:主动)?{verb}{tally}?{link}#$"
        ),
    }


def _objects(kind: str, thing: str) -> tuple[str, str]:
    """What is disclosed through a channel, and the same where it is named one by one."""
    listed = "[^#@，、]{2,16}、[^#@，]{2,50}等(?:方面|领域)?"
    free = (
        f"(?:{kind}{thing}{{0,2}}|(?:{listed}|[^#@，]{{2,16}}等|各[类项种][^#@，]{{2,16}}){kind}{thing}"
        f"|{listed})"
    )
    return free, listed


def _place(word: Mapping[str, str]) -> str:
    """A channel (`@`) with what is said of it before the verb."""
    suffix = "上|中|里|的|各|平台|形式|方式|渠道|专栏|栏目|[板版]块|子?页面|子站|频道"
    suffix += rf"|向[^#@，]{{1,6}}?|[“”\"]|{word['lead']}"
    return rf"^[^#@]*@(?:“[^”]{{1,12}}”)?(?:{suffix}){{0,8}}"


def _through_item(word: Mapping[str, str]) -> Pattern[str]:
    """What a channel carried, where it is more than 信息: its total, or the first of a list."""
    tally = f"(?:{word['tally']})?(?:{word['link']}){{0,3}}"
    plain = rf"(?:{word['generic']}){{0,4}}(?!动态|图解)(?:{word['thing']}){tally}#"
    item = rf"(?P<label>(?!{plain})[^#@，]{{2,20}}?)"
    return re.compile(rf"{_place(word)}(?:滚动)?(?:{word['verb']})了?{item}{tally}#$")


def _through(word: Mapping[str, str], said: str, bare: str, what: str) -> Pattern[str]:
    """Clauses that name one channel (`@`) and of what the figure is."""
    verb, tally = f"(?:{word['verb']})", f"(?:{word['tally']})"
    link = f"(?:{word['link']}){{0,3}}"
    return re.compile(
        rf"{_place(word)}(?:(?:滚动)?{verb}了?{what}{tally}?{link}|{link}|{bare}{link})#{what}$"
        rf"|^{said}{link}#{bare}[^#@]*@|#{verb}[于在][^#@，]{{0,14}}@|^[^#@]{{0,24}}@[^#@]{{0,8}}?{said}{bare}{link}#$"
    )
