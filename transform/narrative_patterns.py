"""What patterns and frames say that a clause counts."""

from transform.narrative_frames import ideas_of
from transform.narrative_rules import NarrativeRules
from transform.narrative_seen import NEXT, Kind, Seen
from transform.narrative_split import Clause

_WAYS = frozenset(["requests_online", "requests_by_letter", "requests_in_person"])
_SCHOOLING = frozenset(["trainings_held", "people_trained", "meetings_held"])


def patterned(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> str | None:
    """The metric of the first pattern that fits the clause; none where it may be another job's."""
    for rule in rules.figures.get(clause.figure.unit, ()):
        if not rule.clause.search(shape) or _is_one_of_ways(rule.metric, shape, rules):
            continue
        is_told = seen.is_of_requests and rule.metric.startswith("requests_")
        if rule.needs and not (is_told or rule.needs.search(clause.sentence)):
            continue
        if rule.metric in _SCHOOLING and rules.words["attended"].search(shape):
            return None
        if rule.metric in _SCHOOLING and "公开" not in shape:
            is_told = rules.words["any_job"].search(shape) is not None
            if not _is_our_job(clause, shape, seen, rules, is_told=is_told):
                return None
        return None if _is_of_others(rule.metric, shape, seen) else rule.metric
    return None


def framed(clause: Clause, shape: str, seen: Seen, rules: NarrativeRules) -> tuple[Kind, ...]:
    """What a clause counts of which every word is known."""
    ideas = ideas_of(shape, rules.ideas)
    if not ideas:
        return ()
    if seen.is_held and clause.between.startswith(NEXT if "公开" in shape else NEXT[1:]):
        ideas |= {"hold"}
    for frame in rules.frames:
        if not frame.fits(ideas) or clause.figure.unit not in frame.units:
            continue
        if not _SCHOOLING.isdisjoint(frame.metrics):
            if rules.words["attended"].search(shape):
                continue
            is_told = rules.words["any_job"].search(clause.before) is not None
            is_told = _is_our_job(clause, shape, seen, rules, is_told=is_told)
            is_told = is_told or "公开" in shape
        else:
            is_of_requests = frame.metrics[0].startswith(("requests_", "fees_"))
            is_told = seen.is_of_requests and is_of_requests
            is_told = is_told or not frame.needs or bool(frame.needs.search(clause.sentence))
        if is_told and not _is_of_others(frame.metrics[0], shape, seen):
            return tuple((metric, None) for metric in frame.metrics)
    return ()


def _is_one_of_ways(metric: str, shape: str, rules: NarrativeRules) -> bool:
    """Tell a figure of several ways together (书面及网上申请共9件), which is none of one's own."""
    ways = [words for way, words in rules.ways if words.search(shape)] if metric in _WAYS else []
    return len(ways) > 1


def _is_of_others(metric: str, shape: str, seen: Seen) -> bool:
    """Tell what became of other things that were received (受理低保申请86件，办结80件)."""
    is_named = "公开" in shape or "依申请" in shape
    return seen.is_of_others and metric.startswith("requests_") and not is_named


def _is_our_job(
    clause: Clause, shape: str, seen: Seen, rules: NarrativeRules, *, is_told: bool = False
) -> bool:
    """Tell trainings and meetings on disclosure from those on any other work."""
    is_told = is_told or seen.is_of_disclosure_work or "公开" in clause.sentence
    return is_told and not rules.words["other_job"].search(clause.before + shape)
