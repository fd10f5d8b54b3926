"""Where a report names a neighbour in place of itself: what copying from it has left behind."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from transform.divisions import Divisions, Unit
from transform.identity_claims import Claim
from transform.identity_names import own_name
from transform.records import Finding

# 大贵镇村, 大贵镇中学 and 与大贵镇相比 tell of a place; in a list all townships of a county stand.
_BEFORE = frozenset("、与和同及比较赴到往")
_BEHIND = re.compile("[、和与及等村路街]|社区|大道|中学|小学|中心|卫生院|派出所")
_REPORTER = re.compile("..(?:[镇乡]|街道|苏木)$")
_ITSELF = re.compile("[我本全](?:[镇乡]|街道|办事处|苏木)")
# Once may be a mention; a text that was copied says it again and again.
_LEAST_MENTIONS = 2


def neighbour_named(
    claims: Sequence[Claim], unit: Unit, prose: str, divisions: Divisions
) -> Finding | None:
    """Give a finding where contact line or prose are those of another township of the county."""
    county = unit.code[:6]
    for claim in claims[1:]:
        is_near = any(code.startswith(county) and len(code) == 9 for code in claim.called)
        if is_near and not claim.is_own and "contact" in claim.places:
            return _finding(claims[0].own, claim.own, "联系方式")
    # Zones are places, and two streets of the country are called 街道.
    names = tuple([n for n in divisions.townships_of(county) if _REPORTER.search(n)])
    own = {claims[0].own, unit.name, own_name(unit.name)}
    # Most reports name no neighbour at all.
    if not any(name in prose for name in names if name not in own):
        return None
    # 龙河镇保安林场 is a unit of its own, and does not speak of 龙河镇.
    said = Counter(
        match[0]
        for match in _any_of(tuple(sorted({*names, *own}))).finditer(prose)
        if match[0] in own or not _tells_of_a_place(prose, match)
    )
    others = Counter({name: count for name, count in said.items() if name not in own})
    if not others:
        return None
    ((name, count),) = others.most_common(1)
    mine = sum(said[name] for name in own) + sum(1 for _ in _ITSELF.finditer(prose))
    if count >= _LEAST_MENTIONS and count > mine:
        return _finding(claims[0].own, name, "正文")
    return None


def _tells_of_a_place(prose: str, match: re.Match[str]) -> bool:
    before = prose[match.start() - 1 : match.start()]
    return before in _BEFORE or bool(_BEHIND.match(prose, match.end()))


# The townships of a county are read one after the other.
@lru_cache(maxsize=256)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _finding(own: str, other: str, place: str) -> Finding:
    return Finding(
        "identity_contradictory",
        f"{place}中的机关名称是“{other}”，与报告机关“{own}”不一致，请核对。",
        expected=own,
        actual=other,
        evidence=f"{other}：{place}",
    )
