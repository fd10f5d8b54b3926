"""The clause a figure stands in, and what it can count there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from transform.narrative_numbers import Figure, figures_in
from transform.narrative_rules import NarrativeRules
from transform.narrative_scope import Own, Scope

Kind = tuple[str, str | None]

_DISCLOSED_UNITS = frozenset(
    ["条", "件", "期", "篇", "份", "则", "项", "次", "张", "册", "条次", "期次"]
)
_BREAK = re.compile(r"[，；：（）。]")
_TRAIL_END = re.compile(r"[，；：（）。、]")
_JOINED = re.compile(r"^[、和及与并]+|^以及")
_LIST_OPENS = re.compile(r"其中|包括|涵盖|分别|：|（含")
_FILLER = re.compile(
    r"\s|其中|今年以来|一年来?|今年|本年度?|当年|全年|年内|年度|截[至止](?:目前)?|20[0-9]{2}年(?:度|底|末)?"
    r"|[0-9]{1,2}月[0-9]{1,2}日|[我本全][镇乡]|[我本全]街道|[我本](?:单位|机关|级政府|办事处|办)"
)
_LABEL_LEAD = re.compile(
    r"^(?:其中|分别[为是]|(?:主要|内容)?(?:包括|涵盖|涉及)|含|20[0-9]{2}年度?|我[镇乡]|[，、：和及])*(?:发布|更新|公布|推送|涉及|公开(?!政府|政务|信息))?(?=.)"
)
_LABEL = re.compile(r"(?!.*(?:[被占]|位居|专栏|发布|平台|申请|采用|采纳))[一-鿿A-Za-z“”、]{2,18}")
_MEANS = re.compile(r"通过|利用|借助|依托|运用|使用|在")
_ELSEWHERE = re.compile(r"不涉及|信访|无关")
_BOTH = re.compile(r"(?:收到|受理)并(?:及时|按时|按期|依法)?(?:答复|办结)[^，]*申请")
# What a notice board or a leaflet carries is seldom called 信息.
_ANY_OBJECT = frozenset(["disclosed_bulletin_board", "disclosed_other_channel"])
# No clause that states a figure plainly is longer.
_LONGEST = 80
_SCHOOLING = frozenset(["trainings_held", "people_trained", "meetings_held"])


class Clause(NamedTuple):
    """A figure with what stands around it.

    `between` is all since the figure before; `head` and `trail` are its own clause before and
    behind it.
    """

    figure: Figure
    between: str
    head: str
    trail: str
    sentence: str

    @property
    def each(self) -> bool:
        """Whether one figure holds for both kinds of disputes (各1件)."""
        return self.head.endswith("各") and "复议" in self.head and "诉讼" in self.head


@dataclass(slots=True)
class Seen:
    """What the figures before, in the same paragraph, were: a list goes on from its total."""

    kinds: tuple[Kind, ...] = ()
    parent: str | None = None
    unit: str = ""
    is_open: bool = False
    was_doubtful: bool = False

    def begin(self, sentence: str) -> None:
        """A new sentence goes on with a list only where it begins with 其中."""
        if not sentence.lstrip().startswith("其中"):
            self.parent, self.is_open, self.kinds = None, False, ()
        self.was_doubtful = False

    def go_on(self, between: str) -> None:
        """A semicolon ends a list, 其中 opens the list of what went before."""
        if "；" in between:
            self.parent, self.is_open = None, False
        if _LIST_OPENS.search(between):
            if self.was_doubtful:
                self.parent = None
            self.is_open = self.parent is not None

    def after(
        self, clause: Clause, kinds: tuple[Kind, ...], *, is_taken: bool, is_doubtful: bool
    ) -> None:
        """Note what a figure was."""
        self.was_doubtful = is_doubtful
        if is_doubtful:
            return
        self.kinds = kinds
        metrics = {metric for metric, _ in kinds}
        if "disclosed_total" in metrics:
            self.parent = "total" if is_taken else None
            self.unit, self.is_open = clause.figure.unit, False
        elif "disclosed_category" in metrics and self.parent is None and is_taken:
            self.parent, self.unit, self.is_open = "category", clause.figure.unit, False
        elif any(not metric.startswith(("disclosed_", "guides_")) for metric in metrics):
            self.parent, self.is_open = None, False


def clauses_of(sentence: str) -> Iterator[Clause]:
    """Every figure of a sentence with its clause."""
    figures = list(figures_in(sentence))
    ends = [figure.start for figure in figures][1:] + [len(sentence)] * bool(figures)
    last = 0
    for figure, end in zip(figures, ends, strict=True):
        between = sentence[last : figure.start]
        breaks = list(_BREAK.finditer(between))
        head = between[breaks[-1].end() :] if breaks else between
        if not breaks and last:
            head = re.split("[、和及]", head, maxsplit=1)[-1]
        trail = _TRAIL_END.split(sentence[figure.end : end], maxsplit=1)[0]
        yield Clause(figure, between, head, trail, sentence)
        last = figure.end


def kinds_of(
    clause: Clause, scope: Scope, seen: Seen, own: Own, rules: NarrativeRules
) -> tuple[Kind, ...]:
    """What the figure counts: metrics with their qualifier; nothing where it cannot be told."""
    seen.go_on(clause.between)
    head = _plain(clause.head, own)
    shape = f"{head}#{_plain(clause.trail, own)}"
    if len(shape) > _LONGEST:
        return ()
    if not head.strip("共计有为达累约") and shape.endswith(("#", "#参加", "#参训")):
        return seen.kinds if scope.was_set else _people_of(clause, seen)
    if "复议" in shape or "诉讼" in shape:
        return _disputes(clause, shape, rules)
    metric = _patterned(clause, shape, rules)
    if metric and _BOTH.search(head):
        return (("requests_received", None), ("requests_answered", None))
    return ((metric, None),) if metric else _disclosed(clause, shape, seen, rules)


def _disputes(clause: Clause, shape: str, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A sum of reviews and lawsuits tells neither of them, unless it is 0."""
    if _ELSEWHERE.search(clause.sentence):
        return ()
    head = shape.partition("#")[0]
    if "复议" in head and "诉讼" in head:
        is_either = clause.each or clause.figure.value == 0
        return (("review_cases", None), ("litigation_cases", None)) if is_either else ()
    metric = _patterned(clause, shape, rules)
    return ((metric, None),) if metric else ()


def _plain(text: str, own: Own) -> str:
    text = _FILLER.sub("", text)
    if own.name and own.name in text:
        text = re.sub(rf"(?:[一-鿿]{{2,3}}[县市区旗])?{re.escape(own.name)}(?:人民政府)?", "", text)
    return _JOINED.sub("", text)


def _people_of(clause: Clause, seen: Seen) -> tuple[Kind, ...]:
    is_people = clause.figure.unit in ("人次", "人")
    return (
        (("people_trained", None),) if is_people and ("trainings_held", None) in seen.kinds else ()
    )


def _patterned(clause: Clause, shape: str, rules: NarrativeRules) -> str | None:
    for rule in rules.figures:
        if clause.figure.unit not in rule.units or not rule.clause.search(shape):
            continue
        if rule.needs and not rule.needs.search(clause.sentence):
            continue
        if rule.metric in _SCHOOLING and "公开" not in shape:
            before = clause.sentence[: clause.figure.start]
            if rules.words["other_job"].search(before + shape):
                return None
        return rule.metric
    return None


def _disclosed(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    if clause.figure.unit not in _DISCLOSED_UNITS:
        return ()
    found = _channels(shape, rules)
    is_unrelated = rules.words["unrelated"].search(shape) is not None
    if not found and seen.is_open:
        return _listed(clause, shape, rules)
    if len(found) > 1 or is_unrelated:
        return ()
    if not found:
        return _unlisted(clause, shape, seen, rules)
    is_said = seen.parent or seen.kinds or rules.words["verb"].search(clause.sentence)
    return _through(shape, *found[0], rules) if is_said else ()


def _through(shape: str, metric: str, word: str, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A figure whose clause names one channel."""
    pattern = rules.through_any if metric in _ANY_OBJECT else rules.through
    fits = pattern.search(shape.replace(word, "@", 1)) and not _and_more(shape, word)
    return (_kind(metric, word),) if fits else ()


def _unlisted(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A figure that names no channel itself: of a channel named before, of all, of a category."""
    earlier = clause.between[: len(clause.between) - len(clause.head)]
    carried = _channels(earlier, rules)
    if carried:
        is_one = len(carried) == 1 and not _and_more(earlier, carried[0][1])
        is_means = is_one and _MEANS.search(earlier) and rules.alone.search(shape)
        return (_kind(*carried[0]),) if is_means else ()
    if rules.total.search(shape):
        return (("disclosed_total", None),)
    match = rules.category.search(shape)
    if match:
        return (("disclosed_category", match["label"]),)
    if seen.parent == "category" and clause.figure.unit == seen.unit:
        label = rules.category.search("发布" + shape)
        return (("disclosed_category", label["label"]),) if label else ()
    return ()


def _listed(clause: Clause, shape: str, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A part of a total, by its label as printed."""
    is_joined = "其中" in clause.between or clause.between[:1] in "、："
    if rules.total.search(shape) and not is_joined:
        return ()
    label = _LABEL_LEAD.sub("", _JOINED.sub("", clause.head.strip()))
    label = rules.words["tally_end"].sub("", label)
    if not _LABEL.fullmatch(label) or clause.trail:
        return ()
    return (("disclosed_category", label),)


def _and_more(text: str, word: str) -> bool:
    """Tell a channel that is only the one named of several (微信公众号等平台)."""
    return re.search(rf"{re.escape(word)}[^，公发推]{{0,12}}?等", text) is not None


def _kind(metric: str, word: str) -> Kind:
    return (metric, word if metric == "disclosed_other_channel" else None)


def _channels(text: str, rules: NarrativeRules) -> list[tuple[str, str]]:
    """The channels named, each with its word as printed."""
    found: dict[tuple[str, str | None], tuple[str, str]] = {}
    for metric, pattern in rules.channels:
        for match in pattern.finditer(text):
            found.setdefault(_kind(metric, match[0]), (metric, match[0]))
    return list(found.values())
