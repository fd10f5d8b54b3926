"""The clause a figure stands in, and what it can count there."""

import re

from transform.narrative_disclosed import disclosed
from transform.narrative_rules import NarrativeRules
from transform.narrative_scope import Own, Scope
from transform.narrative_seen import Clause, Kind, Seen

_JOINED = re.compile(r"^[、和及与并]+|^以及")
_FILLER = re.compile(
    r"\s|其中|自20[0-9]{2}年[^，]{0,6}以来|(?:今|本|当)?年初?以来|[一1]年[来里]?|今年|本年度?|当年|全年|年内|年度"
    r"|截[至止](?:目前)?|20[0-9]{2}年(?:度|底|末|内|全年)?|1月[-~—–至到]12月|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[我本全](?:镇|乡|街道|苏木)|[我本](?:单位|机关|级政府|办事处|局|委|办|院|中心)"
)
_THING = re.compile(r"(?:政府|政务|各类)*信息$")
_MARK = re.compile(r"^(?:[0-9]{1,2}[.、．]|[一二三四五六七八九]是|[①-⑳])")
_ELSEWHERE = re.compile(r"不涉及|信访|无关")
_BOTH = re.compile(r"(?:收到|受理)并(?:及时|按时|按期|依法)?(?:答复|办结)[^，]*申请")
# No clause that states a figure plainly is longer.
_LONGEST = 80
# 除……115条外，还……
_OUTSIDE = re.compile(r"[以之]?外$")
# A cause that is not disclosure: a dispute over land is another office's figure.
_OTHER_CAUSE = re.compile(
    r"因(?!此|[^，]{0,12}公开)[^，]{2,24}(?:被|提起|引发|引起|申请|而|问题|纠纷)"
)
# Disputes over other things, and courts as such; a report tells of them beside its own.
_OTHER_DISPUTE = re.compile(r"征地|拆迁|确权|权属|山林|林权|土地|宅基地|补偿|纠纷|工伤")
_IN_COURT = re.compile(r"应诉|出庭|胜诉|败诉")
_DEALT_WITH = re.compile(r"(?:办理|处理|审理|承办|代理|参与|化解|涉及?)[^，]*#")
_OF_DISCLOSURE = re.compile(r"信息公开|依申请|公开申请|申请公开|公开答复|公开信息")
# 行政诉讼3件，其中因政府信息公开引起的1件: of the whole only that part is asked for.
_HAS_OWN_PART = re.compile(r"其中[^；。]{0,40}公开")
_PART_OF = re.compile(
    r"(?P<whole>[^，；：。0-9]{2,40})[0-9]{0,4}[件起宗例]，其中[^；。0-9复诉]{0,20}公开[^；。0-9复诉]{0,16}$"
)
_DISPUTES: tuple[tuple[str, Kind], ...] = (
    ("复议", ("review_cases", None)),
    ("诉讼", ("litigation_cases", None)),
)
_EACH = re.compile(r"申请[^，]*[均各][为有是]?$")
_ATTENDS = re.compile(
    r"^[共计有为达累约]*#(?:参加|参训)?$|(?:覆盖|培训|参训|参加|参会)[^，]{0,16}#$|#[^，]{0,10}(?:参加|参训|参会)"
)
_SCHOOLING = frozenset(["trainings_held", "people_trained", "meetings_held"])


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
    # 网站累计发布1568条，其中2023年发布信息248条
    bare = _THING.sub("", head) if "其中" in clause.between else head
    if seen.kinds and scope.was_set and shape.endswith("#") and rules.words["bare"].fullmatch(bare):
        return seen.kinds
    return _people_of(clause, shape, seen) or _stated(clause, shape, seen, rules)


def _stated(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """Disputes first, then what a pattern names, then what is disclosed."""
    if "复议" in shape or "诉讼" in shape:
        return _disputes(clause, shape, seen, rules)
    own_part = _own_part(clause) if "其中" in clause.between and "公开" in shape else None
    if own_part is not None:
        return own_part
    head = shape.partition("#")[0]
    ways = _ways(head, rules) if clause.figure.value == 0 else ()
    if ways:
        return ways
    metric = _patterned(clause, shape, seen, rules)
    if metric and _BOTH.search(head):
        return (("requests_received", None), ("requests_answered", None))
    return ((metric, None),) if metric else disclosed(clause, shape, seen, rules)


def _own_part(clause: Clause) -> tuple[Kind, ...] | None:
    """The part of disputes that is over disclosure; None where it is no part of any."""
    part = _PART_OF.search(clause.before)
    whole = part["whole"] if part else ""
    named = tuple(kind for word, kind in _DISPUTES if word in whole)
    if not named:
        return None
    return named if len(named) == 1 and "公开" not in whole else ()


def _ways(head: str, rules: NarrativeRules) -> tuple[Kind, ...]:
    """The ways of requests of which each has the same figure (信函申请、当面申请均为0件)."""
    if not _EACH.search(head):
        return ()
    return tuple((metric, None) for metric, words in rules.ways if words.search(head))


def _disputes(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A sum of reviews and lawsuits tells neither of them, unless it is 0."""
    head = shape.partition("#")[0]
    if _ELSEWHERE.search(clause.sentence) or _OTHER_CAUSE.search(clause.before):
        return ()
    if clause.figure.value and not _is_on_disclosure(clause, shape, seen):
        return ()
    if "复议" in head and "诉讼" in head:
        is_either = clause.each or clause.figure.value == 0
        return (("review_cases", None), ("litigation_cases", None)) if is_either else ()
    metric = _patterned(clause, shape, seen, rules)
    return ((metric, None),) if metric else ()


def _is_on_disclosure(clause: Clause, shape: str, seen: Seen) -> bool:
    """Tell disputes over disclosure: the clause says so, or nothing says that it is another's.

    Whoever deals with cases (办理行政诉讼2件) may deal with any; there disclosure must be named.
    """
    if "公开" in clause.between + clause.trail:
        return True
    behind = re.split("[；。]", clause.sentence[clause.figure.end :], maxsplit=1)[0]
    if _HAS_OWN_PART.search(behind) or _OTHER_DISPUTE.search(shape + behind):
        return False
    is_said = _OF_DISCLOSURE.search(re.split("[；。]", clause.before)[-1]) is not None
    if _IN_COURT.search(shape + behind) and not is_said:
        return False
    is_told = seen.is_of_requests or seen.is_of_disputes
    is_told = is_told or _OF_DISCLOSURE.search(clause.sentence) is not None
    return is_told or not _DEALT_WITH.search(shape)


def _plain(text: str, own: Own) -> str:
    text = _FILLER.sub("", _MARK.sub("", text))
    if own.name and own.name in text:
        text = re.sub(rf"(?:[一-鿿]{{2,3}}[县市区旗])?{re.escape(own.name)}(?:人民政府)?", "", text)
    return _JOINED.sub("", text)


def _people_of(clause: Clause, shape: str, seen: Seen) -> tuple[Kind, ...]:
    """Those who came to the training that was counted just before."""
    is_after_training = seen.was_taken and ("trainings_held", None) in seen.kinds
    if clause.figure.unit not in ("人次", "人") or not is_after_training:
        return ()
    return (("people_trained", None),) if _ATTENDS.search(shape) else ()


def _patterned(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> str | None:
    for rule in rules.figures:
        if clause.figure.unit not in rule.units or not rule.clause.search(shape):
            continue
        is_told = seen.is_of_requests and rule.metric.startswith("requests_")
        if rule.needs and not (is_told or rule.needs.search(clause.sentence)):
            continue
        if rule.metric in _SCHOOLING and "公开" not in shape:
            is_told = seen.is_of_disclosure_work or "公开" in clause.sentence
            is_told = is_told or rules.words["any_job"].search(shape) is not None
            if not is_told or rules.words["other_job"].search(clause.before + shape):
                return None
        return rule.metric
    return None
