"""From the names in a document to a division, with the evidence, or to an honest "cannot be told".

A name that occurs once in the country is that unit unless the document speaks against it. A name
that occurs several times is decided only by evidence, on a clear lead; else the report stays
`ambiguous` and every candidate is named. Nothing picks the first of a list.
"""

from collections.abc import Sequence
from typing import NamedTuple

from transform.divisions import Called, Divisions, Unit
from transform.evidence import Weighed, weigh
from transform.identity_claims import Choice, Claim, choose_claim
from transform.identity_names import later_names, short_name
from transform.identity_neighbours import neighbour_named
from transform.identity_sources import Sources
from transform.records import Evidence, Finding, Identity

_CLEAR_LEAD = 1.0
# An office or a changed name is tied to a county only where the county is named, not guessed.
_NAMED_COUNTY = 3.0
_COUNTY_PLACES = frozenset({"usage", "name", "area_code", "postcode", "folder"})
_OWN_ENDS = frozenset({"title", "signature"})
# What stays in a text that was copied, and what names it with them.
_COPIED = frozenset({"contact", "address", "website", "prose"})
_PROSE_NAMES_COUNTY = 2.0
_NO_PLACES = frozenset({"name", "usage", "postcode"})
_MOST_SHOWN = 3


class Resolved(NamedTuple):
    """The identity, a finding where it stays open, and what spoke for the likeliest divisions."""

    identity: Identity
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...] = ()


def resolve(sources: Sources, divisions: Divisions) -> Resolved:
    """Find the organisation that reports and its division."""
    choice = choose_claim(sources, divisions)
    if not choice.claims:
        return Resolved(Identity(), (Finding("identity_unmatched", "文中没有找到机关名称。"),))
    notes = (_contradiction(choice),) if choice.contradicts else ()
    if choice.is_open:
        found = _open(choice, sources, divisions)
    elif choice.claims[0].level == "department":
        found = _department(choice.claims[0], sources, divisions)
    else:
        found = _division(choice.claims[0], sources, divisions)
    if not notes and found.identity.township_code:
        unit = divisions.unit(found.identity.township_code)
        note = neighbour_named(choice.claims, unit, sources.prose, divisions) if unit else None
        notes = (note,) if note else ()
    return found._replace(findings=(*notes, *found.findings))


def _contradiction(choice: Choice) -> Finding:
    first, second = [claim for claim in choice.claims if claim.is_own][:2]
    return Finding(
        "identity_contradictory",
        f"标题、落款等处的机关名称不一致：“{first.own}”与“{second.own}”，请核对。",
        expected=first.own,
        actual=second.own,
        evidence="；".join(
            f"{claim.own}：{'、'.join(sorted(claim.places))}" for claim in (first, second)
        ),
    )


def _division(claim: Claim, sources: Sources, divisions: Divisions) -> Resolved:
    """Resolve a township, county, city or province."""
    ranked = weigh(list(claim.called.values()), claim.heads, sources, divisions)
    if both := _of_two_counties(ranked):
        open_ = _ambiguous(claim, ranked)
        return open_._replace(findings=(_two_counties(claim, both), *open_.findings))
    if ranked and _is_clear(ranked):
        best = ranked[0]
        notes = (_renamed(claim, best.unit),) if best.by == "former" else ()
        return Resolved(_matched(claim.own, best.unit), notes, _shown(ranked))
    if not ranked or ranked[0].weight < 0:
        return _changed(claim, sources, divisions) or _unmatched(claim, ranked)
    return _ambiguous(claim, ranked)


def _is_clear(ranked: Sequence[Weighed]) -> bool:
    best = ranked[0]
    if len(ranked) == 1:
        return best.weight >= 0
    if best.weight <= 0 or best.weight - ranked[1].weight < _CLEAR_LEAD:
        return False
    # 区委 is said in a thousand districts: too little against a number of another place.
    is_hollow = any(item.weight < 0 for item in best.evidence) and all(
        item.source in _NO_PLACES for item in best.evidence if item.weight > 0
    )
    if is_hollow or _is_left_over(ranked):
        return False
    # On the site of one county, published by another: only the report itself can say which.
    return _published(best) >= 0 or _is_titled(best) or all(_published(w) <= 0 for w in ranked)


def _of_two_counties(ranked: Sequence[Weighed]) -> tuple[Evidence, ...]:
    """Give what names the counties where the title is of one and the signature of the other."""
    for weighed in ranked:
        places = {item.source: item for item in weighed.evidence if item.source in _OWN_ENDS}
        weights = sorted(item.weight for item in places.values())
        if (
            len(weights) == len(_OWN_ENDS)
            and weights[0] <= -_NAMED_COUNTY < _NAMED_COUNTY <= weights[1]
        ):
            return tuple(places.values())
    return ()


def _two_counties(claim: Claim, both: Sequence[Evidence]) -> Finding:
    first, second = sorted(both, key=lambda item: -item.weight)
    return Finding(
        "identity_contradictory",
        f"标题与落款中“{claim.own}”所属的地方不一致：“{first.text}”与“{second.text}”，请核对。",
        expected=first.text,
        actual=second.text,
        evidence="；".join(f"{item.text}{claim.own}：{item.source}" for item in (first, second)),
    )


def _is_left_over(ranked: Sequence[Weighed]) -> bool:
    """Tell whether a contact line and its like speak for the first, and the prose for another."""
    best, *others = ranked
    named = {e.source for e in best.evidence if e.weight >= _PROSE_NAMES_COUNTY}
    return named <= _COPIED and any(
        item.source == "prose" and item.weight >= _PROSE_NAMES_COUNTY
        for weighed in others
        for item in weighed.evidence
    )


def _published(weighed: Weighed) -> float:
    return sum(item.weight for item in weighed.evidence if item.source == "publisher")


def _is_titled(weighed: Weighed) -> bool:
    return any(item.source == "title" and item.weight > 0 for item in weighed.evidence)


def _changed(claim: Claim, sources: Sources, divisions: Divisions) -> Resolved | None:
    """Match 桃花乡 with 桃花镇 where the county is named beyond doubt and has no 桃花乡."""
    later = [Called(unit, "later") for n in later_names(claim.own) for unit in divisions.named(n)]
    ranked = weigh(later, claim.heads, sources, divisions) if later else []
    if not ranked or not _is_clear(ranked) or not _names_county(ranked[0]):
        return None
    unit = ranked[0].unit
    return Resolved(_matched(claim.own, unit), (_renamed(claim, unit),), _shown(ranked))


def _names_county(best: Weighed) -> bool:
    named = sum(
        item.weight
        for item in best.evidence
        if item.source not in _COUNTY_PLACES and item.text[:2] == (best.unit.county_name or "")[:2]
    )
    return named >= _NAMED_COUNTY and all(item.weight > 0 for item in best.evidence)


def _renamed(claim: Claim, unit: Unit) -> Finding:
    return Finding(
        "name_changed",
        f"“{claim.own}”按更名后的“{unit.name}”（{unit.code}）登记，请核对。",
        expected=unit.name,
        actual=claim.own,
    )


def _department(claim: Claim, sources: Sources, divisions: Divisions) -> Resolved:
    """Tie a department to the division it belongs to: 阳朔县财政局 to 阳朔县."""
    kind = claim.own[0] if claim.own[0] in "省市县区州旗" and not claim.heads else ""
    codes = [code for _, head in claim.heads for code in head.codes]
    is_named = bool(codes)
    if not is_named:
        codes = [code for clue in sources.clues if clue.is_full for code in clue.codes]
    units = {code: unit for code in codes if (unit := divisions.unit(code))}
    fitting = [unit for unit in units.values() if not kind or unit.name.endswith(kind)]
    ranked = weigh([Called(unit, "parent") for unit in fitting], claim.heads, sources, divisions)
    lowest = _lowest(ranked)
    if lowest and _is_clear(lowest) and (is_named or lowest[0].weight >= _NAMED_COUNTY):
        unit = lowest[0].unit
        is_whole = short_name(unit.name) in claim.own
        name = claim.own if is_whole else unit.name + claim.own.removeprefix(kind)
        return Resolved(_matched(name, unit, "department"), (), _shown(lowest))
    if is_named and lowest:
        return _ambiguous(claim, lowest)
    return _unmatched(claim, lowest)


def _lowest(ranked: Sequence[Weighed]) -> list[Weighed]:
    """Leave out units that others of the list lie in: a county's office also names its city."""
    codes = [weighed.unit.code for weighed in ranked if weighed.weight > 0]
    return [
        weighed
        for weighed in ranked
        if not any(c != weighed.unit.code and c.startswith(weighed.unit.code) for c in codes)
    ]


def _open(choice: Choice, sources: Sources, divisions: Divisions) -> Resolved:
    """Keep all units of the names between which the report does not decide."""
    first, second = choice.claims[:2]
    both = Claim(first.own, first.level, first.called | second.called, [])
    ranked = weigh(list(both.called.values()), [], sources, divisions)
    if not ranked:
        return _unmatched(first, ranked)
    return _ambiguous(both, ranked, f"{first.own}”或“{second.own}")


def _ambiguous(claim: Claim, ranked: Sequence[Weighed], names: str = "") -> Resolved:
    listed = "、".join(
        f"{weighed.unit.code} {_path(weighed.unit)}{weighed.unit.name}（{weighed.weight:g}）"
        for weighed in ranked
    )
    finding = Finding(
        "identity_ambiguous",
        f"“{names or claim.own}”可以是{len(ranked)}个单位，文中线索不足以确定是哪一个。",
        actual=claim.own,
        evidence=listed,
    )
    identity = Identity(claim.own, claim.level, identity_status="ambiguous")
    return Resolved(identity, (finding,), _shown(ranked))


def _unmatched(claim: Claim, ranked: Sequence[Weighed]) -> Resolved:
    if ranked and claim.level != "department":
        places = "、".join(dict.fromkeys(i.text for i in ranked[0].evidence if i.weight < 0))
        message = f"区划表中的“{claim.own}”与文中所称地方（{places}）不符，请核对或登记更名。"
    elif claim.level == "department":
        message = f"不能确定“{claim.own}”属于哪个地方，请在标题中写明全称。"
    else:
        message = f"区划表中没有“{claim.own}”，请核对名称或登记更名。"
    listed = "、".join(f"{w.unit.code} {_path(w.unit)}{w.unit.name}" for w in ranked)
    finding = Finding("identity_unmatched", message, actual=claim.own, evidence=listed or None)
    return Resolved(Identity(claim.own, claim.level), (finding,), _shown(ranked))


def _shown(ranked: Sequence[Weighed]) -> tuple[Evidence, ...]:
    return tuple(item for weighed in ranked[:_MOST_SHOWN] for item in weighed.evidence)


def _matched(own: str, unit: Unit, level: str | None = None) -> Identity:
    is_township = unit.level == "township"
    return Identity(
        org_name=own,
        org_level=level or unit.level,
        township_code=unit.code if is_township else None,
        township_name=unit.name if is_township else None,
        county_name=unit.county_name,
        city_name=unit.city_name,
        province_name=unit.province_name,
        identity_status="matched",
    )


def _path(unit: Unit) -> str:
    """Give the names above a unit in one word."""
    parts = (unit.province_name, unit.city_name, unit.county_name)
    return "".join(part for part in parts if part and part != unit.name)
