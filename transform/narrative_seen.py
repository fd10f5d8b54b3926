"""The clause a figure stands in, and what the figures before it were."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from transform.narrative_numbers import Figure
from transform.narrative_scope import Scope
from transform.narrative_split import Clause

Kind = tuple[str, str | None]

_LIST_OPENS = re.compile(
    r"其中|包括|涵盖|分别|分为|：|（含|(?:^|，)有(?=[一-鿿])|内容分|类别|内容看|重点(?:公布|公开|有)"
)
# 公开内容：A类5条；B类3条 is a list of nothing that was counted before.
_CONTENTS = re.compile(
    r"公开[^，。；]{0,6}[看讲说][，：]|(?:公开|发布)[^，。；：]{0,16}类（"
    r"|按(?:照)?[^，。；]{0,6}(?:类别|内容|种类|领域|栏目|主题)[^，。；]{0,4}[看分计][，：]"
    r"|(?:公开|发布|公布)的?(?:政府|政务)?信息(?:中|里|内)?，计?(?!共|累|总|合|达|数)|(?:公开|发布)[^，。；：]{0,8}(?:内容|信息|情况|类别)[^，。；：]{0,6}：|公开重点[^，。；：]{0,4}："
)
_SITUATION = re.compile(
    r"公开[^，。；：]{0,8}情况[^，。；：]{0,4}：(?:[^，。；：]{0,30}，){0,3}[^，。；：]*$"
    r"|(?:包括|涵盖|涉及)[^：；。0-9]*，[^，：；。]*$"
)
_BY_KIND = re.compile(
    r"(?:分类|类别|内容|种类|构成|领域)[^，。；]{0,4}[看讲说分][，：]|(?:信息|事项|内容)(?:中|里|内|当中)[，：]"
)
_OF_DISPUTES = re.compile(
    r"信息公开[^。，]{0,12}(?:复议|诉讼)|复议[^。，]{0,6}诉讼[^。，]{0,4}情况"
)
_OF_REQUESTS = re.compile(r"依申请公开|信息公开申请|公开申请")
# 累计发布91条，其中主动公开44条，不予公开47条: the whole is more than what was disclosed.
_PARTED = re.compile(
    r"(?:公开|发布|制作|产生|形成|印发|制发)[^，。；]{0,14}[0-9]+[条件份篇则](?P<behind>[，（]其中)"
    r"(?=[^。；]{0,60}?(?<!不)主动公开的?(?:政府|政务)?(?:信息)?数?[共为有]?[0-9])"
    r"(?=[^。；]{0,60}?(?:依申请|不予?|不主动|免[于予])公开[^，。；0-9]{0,8}[0-9])[^。；]*"
)
_ITEM = re.compile(r"\s*[一-鿿“”]{2,16}[0-9]+[条件篇份则](?:(?=，[0-9.]+%)|(?=[、，；。]))")
_GOES_ON = re.compile(r"^\W*(?:其中|包括|分别|按(?:照)?(?:内容|类别|种类)|分[一-鿿]{1,2}块|重点)")
# 重点领域公开……共94条 adds up no more than that.
_OF_SOME = re.compile(r"^(?:围绕|针对|聚焦)|(?:领域|专题)[^0-9]*$")
# 公开信息总数为：96条, where the colon opens nothing.
_TALLIED = re.compile(r"(?:数|量|[为计共达到])：\s*$")


# 召开乡村振兴推进会12次、政务公开推进会2次: the second was held as the first was.
_HOLDS = re.compile("举办|举行|召开|开展|组织")
NEXT = tuple("，、和及与")
# 受理低保申请86件，办结80件: what follows is of those.
_RECEIVES = re.compile("申请|受理|收到|接到|接收")
CASES = frozenset(["件", "宗", "起", "份", "件次"])


class Counted(NamedTuple):
    """A figure that may be a part of a sum to come."""

    kinds: tuple[Kind, ...]
    figure: Figure
    is_ours: bool


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
    is_held: bool = False
    is_of_others: bool = False
    counted: frozenset[Kind] = frozenset()
    addends: list[Counted] = field(default_factory=list)
    parted: re.Match[str] | None = None
    has_total: bool = False
    was_told: bool = False
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

    def is_after_training(self, clause: Clause) -> bool:
        """Whether those counted may be who came to the training told of just before."""
        is_counted = self.was_taken and ("trainings_held", None) in self.kinds
        return is_counted or clause.follows_training

    def begin(self, sentence: str, before: str) -> None:
        """A new sentence goes on with a list only where it says so (其中, 按内容分).

        `before` is what stands between the beginning of the last one and this one.
        """
        self.counted, self.addends, self.was_told = frozenset(), [], self.has_total
        may_part = "其中" in sentence and sentence.count("公开") > 1
        self.parted = _PARTED.search(sentence) if may_part else None
        self.is_of_disclosure_work |= "公开" in before
        self.is_of_requests |= _OF_REQUESTS.search(before) is not None
        self.is_of_disputes |= _OF_DISPUTES.search(before) is not None
        goes_on = _GOES_ON.search(sentence) is not None or self._is_cut(sentence, before)
        self.is_open = self.parent is not None and goes_on
        if not self.is_open:
            self.dormant, self.parent = self.parent or self.dormant, None
        if not goes_on:
            self.kinds = ()
        self.was_doubtful = False

    def _is_cut(self, sentence: str, before: str) -> bool:
        """Tell a list that goes on behind a stop (…11篇等。应急管理5篇、公益建设7篇)."""
        if not before.endswith(("等。", "%。")):
            return False
        item = _ITEM.match(sentence)
        if item is None or not (self.is_open or self.is_category):
            return False
        return before[-2] == "等" or sentence.startswith("，", item.end())

    def go_on(self, clause: Clause) -> None:
        """其中 or a colon opens the list of what went before, or of nothing that was counted."""
        between = clause.between
        if _TALLIED.search(between):
            return
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
        if len(self.addends) < 2 or self.was_told or not clause.is_tally:
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
        goes_on = self.is_held and clause.between.startswith(NEXT)
        self.is_held = goes_on or _HOLDS.search(clause.head) is not None
        is_case = clause.figure.unit in CASES and "公开" not in clause.head
        is_case = is_case and _RECEIVES.search(clause.head) is not None
        if is_case or any(kind[0].startswith("requests_") for kind in kinds):
            self.is_of_others = not kinds
        if is_doubtful:
            return
        self.addends.append(Counted(kinds, clause.figure, scope.is_in_ours))
        self.kinds = kinds
        metrics = {metric for metric, _ in kinds}
        if not metrics:
            return
        self.counted |= frozenset(kinds)
        self.is_of_disclosure |= any(metric.startswith("disclosed_") for metric in metrics)
        self.has_total |= is_taken and "disclosed_total" in metrics
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
