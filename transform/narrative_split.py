"""A sentence parted into its figures, each with the clause it stands in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transform.narrative_numbers import Figure, figures_in

_BREAK = re.compile(r"[，；：（）。]")
_TRAIL_END = re.compile(r"[，；：（）。、]")
# Lists of hundreds of items stand in one sentence; what their first words say holds no longer.
_FAR_BACK = 200
# 发布712条与去年基本持平: what it is compared with says nothing of what it counts.
_COMPARISON = re.compile(
    r"(?:[与较比同和]?(?:上|去|前|往)一?年|[与较比同和]20[0-9]{2}年|同比|环比).*"
)
# What stands in brackets without a figure says more of the word before (微信公众号（青石发布）).
_ASIDE = re.compile(r"（[^（）]{0,30}）")
# What only adds up: 合计224条、全年共公开180条.
_CLOSES = re.compile(
    r"\W*(?:以上|全年|本年度?|年度|20[0-9]{2}年)*(?=[合总共一累公发])(?:合计|总计|总共|一共|共计?|累计)?"
    r"(?:主动|对外|向社会)*(?:公开|发布)?(?:各类|各项|政府|政务)*(?:信息)?(?:合计|总计|共计?|总数|达到?|为)*"
)
_TALLIES = re.compile(r"合计|总计|总共|一共|共|累计|全年")
_TALLY_ONLY = re.compile(
    r"(?:总?金额|总数量?|数量|总量|总计|合计|共计?|一共|总共|累计|达到?|为|有|约|近|超|年?度?|全年|本|均|[0-9]{4}年)*"
)
# 政府信息公开申请：收到1件 asks in front of the colon what was received.
_ASKS = re.compile(
    r"(?:20[0-9]{2}年度?|本年度?|今年|全年|年度|我[镇乡]|我街道|本机关|共计?|累计|新)*(?:收到|受理|接到)(?:申请)?"
)
# 较去年翻一番，达到246条: what is behind the comma is not what was added.
_COMPARED = re.compile(
    r"(?:同比|环比|(?:较|比)(?:上|去|前)一?年)[^，；。：]{0,4}(?:翻|增|提|上升|下降|减|降)[^，；。：]{0,8}$"
)
# 网络申请占72.5%，达到29件: nor is a share or a rank.
_RANKED = re.compile(
    r"(?:占比?[0-9.]+%|(?:与|同|和)(?:上|去)一?年度?(?:同期)?(?:基本)?持平"
    r"|(?:数量|占比|比重)?(?:占比|最|较|居)(?:高|多|大|少|低|首位?))$"
)
# 由上年的180条增加到260条: the second figure is of this year, and of what the first was.
FROM = re.compile(r"[由从][^，；。由从]{1,8}$")
RISES = re.compile(
    r"(?:增|提|上|升|攀|减|下|降|回|扩)[^，；。：]{0,3}?[至到为](?:今年|本年|当年|20[0-9]{2}年)?度?的?$"
)
_RISEN = re.compile(r"([^，]{2})(?:增|提|上升|升|攀|减|下|降|回)[^，；。：]{0,3}?[至到]$")
_REACHES = re.compile(r"达|共|总")
# 举办政务公开培训会，75人参加: of a training that was not counted.
_TRAINING = re.compile(
    r"(?:举办|举行|开展|组织|召开)[^，。；]*公开[^，。；]*(?:培训|轮训|集训)[^，。；]{0,6}，[^，。；]*$"
)


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
    def follows_training(self) -> bool:
        """Whether the words since the figure before tell of a training."""
        return _TRAINING.search(self.between) is not None

    @property
    def each(self) -> bool:
        """Whether one figure holds for both kinds of disputes (各1件)."""
        return self.head.endswith("各") and "复议" in self.head and "诉讼" in self.head


def clauses_of(sentence: str, own_name: str | None) -> Iterator[Clause]:
    """Every figure of a sentence with its clause."""
    figures = list(figures_in(sentence, own_name))
    ends = [figure.start for figure in figures][1:] + [len(sentence)] * bool(figures)
    last, before = 0, ""
    for figure, end in zip(figures, ends, strict=True):
        between = _ASIDE.sub("", sentence[last : figure.start])
        trail = _TRAIL_END.split(sentence[figure.end : end], maxsplit=1)[0]
        trail = _COMPARISON.sub("", trail) if "年" in trail or "比" in trail else trail
        is_aside = sentence.startswith("）", figure.end)
        head = _head(between, is_first=not last, is_aside=is_aside)
        begins = FROM.search(before) if RISES.match(between) else None
        if begins:
            head = before[: begins.start()]
        if head.endswith(("至", "到")):
            head = _RISEN.sub(r"\1达", head)
        before = head
        yield Clause(figure, between, head, trail, sentence)
        last = figure.end


def _head(between: str, *, is_first: bool, is_aside: bool) -> str:
    """The clause before a figure; one of 总数达 alone goes on with the clause before it."""
    breaks = list(_BREAK.finditer(between))
    head = between[breaks[-1].end() :] if breaks else between
    if not breaks and not is_first:
        return re.split("[、和及]", head, maxsplit=1)[-1]
    if is_aside and not head and breaks and breaks[-1][0] == "（":
        aside = between[breaks[-2].end() if len(breaks) > 1 else 0 : breaks[-1].start()]
        return _RANKED.sub("", aside)
    is_bare = _TALLY_ONLY.fullmatch(head.strip()) is not None
    begin = breaks[-2].end() if len(breaks) > 1 else 0
    before = between[begin : breaks[-1].start()] if breaks else ""
    if breaks and _ASKS.fullmatch(head) and (breaks[-1][0] == "：" or before.endswith("方面")):
        return before + head
    if is_bare and breaks and (breaks[-1][0] == "：" or (breaks[-1][0] == "，" and head.strip())):
        before = _RANKED.sub("", before)
        return (_COMPARED.sub("", before) if _REACHES.search(head) else before) + head
    return head
