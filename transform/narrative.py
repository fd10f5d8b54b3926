"""Figures stated in prose, section by section: what the sections say beside their tables.

Each figure is judged by the clause it stands in, and taken only where clause, year and place leave
no doubt; a figure that may belong to another year, place or thing is left out.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from transform.narrative_clause import kinds_of, none_of
from transform.narrative_numbers import MAY_BE_FIGURE, Figure, narrow
from transform.narrative_rules import NarrativeRules
from transform.narrative_scope import Own, Scope, advance, advance_past, own_of
from transform.narrative_seen import Kind, Seen
from transform.narrative_split import FROM, RISES, Clause, clauses_of
from transform.records import NarrativeFact, Section

SECTIONS = (1, 5, 6)
_NONE_WORD = re.compile(r"[未无零]|没有|[为是][0０]")
_NONE_THING = re.compile(r"申请|复议|诉讼|费|公开数|公开信息数")
# A line of its own that only names a subject.
_HEADING = re.compile(r"\W*[一二三四五六七八九十0-9]{0,2}\W*[^，。；：！？\s]{2,24}[：。]?\s*")
# The longest lists have some 3,000 characters; the time for a sentence grows with its square.
_LONGEST_SENTENCE = 8_000
# What a sentence says there was none of may be named as far in front of its end.
_FAR_BACK = 4_000
_CLAUSE = re.compile(r"[^，；。！？]{4,80}")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")
# Titles and document numbers are masked: their numbers count nothing.
_TITLE = re.compile(r"《[^》]*》|〔[^〕]*〕|\[[^\]]*\]")
_CONDITION = re.compile(r"[如若凡]|对于?$|是否|承诺")
# 未发生行政复议，提起行政诉讼的情况: one comma does not part what there was none of.
_BOTH_DISPUTES = re.compile(
    r"(?<=复议)，(?=(?:被?提起|引[起发]|申请|产生)?的?(?:行政)?诉讼(?:案件|事项)?的?"
    r"(?:情况|情形|问题|现象|案件)?的?(?:发生|出现)?(?:[，。；]|$))"
)
_WAYS = frozenset(["requests_online", "requests_by_letter", "requests_in_person"])
_IN_ALL = re.compile(r"共(?:受理|收到|接到)[^，]*申请")
_ZERO = Decimal(0)
# What is held on a day, or made once, and not counted up month by month.
_EVENTS = frozenset(["trainings_held", "people_trained", "meetings_held", "guides_published"])


class _Stated(NamedTuple):
    """A fact, and whether its sentence speaks of one month only (5月举办培训1次)."""

    fact: NarrativeFact
    is_of_month: bool = False


def read_narrative(
    sections: Sequence[Section],
    year: int | None,
    own_name: str | None,
    metrics: NarrativeRules,
    *,
    without_table: Collection[int] = (),
) -> tuple[NarrativeFact, ...]:
    """Read the figures of sections 1, 5 and 6, whose content is prose.

    A section of a table that is not there may say in words what the table would.
    """
    lines = (
        (section.section_no, line)
        for section in sections
        if section.section_no in SECTIONS or section.section_no in without_table
        for line in section.body.split("\n")
    )
    return _read(list(lines), year, own_name, metrics)


def read_whole_narrative(
    preamble: Sequence[str],
    sections: Sequence[Section],
    year: int | None,
    own_name: str | None,
    metrics: NarrativeRules,
) -> tuple[NarrativeFact, ...]:
    """Read the figures of a report without tables, as those before 2019 are, from first to last.

    Its sections need not be the six of the later format: what stands under no known heading has no
    `section_no`.
    """
    lines: list[tuple[int | None, str]] = [(None, line) for line in preamble]
    lines += [
        (section.section_no, line) for section in sections for line in section.body.split("\n")
    ]
    return _read(lines, year, own_name, metrics)


def _read(
    lines: Sequence[tuple[int | None, str]],
    year: int | None,
    own_name: str | None,
    rules: NarrativeRules,
) -> tuple[NarrativeFact, ...]:
    """Read lines; a fact stated twice is given once, where the sentence states most, then first.

    So that a total is found beside its parts, if it is anywhere.
    """
    own = own_of(year, own_name, (narrow(line) for _, line in lines if _may_state(line)))
    facts = _of_the_year(list(_lines(lines, own, rules)))
    stated = Counter(fact.sentence for fact in facts)
    found: dict[tuple[str, str | None, Decimal], NarrativeFact] = {}
    for fact in facts:
        kept = found.setdefault((fact.metric, fact.qualifier, fact.value), fact)
        if stated[fact.sentence] > stated[kept.sentence]:
            found[fact.metric, fact.qualifier, fact.value] = fact
    return tuple(found.values())


def _of_the_year(stated: Sequence[_Stated]) -> list[NarrativeFact]:
    """What is stated for a month is the year's only where nothing else is said of the metric."""
    count = Counter(one.fact.metric for one in stated)
    return [one.fact for one in stated if not one.is_of_month or count[one.fact.metric] == 1]


def _lines(
    lines: Iterable[tuple[int | None, str]], own: Own, rules: NarrativeRules
) -> Iterator[_Stated]:
    """What each line states; a heading (（二）依申请公开情况) tells what the next is about."""
    heading = ""
    for number, line in lines:
        yield from _paragraph(line, number, heading, own, rules)
        heading = line if _HEADING.fullmatch(line) else ""


def _paragraph(
    line: str, section_no: int | None, heading: str, own: Own, rules: NarrativeRules
) -> Iterator[_Stated]:
    if not _may_state(line):
        return
    text = _TITLE.sub(_masked, narrow(line))
    seen, opening, done, told = Seen.under(heading), Scope(), 0, 0
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        if len(sentence) > _LONGEST_SENTENCE:
            continue
        has_figure, has_none = MAY_BE_FIGURE.search(sentence) is not None, _may_be_none(sentence)
        if not (has_figure or has_none):
            continue
        if match.start() > done:
            opening = advance_past(opening, text[done : match.start()], own, rules)
            done = match.start()
        printed = line[match.start() : match.end()].strip()
        seen.begin(sentence, text[told : match.start()])
        told = match.start()
        facts = list(_figures(sentence, opening, seen, own, rules)) if has_figure else []
        if has_none:
            stated = {one.fact.metric for one in facts}
            so_far = heading + text[max(0, match.end() - _FAR_BACK) : match.end()]
            nones = _nones(sentence, so_far, opening, own, rules)
            facts += [_Stated(_fact(metric, None)) for metric in nones if metric not in stated]
        for fact, is_of_month in facts:
            yield _Stated(fact._replace(section_no=section_no, sentence=printed), is_of_month)


def _masked(title: re.Match[str]) -> str:
    """As long as the title; only what kind of guide it may be is kept."""
    kept = "指南》" if title[0].endswith("指南》") else ""
    return "某" * (len(title[0]) - len(kept)) + kept


def _may_be_none(text: str) -> bool:
    return _NONE_WORD.search(text) is not None and _NONE_THING.search(text) is not None


def _may_state(line: str) -> bool:
    return MAY_BE_FIGURE.search(line) is not None or _may_be_none(line)


def _fact(metric: str, part: str | None, figure: Figure | None = None) -> NarrativeFact:
    """A fact whose place is filled in later; without a figure it says none."""
    if figure is None:
        return NarrativeFact(0, metric, None, _ZERO, None, False, "")
    return NarrativeFact(0, metric, part, figure.value, figure.unit, figure.is_approximate, "")


def _figures(
    sentence: str, scope: Scope, seen: Seen, own: Own, rules: NarrativeRules
) -> Iterator[_Stated]:
    facts: list[_Stated] = []
    outside = scope
    for clause in clauses_of(sentence, own.name):
        scope, outside = _advance(scope, outside, clause.between, own, rules)
        if seen.closes(clause):
            facts = [one for one in facts if one.fact.metric != "disclosed_total"]
        kinds = kinds_of(clause, scope, seen, own, rules)
        is_ours = _is_ours(scope, kinds, seen, clause) and not _is_cumulative(
            clause, scope, bool(facts)
        )
        is_doubtful = rules.words["doubt"].search(clause.head) is not None and not clause.each
        is_taken = is_ours and not is_doubtful
        seen.after(clause, kinds, scope, is_taken=is_taken, is_doubtful=is_doubtful)
        if is_taken:
            is_of_month = scope.part == "month"
            facts += [_Stated(_fact(*kind, clause.figure), is_of_month) for kind in kinds]
    yield from _with_online_total(facts, sentence)


def _advance(
    scope: Scope, outside: Scope, between: str, own: Own, rules: NarrativeRules
) -> tuple[Scope, Scope]:
    """Move on; what a bracket says (（2020年为7件）) or a start (由上年的7件) holds there."""
    inside, closes, behind = between.partition("）")
    if closes:
        scope, between = outside, behind
    elif RISES.match(between):
        scope = outside
    before, opens, inside = between.partition("（")
    begins = FROM.search(before)
    outside = advance(scope, before[: begins.start()] if begins else before, own, rules)
    if opens:
        return advance(outside, inside, own, rules), outside
    return (advance(scope, before, own, rules) if begins else outside), outside


def _is_ours(scope: Scope, kinds: tuple[Kind, ...], seen: Seen, clause: Clause) -> bool:
    """Tell a figure of this year and place; those who come to our training come from anywhere."""
    if ("people_trained", None) in kinds and seen.is_after_training(clause):
        scope = scope._replace(is_own_place=True)
    if scope.part == "month" and kinds and all(metric in _EVENTS for metric, _ in kinds):
        scope = scope._replace(part=None)
    return scope.is_ours


def _is_cumulative(clause: Clause, scope: Scope, is_continued: bool) -> bool:
    """Tell 累计 over years from 累计 over the year: only a year in force makes it the latter."""
    if "累计" not in clause.head:
        return False
    return scope.says_until or not (scope.says_year or is_continued)


def _with_online_total(facts: list[_Stated], sentence: str) -> list[_Stated]:
    """共受理网上申请30件 with no other way beside it is also all that was received."""
    ways = [one.fact for one in facts if one.fact.metric.startswith("requests_")]
    is_all = len(ways) == 1 and ways[0].metric in _WAYS and _IN_ALL.search(sentence)
    return [*facts, _Stated(ways[0]._replace(metric="requests_received"))] if is_all else facts


def _nones(
    sentence: str, so_far: str, scope: Scope, own: Own, rules: NarrativeRules
) -> Iterator[str]:
    """What a sentence says there was none of (未收到、未发生、均为零)."""
    if "复议，" in sentence or "复议的，" in sentence:
        sentence = _BOTH_DISPUTES.sub("、", sentence)
    for metric, pattern, needs in rules.nones:
        match = pattern.search(sentence)
        if match is None or not needs.search(so_far):
            continue
        before = sentence[: match.start()]
        if _CONDITION.search(re.split("[；，]", before)[-1]):
            continue
        if advance(scope, sentence[: match.end()], own, rules).is_ours:
            yield metric
    for clause in _CLAUSE.finditer(sentence):
        if not _may_be_none(clause[0]) or _CONDITION.search(clause[0]):
            continue
        behind = clause[0].rpartition("：")[2]
        metrics = none_of(clause[0], so_far, own, rules) or none_of(behind, so_far, own, rules)
        if metrics and advance(scope, sentence[: clause.end()], own, rules).is_ours:
            yield from metrics
