"""What a document says for and against each division of one name, weighed.

A clue counts by where it stands: the report's own title outweighs its portal, the portal a mention
in prose. A county says more than a city, a city more than a province. What stands in the report's
own places speaks against every division that lies elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from transform.divisions import Called, Divisions, Unit
from transform.identity_names import is_pseudo, is_short_for, is_zone, short_name
from transform.identity_parse import Head
from transform.identity_sources import Clue, Sources, says
from transform.records import Evidence

_OWN_NAME = 1.0
# Where a place is named, to what its county then weighs.
_SOURCES: Mapping[str, float] = {
    "title": 6.0,
    "quoted_title": 5.0,
    "header": 5.0,
    "signature": 5.0,
    "publisher": 4.0,
    "author": 4.0,
    "page_title": 4.0,
    "contact": 4.0,
    "address": 4.0,
    "path": 4.0,
    "portal": 4.0,
    "opening": 3.0,
    "domain": 3.0,
    "website": 3.0,
    "area_code": 3.0,
    "furniture": 2.0,
    "postcode": 2.0,
    "folder": 2.0,
    "prose": 2.0,
}
# A report may name other places here: visits, partners, the sites of others.
_MAY_NAME_OTHERS = frozenset({"prose", "website", "furniture", "folder"})
# Numbers and addresses of sites are left in from other reports, and code tables have exceptions.
_WEAK_AGAINST: Mapping[str, float] = {"domain": 0.3, "area_code": 0.5, "postcode": 0.5}
# What stands right in front of the report's own name says where it lies and not who is near.
_OWN_HEADS = frozenset({"title", "quoted_title", "header", "signature"})
_NEIGHBOUR = 0.25
_LEVELS = {6: 1.0, 4: 0.6, 2: 0.5, 9: 1.0}
_SHORT = 0.6
_USAGE = {"区": 1.0, "县": 1.0, "旗": 1.0, "市": 0.6}
# An unknown 江川县 speaks for 江川区, and against other counties, but less than a known name.
_UNKNOWN = 0.5
# In place of the own name in prose: no character of a name, and no end of a clause.
_OWN_MARK = "\0"


class Weighed(NamedTuple):
    """A candidate with all that speaks for and against it."""

    unit: Unit
    by: str
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> float:
        """The sum of its evidence."""
        return round(sum(item.weight for item in self.evidence), 3)


def weigh(
    candidates: Sequence[Called],
    heads: Sequence[tuple[str, Head]],
    sources: Sources,
    divisions: Divisions,
) -> list[Weighed]:
    """Weigh all candidates of one name, the heaviest first.

    `heads` are the divisions printed in front of the name, each with its source.
    """
    clues = [*sources.clues, *(_head_clue(source, head) for source, head in heads if head.codes)]
    unknown = [(source, head) for source, head in heads if not head.codes]
    places = _by_place(clues)
    said = _said_in_prose(candidates, sources) if len(candidates) > 1 else {}
    found = []
    for unit, by in candidates:
        evidence = [
            *_name_evidence(unit, by),
            *_clue_evidence(unit, by == "parent", places, divisions),
        ]
        evidence += _unknown_evidence(unit, unknown)
        if len(candidates) > 1:
            evidence += _prose_evidence(unit, said)
            evidence += _usage_evidence(unit, sources.usages)
        found.append(Weighed(unit, by, tuple(evidence)))
    return sorted(found, key=lambda weighed: (-weighed.weight, weighed.unit.code))


def _head_clue(source: str, head: Head) -> Clue:
    return Clue(source, head.printed, head.codes, head.is_full)


def _name_evidence(unit: Unit, by: str) -> Iterator[Evidence]:
    if by == "own":
        yield Evidence("name", unit.name, unit.code, _OWN_NAME)


def _by_place(clues: Sequence[Clue]) -> dict[tuple[str, int], list[Clue]]:
    """Sort the clues by source and level; several names in one place are alternatives there."""
    places: dict[tuple[str, int], list[Clue]] = {}
    for clue in clues:
        for length in {len(code) for code in clue.codes}:
            places.setdefault((clue.source, length), []).append(clue)
    return places


def _clue_evidence(
    unit: Unit,
    is_parent: bool,
    places: Mapping[tuple[str, int], Sequence[Clue]],
    divisions: Divisions,
) -> Iterator[Evidence]:
    for (source, length), named in places.items():
        # Its own name is no evidence: 新市区街道 need not lie in 新市区.
        is_apart = is_parent or source in _OWN_HEADS
        clues = [clue for clue in named if is_apart or clue.printed not in unit.name]
        if length > len(unit.code) or not clues:
            continue
        part = unit.code[:length]
        best = clues[0]
        if len(clues) > 1:
            best = max(clues, key=lambda clue: (part in clue.codes, clue.is_full))
        weight = _SOURCES[source] * _LEVELS[length] * (1.0 if best.is_full else _SHORT)
        if part in best.codes:
            yield Evidence(source, best.printed, unit.code, round(weight, 2))
        elif source not in _MAY_NAME_OTHERS and not _is_open(unit, clues, length, divisions):
            against = _WEAK_AGAINST.get(source, 1.0) * _nearness(unit, best, source)
            yield Evidence(source, best.printed, unit.code, -round(weight * against, 2))


def _nearness(unit: Unit, clue: Clue, source: str) -> float:
    """Take the name of a neighbour (the same city) for a slip, unless it heads the own name."""
    is_near = any(len(code) == 6 and code[:4] == unit.code[:4] for code in clue.codes)
    return _NEIGHBOUR if is_near and source not in _OWN_HEADS else 1.0


def _is_open(unit: Unit, clues: Sequence[Clue], length: int, divisions: Divisions) -> bool:
    """Tell whether a name of another place need not speak against a unit.

    A short name may be of another level (吉林), and an industrial zone of the code table lies in
    counties that everybody else goes by.
    """
    for clue in clues:
        if any(len(code) != length and unit.code.startswith(code) for code in clue.codes):
            return True
        if length == 6 and (is_pseudo(unit.county_name or "") or _names_zone(clue, divisions)):
            return any(code[:4] == unit.code[:4] for code in clue.codes)
    return False


def _names_zone(clue: Clue, divisions: Divisions) -> bool:
    units = (divisions.unit(code) for code in clue.codes)
    return any(is_pseudo(unit.name) for unit in units if unit)


def _unknown_evidence(unit: Unit, unknown: Sequence[tuple[str, Head]]) -> Iterator[Evidence]:
    for source, head in unknown:
        weight = _SOURCES[source] * _UNKNOWN
        short = short_name(head.printed)
        names = (unit.county_name, unit.city_name, unit.province_name)
        if any(short in {name, short_name(name)} for name in names if name) or _is_cut_short(
            head.printed, unit
        ):
            yield Evidence(source, head.printed, unit.code, weight)
        elif is_zone(head.printed):
            # 西咸新区 lies in counties the table goes by, and says of none that it is not there.
            continue
        elif head.printed[-1] in "县市旗" or (head.printed[-1] == "区" and len(head.printed) <= 4):
            yield Evidence(source, head.printed, unit.code, -weight)


def _is_cut_short(printed: str, unit: Unit) -> bool:
    """Tell 阿拉善盟阿右旗 from other unknown names: 阿拉善右旗, in which the unit lies."""
    own = printed.removeprefix(unit.province_name).removeprefix(unit.city_name or "")
    return unit.county_name is not None and is_short_for(own, unit.county_name)


def _said_in_prose(candidates: Sequence[Called], sources: Sources) -> dict[str, bool]:
    """Look for every name above the candidates; True where it is printed in full."""
    own = {called.unit.name for called in candidates}
    prose = sources.prose
    for name in own:
        prose = prose.replace(name, _OWN_MARK)
    said: dict[str, bool] = {}
    above = [n for unit, _ in candidates for n in (unit.city_name, unit.province_name) if n]
    for name in {name for unit, _ in candidates for name in _above(unit)}:
        short = short_name(name)
        if short not in prose:
            continue
        if name in prose and says(prose, name, True, above):
            said[name] = True
        elif short != name and says(prose, short, False, above):
            said[name] = False
    return said


def _above(unit: Unit) -> list[str]:
    names = (unit.county_name, unit.city_name, unit.province_name)
    return [name for name in names if name and name != unit.name]


def _prose_evidence(unit: Unit, said: Mapping[str, bool]) -> Iterator[Evidence]:
    names = ((unit.county_name, 6), (unit.city_name, 4), (unit.province_name, 2))
    for name, length in names:
        if name in said and name is not None:
            weight = _SOURCES["prose"] * _LEVELS[length] * (1.0 if said[name] else _SHORT)
            text = name if said[name] else short_name(name)
            yield Evidence("prose", text, unit.code, round(weight, 2))


def _usage_evidence(unit: Unit, usages: frozenset[str]) -> Iterator[Evidence]:
    # A township of a district or county has a city above it too.
    kinds = usages - {"市"} or usages
    if len(kinds) != 1:
        return
    (kind,) = kinds
    if (unit.county_name or "").endswith(kind):
        yield Evidence("usage", f"{kind}委、{kind}政府", unit.code, _USAGE[kind])
