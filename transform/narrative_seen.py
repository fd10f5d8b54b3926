"""The clause a figure stands in, and what the figures before it were."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from transform.narrative_numbers import Figure, figures_in
from transform.narrative_scope import Scope

Kind = tuple[str, str | None]

_BREAK = re.compile(r"[，；：（）。]")
_TRAIL_END = re.compile(r"[，；：（）。、]")
# Lists of hundreds of items stand in one sentence; what their first words say holds no longer.
_FAR_BACK = 200
# What stands in brackets without a figure says more of the word before (微信公众号（青石发布）).
_ASIDE = re.compile(r"（[^（）]{0,30}）")
_LIST_OPENS = re.compile(
    r"其中|包括|涵盖|分别|分为|：|（含|(?:^|，)有(?=[一-鿿])|内容分|类别|内容看|重点(?:公布|公开|有)"
)
# 公开内容：A类5条；B类3条 is a list of nothing that was counted before.
_CONTENTS = re.compile(
    r"公开[^，。；]{0,6}[看讲说][，：]|(?:公开|发布)[^，。；：]{0,16}类（"
    r"|(?:公开|发布|公布)的?(?:政府|政务)?信息(?:中|里|内)?，计?(?!共|累|总|合|达|数)|(?:公开|发布)[^，。；：]{0,8}(?:内容|信息|情况|类别)[^，。；：]{0,6}：|公开重点[^，。；：]{0,4}："
)
_SITUATION = re.compile(
    r"公开[^，。；：]{0,8}情况[^，。；：]{0,4}：(?:[^，。；：]{0,12}，)?[^，。；：]*$"
)
_BY_KIND = re.compile(
    r"(?:分类|类别|内容|种类|构成|领域)[^，。；]{0,4}[看讲说分][，：]|(?:信息|事项|内容)(?:中|里|内|当中)[，：]"
)
_OF_DISPUTES = re.compile(
    r"信息公开[^。，]{0,12}(?:复议|诉讼)|复议[^。，]{0,6}诉讼[^。，]{0,4}情况"
)
_OF_REQUESTS = re.compile(r"依申请公开|信息公开申请|公开申请")
_GOES_ON = re.compile(r"^\W*(?:其中|包括|分别|按(?:照)?(?:内容|类别|种类)|分[一-鿿]{1,2}块|重点)")
# What only adds up: 合计224条、全年共公开180条.
_CLOSES = re.compile(
    r"\W*(?:以上|全年|本年度?|年度|20[0-9]{2}年)*(?=[合总共一累公发])(?:合计|总计|总共|一共|共计?|累计)?"
    r"(?:主动|对外|向社会)*(?:公开|发布)?(?:各类|各项|政府|政务)*(?:信息)?(?:合计|总计|共计?|总数|达到?|为)*"
)
_TALLIES = re.compile(r"合计|总计|总共|一共|共|累计|全年")
# 重点领域公开……共94条 adds up no more than that.
_OF_SOME = re.compile(r"^(?:围绕|针对|聚焦)|(?:领域|专题)[^0-9]*$")
_TALLY_ONLY = re.compile(
    r"(?:总数量?|数量|总量|总计|合计|共计?|一共|总共|累计|达到?|为|有|约|近|超|年?度?|全年|本|均|[0-9]{4}年)*"
)
# 政府信息公开申请：收到1件 asks in front of the colon what was received.
_ASKS = re.compile(
    r"(?:20[0-9]{2}年度?|本年度?|今年|全年|年度|我[镇乡]|我街道|本机关|共计?|累计|新)*(?:收到|受理|接到)(?:申请)?"
)
# 较去年翻一番，达到246条: what is behind the comma is not what was added.
_COMPARED = re.compile(
    r"(?:较|比)(?:上|去|前)一?年[^，；。：]{0,4}(?:翻|增|提|上升|下降|减|降)[^，；。：]{0,8}$"
)
_REACHES = re.compile(r"达|共|总")


class Counted(NamedTuple):
    """A figure that may be a part of a sum to come."""

    kinds: tuple[Kind, ...]
    figure: Figure
    is_ours: bool


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
    def before(self) -> str:
        """The sentence up to the figure, as far back as it can matter."""
        start = self.figure.start
        return self.sentence[max(0, start - _FAR_BACK) : start]

    @property
    def is_tally(self) -> bool:
        """Whether the words before the figure only add up."""
        if not _TALLIES.search(self.head):
            return False
        words = re.split("[，；]", self.between)[-1]
        return _CLOSES.fullmatch(words) is not None and _TALLIES.search(words) is not None

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
    dormant: str | None = None
    is_open: bool = False
    was_doubtful: bool = False
    was_taken: bool = False
    counted: frozenset[Kind] = frozenset()
    addends: list[Counted] = field(default_factory=list)
    is_of_disclosure: bool = False
    is_of_requests: bool = False
    is_of_disputes: bool = False
    is_of_disclosure_work: bool = False

    @classmethod
    def under(cls, heading: str) -> "Seen":
        """What holds at the beginning of a paragraph: what its heading is about."""
        if not heading:
            return cls()
        return cls(
            is_of_requests=_OF_REQUESTS.search(heading) is not None,
            is_of_disputes=_OF_DISPUTES.search(heading) is not None,
        )

    @property
    def is_category(self) -> bool:
        """Whether the figure just before was that of a category."""
        return self.was_taken and any(metric == "disclosed_category" for metric, _ in self.kinds)

    def begin(self, sentence: str, before: str) -> None:
        """A new sentence goes on with a list only where it says so (其中, 按内容分).

        `before` is what stands between the beginning of the last one and this one.
        """
        self.counted, self.addends = frozenset(), []
        self.is_of_disclosure_work |= "公开" in before
        self.is_of_requests |= _OF_REQUESTS.search(before) is not None
        self.is_of_disputes |= _OF_DISPUTES.search(before) is not None
        goes_on = _GOES_ON.search(sentence) is not None
        self.is_open = self.parent is not None and goes_on
        if not self.is_open:
            self.dormant, self.parent = self.parent or self.dormant, None
        if not goes_on:
            self.kinds = ()
        self.was_doubtful = False

    def go_on(self, clause: Clause) -> None:
        """其中 or a colon opens the list of what went before, or of nothing that was counted."""
        between = clause.between
        if self.parent is None and self.dormant and _BY_KIND.search(between):
            self.parent = self.dormant
        if not (
            _BY_KIND.search(between) or _LIST_OPENS.search(between) or _CONTENTS.search(between)
        ):
            return
        if self.was_doubtful:
            self.parent = None
        elif self.parent is None and _CONTENTS.search(between):
            self.parent = "category"
        self.is_open = self.parent is not None

    def opens_with_total(self, clause: Clause) -> bool:
        """Tell 公开情况：全年公开…156条, where the colon opens no list yet."""
        is_first = self.parent == "category" and not self.addends
        return is_first and _SITUATION.search(clause.between) is not None

    def closes(self, clause: Clause) -> bool:
        """Tell a sum that ends its list, from its words, and because it is what they add up to."""
        if len(self.addends) < 2 or not clause.is_tally:
            return False
        parts = [one for one in self.addends if one.figure.unit == clause.figure.unit]
        metrics = {metric for one in parts for metric, _ in one.kinds}
        return (
            len(parts) > 1
            and all(one.is_ours and not one.figure.is_approximate for one in parts)
            and bool(metrics)
            and all(metric.startswith("disclosed_") for metric in metrics)
            and sum(one.figure.value for one in parts) == clause.figure.value
            and not _OF_SOME.search(re.split("[，：]", clause.sentence, maxsplit=1)[0])
        )

    def after(
        self,
        clause: Clause,
        kinds: tuple[Kind, ...],
        scope: Scope,
        *,
        is_taken: bool,
        is_doubtful: bool,
    ) -> None:
        """Note what a figure was."""
        self.was_doubtful, self.was_taken = is_doubtful, is_taken
        if is_doubtful:
            return
        self.addends.append(Counted(kinds, clause.figure, scope.is_in_ours))
        self.kinds = kinds
        metrics = {metric for metric, _ in kinds}
        if not metrics:
            return
        self.counted |= frozenset(kinds)
        self.is_of_disclosure |= any(metric.startswith("disclosed_") for metric in metrics)
        if "disclosed_category" in metrics:
            self.unit = clause.figure.unit
            if self.parent is None and is_taken:
                self.parent, self.is_open = "category", False
        elif any(metric.startswith("disclosed_") for metric in metrics):
            is_part = self.is_open and self.parent == "total"
            self.parent = "total" if is_taken else None
            self.unit, self.is_open = clause.figure.unit, is_part and is_taken
        elif any(not metric.startswith("guides_") for metric in metrics):
            self.parent, self.is_open = None, False


def clauses_of(sentence: str, own_name: str | None) -> Iterator[Clause]:
    """Every figure of a sentence with its clause."""
    figures = list(figures_in(sentence, own_name))
    ends = [figure.start for figure in figures][1:] + [len(sentence)] * bool(figures)
    last = 0
    for figure, end in zip(figures, ends, strict=True):
        between = _ASIDE.sub("", sentence[last : figure.start])
        trail = _TRAIL_END.split(sentence[figure.end : end], maxsplit=1)[0]
        yield Clause(figure, between, _head(between, is_first=not last), trail, sentence)
        last = figure.end


def _head(between: str, *, is_first: bool) -> str:
    """The clause before a figure; one of 总数达 alone goes on with the clause before it."""
    breaks = list(_BREAK.finditer(between))
    head = between[breaks[-1].end() :] if breaks else between
    if not breaks and not is_first:
        return re.split("[、和及]", head, maxsplit=1)[-1]
    is_bare = _TALLY_ONLY.fullmatch(head.strip()) is not None
    begin = breaks[-2].end() if len(breaks) > 1 else 0
    before = between[begin : breaks[-1].start()] if breaks else ""
    if breaks and _ASKS.fullmatch(head) and (breaks[-1][0] == "：" or before.endswith("方面")):
        return before + head
    if is_bare and breaks and (breaks[-1][0] == "：" or (breaks[-1][0] == "，" and head.strip())):
        return (_COMPARED.sub("", before) if _REACHES.search(head) else before) + head
    return head
