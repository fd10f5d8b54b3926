"""Figures of disclosure on one's own initiative (主动公开): in all, by channel, by category.

A figure with its channel is the channel's, one in a list is its category's; only what names neither
is a total.
"""

import re
from itertools import pairwise

from transform.narrative_frames import Ideas, ideas_of
from transform.narrative_rules import NarrativeRules
from transform.narrative_seen import Kind, Seen
from transform.narrative_split import Clause

_UNITS = frozenset(
    ["条", "件", "期", "篇", "份", "则", "项", "次", "张", "册", "个", "条次", "期次", "篇次", "本"]
)
# What a notice board or a leaflet carries is seldom called 信息.
_WITHOUT_CHANNEL = frozenset(["disclosed_total", "disclosed_category"])
_ANY_OBJECT = frozenset(["disclosed_bulletin_board", "disclosed_other_channel"])
# What was kept back, or given to one who asked for it, was not disclosed on one's own initiative.
_NOT_OWN = re.compile(
    r"(?:不予?|不主动|免[于予]?|同意|部分)公开(?!为例外)|(?<!主动)(?<!及时)予以公开(?!的)"
)
_MEANS = re.compile(r"通过|利用|借助|依托|运用|使用|在")
_LABEL_LEAD = re.compile(
    r"^(?:在?(?:政府|政务)?信息公开(?:目录|专栏)[中里上内]|其中|分别[为是有]|内含|计有|(?:主要|内容|重点|公布的|公开的|内容)*(?:包括|涵盖|涉及|有)[：:]?|含|计(?!划|生)|分为|另|还"
    r"|合计|总计|共计|全年|年内|[今本当]年度?|20[0-9]{2}年度?|我[镇乡]|[，、：；和及与]|[一二三四五六七八九]是)*"
    r"(?:发布|更新|公布|推送|(?:主动)?公开涉及|涉及|(?:主动)?公开了?(?!指南|目录|制度|栏|(?:政府|政务)?信息))?(?=.)"
)
_LABEL = re.compile(
    r"(?!.*(?:[被占]|位居|专栏|发布|平台|网站|官网|公众号|公开公示))"
    r"(?:[一-鿿A-Za-z“”、·()（）]{2,20}|[一-鿿A-Za-z“”、·]{2,30}等[一-鿿]{2,16})"
)
# 建议提案办理结果 is published, a 建议 that was received is not.
_NAMED = re.compile(r"信息$|(?:提案|建议)[^，]{0,8}(?:结果|答复|情况)$")
# 政务微信：共推送信息98条
_LABELLED = re.compile(r"([^；，。：]{2,20})：[^：；，。]*$")
# 第一季度公开45条，全年累计公开208条
_WHOLE_YEAR = re.compile(r"全年|年度|年内|信息[^，。；]{0,6}[较比][^，。；]{2,14}，[^，。；]*$")
_IN_THE_YEAR = re.compile(
    r"(?:共计?|累计|合计|总计|总共|对外|主动|仅|只){1,3}(?:公开|发布|更新)了?#"
)
_ONLY_SAID = re.compile(r"[^一-鿿]*(?:共计?|累计|合计|总计|主动|对外|达到?|为|有)+")
_EMPTY = frozenset(["filler", "tally", "info", "disclose"])
_SAID = (frozenset(["info", "disclose"]), _EMPTY)
_SAID_THERE = (frozenset(["disclose"]), _EMPTY | {"place"})
_AND = re.compile(r"^(?:[、和与并]|及(?!时))+")
_NEXT_LABEL = re.compile(
    r"[、，和及与](?!其中|包括|含)(?P<label>[一-鿿A-Za-z“”（）]{2,20}?)[0-9]+(?P<unit>[条件篇份则项期])"
)
_COUNTED = re.compile(r"^[，、和及与][^，。；0-9]{2,30}[0-9]+[余多]?[条篇份则期]")
_MEANS_LEAD = re.compile(r"(?:通过|利用|借助|依托|运用|使用|在)[^#，]{0,12}$")
_JOINT = re.compile(r"(?:“[^”]{1,12}”|(?:[、和及与]|以及)[^、，#公发布推更“]{0,8}){1,4}")
_HAS_PARTS = re.compile("[，；（](?:其中|包括|含)")
_NEXT_ITEM = re.compile(r"^[和及与以]")
_TRAIL = re.compile(r"^等?(?:各类|方面|内容|信息)?$")


def disclosed(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """What a figure of a disclosure counts; `shape` is its clause with `#` in its place."""
    if clause.figure.unit not in _UNITS or "依申请" in shape:
        return ()
    if "公开" in shape and _NOT_OWN.search(shape):
        return ()
    found = _channels(shape, rules)
    if not found:
        return _without_channel(clause, shape, seen, rules)
    if rules.words["unrelated"].search(shape):
        return ()
    if len(found) > 1:
        return _in_all(clause, shape, seen, rules)
    is_note = shape == f"{found[0][1]}#"  # 网站：174条
    is_said = (
        is_note
        or seen.is_of_disclosure
        or seen.kinds
        or rules.words["verb"].search(clause.sentence)
    )
    return _through(clause, shape, found[0], seen, rules) if is_said else ()


def _without_channel(
    clause: Clause, shape: str, seen: Seen, rules: NarrativeRules
) -> tuple[Kind, ...]:
    """A figure whose clause names no channel; 政务微信：共推送98条 opens no list."""
    labelled = _LABELLED.search(clause.between)
    is_labelled = labelled is not None and len(_channels(labelled[1], rules)) == 1
    if not is_labelled and (seen.is_open or _goes_on(clause, seen)):
        return _listed(clause, shape, seen, rules)
    if rules.words["unrelated"].search(shape):
        return ()
    return _unlisted(clause, shape, seen, rules)


def _is_said_in_full(shape: str, rules: NarrativeRules) -> bool:
    """Tell a whole sentence (全年公开政府信息56条) from an item (政府信息公开5条)."""
    return rules.words["verb"].search(shape.partition("信息")[0]) is not None


def _goes_on(clause: Clause, seen: Seen) -> bool:
    """Tell a list that nothing opens: 公开信息178条，政务信息135条，工作动态43条."""
    is_next = clause.between.startswith(("、", "和", "及", "与")) and seen.is_category
    is_part = seen.parent is not None and clause.figure.unit == seen.unit
    return is_next or (is_part and clause.between.rstrip() == "，" + clause.head.rstrip())


def _through(
    clause: Clause, shape: str, channel: tuple[str, str], seen: Seen, rules: NarrativeRules
) -> tuple[Kind, ...]:
    """A figure whose clause names one channel; of several named by one it is the total."""
    metric, word = channel
    if _and_more(shape, word):
        return _in_all(clause, shape, seen, rules)
    pattern = rules.through_any if metric in _ANY_OBJECT else rules.through
    place = shape.replace(word, "@", 1)
    item = rules.through_item.search(place)
    if item and _next_is_item(clause, rules):
        return (("disclosed_category", item["label"]),)
    is_whole = item and _HAS_PARTS.match(clause.sentence, clause.figure.end)
    is_said = is_whole or pattern.search(place) or _consists(place, _SAID_THERE, rules)
    return (_kind(metric, word),) if is_said else ()


def _next_is_item(clause: Clause, rules: NarrativeRules) -> bool:
    """Tell the first item of a list (网站发布工作动态90条、公告14条) from a channel's total."""
    item = _NEXT_LABEL.match(clause.sentence, clause.figure.end)
    if item is None or item["unit"] != clause.figure.unit:
        return False
    label, words = item["label"], rules.words
    is_named = item[0][0] != "，" or _is_category(label, rules)
    is_other = any(words[name].search(label) for name in ("deed", "doubt"))
    is_deed = is_other or words["verb"].search(label.replace("公示", "")) or "申请" in label
    return is_named and not is_deed and not _channels(label, rules)


def _consists(shape: str, ideas: tuple[Ideas, Ideas], rules: NarrativeRules) -> bool:
    """Tell a clause that holds these ideas, the first of them surely, and not one unknown word."""
    must, may = ideas
    found = ideas_of(shape, rules.ideas)
    return found is not None and must <= found <= may


def _in_all(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A figure disclosed by several means together (通过网站、公众号等渠道公开).

    Beside a total, or the figure of one channel, it is only what those means carried.
    """
    if seen.has_total or any(_is_channel(metric) for metric, _ in seen.counted):
        return ()
    if _another_follows(clause, shape, rules):
        return ()
    rest, count = rules.words["means_many"].subn("", shape)
    if not count:
        rest, count = _without_means(shape, rules)
    is_all = count and "公开" in rest and rules.total.search(rest)
    return (("disclosed_total", None),) if is_all else ()


def _another_follows(clause: Clause, shape: str, rules: NarrativeRules) -> bool:
    """Tell a group of channels from all of them, where one not of it is counted beside it."""
    behind = re.split("[。；]|其中", clause.sentence[clause.figure.end :], maxsplit=1)[0]
    counted = _COUNTED.search(behind)
    if counted is None:
        return False
    group = {_kind(*found) for found in _channels(shape, rules)}
    return any(_kind(*found) not in group for found in _channels(counted[0], rules))


def _without_means(shape: str, rules: NarrativeRules) -> tuple[str, int]:
    """A clause without the channels it names in a row (通过网站、公众号和公开栏公开)."""
    places = [m for _, pattern in rules.channels for m in pattern.finditer(shape)]
    places.sort(key=lambda m: m.start())
    joints = [shape[a.end() : b.start()] for a, b in pairwise(places)]
    lead = _MEANS_LEAD.search(shape[: places[0].start()])
    if lead is None or not all(_JOINT.fullmatch(joint) for joint in joints):
        return shape, 0
    return shape[: lead.start()] + shape[places[-1].end() :], 1


def _unlisted(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A figure that names no channel itself: of a channel named before, of all, of a category."""
    earlier = clause.before.removesuffix(clause.head)
    named = _channels(earlier, rules)
    carried = [found for found in named if _kind(*found) not in seen.counted]
    if len(carried) > 1:
        carried = _channels(clause.between.removesuffix(clause.head), rules) or carried
    if len(carried) == 1 and not _and_more(earlier, carried[0][1]):
        is_means = _MEANS.search(clause.between) or "公开" not in shape
        is_said = is_means and (rules.alone.search(shape) or _consists(shape, _SAID_THERE, rules))
        return (_kind(*carried[0]),) if is_said else ()
    # 更新“两率”信息14条 is no total, though words in quotes say nothing elsewhere
    if rules.total.search(shape) or ("“" not in shape and _consists(shape, _SAID, rules)):
        return (("disclosed_total", None),) if "公开" in shape or not named else ()
    if carried:
        return ()
    is_whole = clause.figure.unit == "条" and _WHOLE_YEAR.search(clause.between)
    if is_whole and _IN_THE_YEAR.fullmatch(shape):
        return (("disclosed_total", None),)
    return _of_category(clause, shape, seen, rules)


def _of_category(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A category before or behind its verb, or one that goes on with a category."""
    match = rules.category.search(shape) or rules.fronted.search(shape)
    if match is None and seen.parent == "category" and clause.figure.unit == seen.unit:
        match = rules.category.search("发布" + shape)
    return (("disclosed_category", match["label"]),) if match else ()


def _listed(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A part of a total or of a channel, by its label as printed."""
    is_times = clause.figure.unit == "次" and seen.unit not in ("次", "期", "")
    if clause.is_tally or is_times:
        return ()
    fronted = rules.fronted.search(shape)
    if fronted:
        return (("disclosed_category", fronted["label"]),)
    is_joined = "其中" in clause.between or clause.between[:1] in "、："
    if rules.total.search(shape) and not is_joined:
        is_total = seen.opens_with_total(clause) and _is_said_in_full(shape, rules)
        return (("disclosed_total", None),) if is_total else ()
    label = _label(clause, rules)
    if not _LABEL.fullmatch(label) or rules.words["deed"].search(label):
        return ()
    is_other = rules.words["unrelated"].search(label) and not _NAMED.search(label)
    said = _ONLY_SAID.sub("", label)
    is_verb = not said or rules.words["verb"].fullmatch(said)
    return () if is_other or is_verb else (("disclosed_category", label),)


def _label(clause: Clause, rules: NarrativeRules) -> str:
    """What a part is called, before its figure or else behind it (35条动态信息)."""
    trail = clause.trail
    is_behind = trail and rules.words["bare"].fullmatch(clause.head.strip())
    if is_behind and _is_category(trail, rules):
        return trail
    if not (_TRAIL.search(trail) or _NEXT_ITEM.search(trail)):
        return ""
    label = _LABEL_LEAD.sub("", _AND.sub("", clause.head.strip()))
    return rules.words["tally_end"].sub("", label).removesuffix("等")


def _is_category(label: str, rules: NarrativeRules) -> bool:
    """Tell what ends as the names of categories do."""
    return rules.category_end.search(label) is not None


def _and_more(text: str, word: str) -> bool:
    """Tell a channel that is only the one named of several (微信公众号等平台)."""
    return re.search(rf"{re.escape(word)}[^，公发推张贴播刊更]{{0,12}}?等", text) is not None


def _is_channel(metric: str) -> bool:
    return metric.startswith("disclosed_") and metric not in _WITHOUT_CHANNEL


def _kind(metric: str, word: str) -> Kind:
    return (metric, word if metric == "disclosed_other_channel" else None)


def _channels(text: str, rules: NarrativeRules) -> list[tuple[str, str]]:
    """The channels named, each with its word as printed."""
    found: dict[tuple[str, str | None], tuple[str, str]] = {}
    for metric, pattern in rules.channels:
        for match in pattern.finditer(text):
            found.setdefault(_kind(metric, match[0]), (metric, match[0]))
    return list(found.values())
