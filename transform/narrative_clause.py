"""The clause a figure stands in, and what it can count there."""

import re

from transform.narrative_disclosed import disclosed
from transform.narrative_disputes import disputes, own_part
from transform.narrative_frames import ideas_of
from transform.narrative_patterns import framed, patterned
from transform.narrative_rules import NarrativeRules
from transform.narrative_scope import Own, Scope
from transform.narrative_seen import CASES, NEXT, Kind, Seen
from transform.narrative_split import Clause

_JOINED = re.compile(r"^(?:[、和与并]|及(?!时))+|^以及")
# Of how many kinds the information is: 公开信息共5大类132条.
_KINDS = re.compile(
    r"(?<=信息)[，、]?(?:共计?|涉及|涵盖|包括|分为|计){0,2}[0-9一二三四五六七八九十两]{1,3}个?大?"
    r"(?:类别?|方面|栏目|板块|领域|种类)[，、的]?"
)
_FILLER = re.compile(
    r"\s|其中|(?:编辑|采编|审核|采集|撰写|整理|收集)(?:[、和并及]+|(?=发布|公开|推送))|自20[0-9]{2}年[^，]{0,6}以来|(?:今|本|当)?年初?以来|[一1]年[来里]?|今年|本年度?|当年|全年|年内|年度"
    r"|(?:紧紧)?围绕[^，#]{0,12}?(?:重点|中心)(?:工作|任务|大局)?(?!领域|行业|项目|人|群|产业|区域|环节|事项|民生|工程|企业)"
    r"|“[^”]{1,12}”(?=(?:政务|官方)?(?:微信|公众号|微博))"
    r"|各(?:乡镇|镇乡|镇|乡|街道)(?:街道)?[及和与、](?:各|[县市区]级?直|[县市区]级|政府系统|部门)(?:部门|单位)?"
    r"|^(?:去年|上年|上一年)度?(?!结转)|截[至止](?:目前)?|20[0-9]{2}年(?:度|底|末|内|全年)?|1月[-~—–至到]12月|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[我本全](?:镇|乡|街道|苏木)|[我本](?:单位|机关|级政府|办事处|局|委|办|院|中心)"
)
_STREET = re.compile(r"街道(?:办事处|办)?(?=(?:累?共?计?|主动|对外)*公开|(?:政府|政务)?信息)")
_ITS_COUNTY = re.compile("[一-鿿]{2,3}[县市区旗]$")
_THING = re.compile(r"(?:政府|政务|各类)*信息$")
_MARK = re.compile(r"^(?:[0-9]{1,2}[.、．]|[一二三四五六七八九]是|[①-⑳])")
_BOTH = re.compile(r"(?:收到|受理)并(?:及时|按时|按期|依法)?(?:答复|办结|处理|办理)[^，]*申请")
# No clause that states a figure plainly is longer.
_LONGEST = 80
# 除……115条外，还……
_OUTSIDE = re.compile(r"[以之]?外$")
_EACH = re.compile(r"申请[^，]*[均各][为有是]?$")
_ATTENDS = re.compile(
    r"^(?:人数|人次|[共计有为达到累约])*#(?:参加|参训)?$|(?:覆盖|培训|参训|参加|参会)[^，]{0,16}#$|#[^，]{0,10}(?:参加|参训|参会|受训)"
)
_GUIDES: Kind = ("guides_published", None)
# 做好依申请公开工作，全年受理5件
_ASKED = re.compile(r"(?:依申请公开|公开申请)(?P<rest>[^。；]{0,40})$")
_BARE_RECEIPT = re.compile(
    r"(?:总?共计?|累计|合计|新|均|已|全部|按[时期]|依法|及时)*"
    r"(?:收到|受理|接到|接收)(?:了|申请)?(?:共计?|累计|合计)?#(?:申请)?"
)
# 主动公开31件，依申请公开15件，不予公开50件 is how documents were marked, not what was asked.
_MARKED = re.compile(
    r"主动公开[^，。；]{0,8}[0-9][^。；]{0,24}依申请公开[^，。；]{0,8}[0-9][^。；]{0,24}不予?公开"
)

# Of a whole that holds more than what was disclosed: what was, and what was not.
_OWN_PART = re.compile(r"(?<!不)主动公开的?(?:政府|政务)?(?:信息)?数?[共为有]?$")
_OTHER_PART = re.compile(r"(?:依申请|不予?|不主动|免[于予])公开")


def kinds_of(
    clause: Clause, scope: Scope, seen: Seen, own: Own, rules: NarrativeRules
) -> tuple[Kind, ...]:
    """What the figure counts: metrics with their qualifier; nothing where it cannot be told."""
    seen.go_on(clause)
    head = _plain(clause.head, own).replace("@", "")  # our sign for a channel
    shape = f"{head}#{_OUTSIDE.sub('', _plain(clause.trail, own))}"
    if len(shape) > _LONGEST:
        return ()
    if seen.closes(clause):
        return (("disclosed_total", None),)
    part = _of_parted(clause, seen) if seen.parted else None
    if part is not None:
        return part
    # 网站累计发布1568条，其中2023年发布信息248条
    bare = _THING.sub("", head) if "其中" in clause.between else head
    if seen.kinds and scope.was_set and shape.endswith("#") and rules.words["bare"].fullmatch(bare):
        return seen.kinds
    return _people_of(clause, shape, seen) or _stated(clause, shape, seen, rules)


def _of_parted(clause: Clause, seen: Seen) -> tuple[Kind, ...] | None:
    """What a whole counts of which only a part was disclosed; None for a figure beside it."""
    whole, start = seen.parted, clause.figure.start
    if whole is None or not whole.start() <= start < whole.end():
        return None
    if start < whole.start("behind") or _OTHER_PART.search(clause.head):
        return ()
    return (("disclosed_total", None),) if _OWN_PART.search(clause.head) else None


def _stated(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """Disputes first, then what a pattern names, then what is disclosed."""
    if "不" in clause.sentence and "公开" in shape and _MARKED.search(clause.sentence):
        return ()
    if "复议" in shape or "诉讼" in shape:
        return disputes(clause, shape, seen, rules)
    part = own_part(clause) if "其中" in clause.between and "公开" in shape else None
    if part is not None:
        return part
    return (
        _requests_or_jobs(clause, shape, seen, rules)
        or disclosed(clause, shape, seen, rules)
        or framed(clause, shape, seen, rules)
    )


def _requests_or_jobs(
    clause: Clause, shape: str, seen: Seen, rules: NarrativeRules
) -> tuple[Kind, ...]:
    """What a pattern names: requests, trainings, meetings, guides, fees."""
    head = shape.partition("#")[0]
    if _GUIDES in seen.kinds and clause.between.startswith(NEXT[1:]) and head.endswith("指南"):
        return (_GUIDES,)
    ways = _ways(head, rules) if clause.figure.value == 0 else ()
    if ways:
        return ways
    metric = patterned(clause, shape, seen, rules) or _of_the_asked(clause, shape, rules)
    if metric and _BOTH.search(head):
        return (("requests_received", None), ("requests_answered", None))
    return ((metric, None),) if metric else ()


def _of_the_asked(clause: Clause, shape: str, rules: NarrativeRules) -> str | None:
    """What was received of the requests that the clause before is about."""
    if not _BARE_RECEIPT.fullmatch(shape):
        return None
    asked = _ASKED.search(clause.before.removesuffix(clause.head))
    if asked is None or "申请" in asked["rest"] or rules.words["unrelated"].search(asked["rest"]):
        return None
    return "requests_received" if clause.figure.unit in CASES else None


def _ways(head: str, rules: NarrativeRules) -> tuple[Kind, ...]:
    """The ways of requests of which each has the same figure (信函申请、当面申请均为0件)."""
    if not _EACH.search(head):
        return ()
    return tuple((metric, None) for metric, words in rules.ways if words.search(head))


def _plain(text: str, own: Own) -> str:
    text = _KINDS.sub("", _FILLER.sub("", _MARK.sub("", text)))
    if own.name and own.name in text:
        text = _without_name(text, own.name)
    if own.kind == "道" and "街道" in text:  # 主动公开街道信息 of a 街道 is of all it does
        text = _STREET.sub("", text)
    return _JOINED.sub("", text)


def _without_name(text: str, name: str) -> str:
    """Take the reporter out, with its county in front; a pattern for each reporter costs more."""
    first, *others = text.split(name)
    for behind in others:
        first = _ITS_COUNTY.sub("", first) + behind.removeprefix("人民政府")
    return first


def _people_of(clause: Clause, shape: str, seen: Seen) -> tuple[Kind, ...]:
    """Those who came to the training that was counted just before."""
    if clause.figure.unit not in ("人次", "人", "名") or not seen.is_after_training(clause):
        return ()
    return (("people_trained", None),) if _ATTENDS.search(shape) else ()


def none_of(text: str, so_far: str, own: Own, rules: NarrativeRules) -> tuple[str, ...]:
    """What a clause, every word of which is known, says there was none of."""
    ideas = ideas_of(_plain(text, own), rules.ideas)
    for frame in rules.none_frames if ideas else ():
        if frame.fits(ideas or frozenset()) and (not frame.needs or frame.needs.search(so_far)):
            return frame.metrics
    return ()
