"""Figures of disputes over disclosure (行政复议、行政诉讼), told from those over other things."""

import re

from transform.narrative_patterns import framed, patterned
from transform.narrative_rules import NarrativeRules
from transform.narrative_seen import Kind, Seen
from transform.narrative_split import Clause

_ELSEWHERE = re.compile(r"不涉及|信访|无关")
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
    ("应诉", ("litigation_cases", None)),
)
_CASES = frozenset(["requests_received", "review_cases", "litigation_cases"])
_REVIEWS = _DISPUTES[0][1]


def disputes(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """A sum of reviews and lawsuits tells neither of them, unless it is 0."""
    head = shape.partition("#")[0]
    if _ELSEWHERE.search(clause.sentence) or _OTHER_CAUSE.search(clause.before):
        return ()
    if clause.figure.value and not _is_on_disclosure(clause, shape, seen):
        return ()
    if "复议" in head and "诉讼" in head:
        is_either = clause.each or clause.figure.value == 0
        return (("review_cases", None), ("litigation_cases", None)) if is_either else ()
    if clause.figure.unit == "条" and any(metric in _CASES for metric, _ in seen.kinds):
        clause = clause._replace(figure=clause.figure._replace(unit="件"))
    metric = patterned(clause, shape, seen, rules)
    return ((metric, None),) if metric else framed(clause, shape, seen, rules)


def own_part(clause: Clause) -> tuple[Kind, ...] | None:
    """The part of disputes that is over disclosure; None where it is no part of any."""
    part = _PART_OF.search(clause.before)
    whole = part["whole"] if part else ""
    named = tuple(dict.fromkeys(kind for word, kind in _DISPUTES if word in whole))
    if not named:
        return None
    return named if len(named) == 1 and "公开" not in whole else ()


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
    # 信息公开行政复议4宗；行政诉讼2宗，均胜诉
    is_said = is_said or (_REVIEWS in seen.counted and "公开" in clause.before)
    if _IN_COURT.search(shape + behind) and not is_said:
        return False
    is_told = seen.is_of_requests or seen.is_of_disputes
    is_told = is_told or _OF_DISCLOSURE.search(clause.sentence) is not None
    return is_told or not _DEALT_WITH.search(shape)
