"""From a printed name to a division: candidates of that name, and the evidence between them.

A name that occurs once in the country is that unit. A name that occurs several times is decided
only by evidence in the document, on a clear lead; else the report stays `ambiguous` and every
candidate is named. Nothing picks the first of a list.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transform.divisions import Divisions, Unit, short_name
from transform.organisation import level_of, split_name
from transform.records import Finding, Identity

_FULL_NAME = 3.0
_SHORT_NAME = 1.0
_USAGE = 1.0
_CLEAR_LEAD = 1.0

# How a township's documents call the county above it: 区委 in a district, 县委 in a county.
_USAGES = (
    ("区", re.compile(r"(?<![市地社园校街])区(?:委|政府)")),
    ("县", re.compile(r"县(?:委|政府)")),
    ("市", re.compile(r"市(?:委|政府)")),
)


class Resolved(NamedTuple):
    """The identity, and a finding where it stays open."""

    identity: Identity
    findings: tuple[Finding, ...]


def resolve(names: Iterable[str], text: str, divisions: Divisions) -> Resolved:
    """Find the organisation and its division.

    `names` are printed names, the surest first; `text` is all the document says, title and path
    included.
    """
    first: tuple[str, str | None] | None = None
    for printed in names:
        own, above = split_name(printed, divisions)
        units = divisions.named(own)
        if units:
            return _choose(own, units, " ".join([*above, text]))
        if first is None and len(own) >= 2:
            first = own, level_of(own, [])
    if first is None:
        return Resolved(Identity(), (Finding("identity_unmatched", "文中没有找到机关名称。"),))
    own, level = first
    message = f"区划表中没有“{own}”，请核对名称或登记更名。"
    return Resolved(
        Identity(org_name=own, org_level=level),
        (Finding("identity_unmatched", message, actual=own),),
    )


def _choose(own: str, units: Sequence[Unit], text: str) -> Resolved:
    level = level_of(own, [unit.level for unit in units])
    candidates = [unit for unit in units if unit.level == level]
    if len(candidates) == 1:
        return Resolved(_matched(own, candidates[0]), ())
    # Its own name is no evidence: 兴隆镇 need not lie in 兴隆县.
    text = text.replace(own, "\n")
    usage = _usage(text)
    ranked = sorted(((_weight(unit, text, usage), unit) for unit in candidates), reverse=True)
    if ranked[0][0] - ranked[1][0] >= _CLEAR_LEAD:
        return Resolved(_matched(own, ranked[0][1]), ())
    listed = "、".join(
        f"{unit.code} {_path(unit)}（{weight:g}）"
        for weight, unit in ranked
        if weight >= ranked[0][0]
    )
    finding = Finding(
        "identity_ambiguous",
        f"全国有{len(candidates)}个“{own}”，文中线索不足以确定是哪一个。",
        actual=own,
        evidence=listed,
    )
    return Resolved(Identity(own, level, identity_status="ambiguous"), (finding,))


def _weight(unit: Unit, text: str, usage: str | None) -> float:
    """Add up what the document says for a candidate; a county says more than a province."""
    weight = 0.0
    for name, factor in ((unit.county_name, 1.0), (unit.city_name, 0.6), (unit.province_name, 0.4)):
        if name is None:
            continue
        if name in text:
            weight += _FULL_NAME * factor
        elif short_name(name) in text:
            weight += _SHORT_NAME * factor
    if usage and (unit.county_name or "").endswith(usage):
        weight += _USAGE
    return weight


def _usage(text: str) -> str | None:
    """Tell whether the document speaks of 区委, 县委 or 市委; None where it speaks of several."""
    spoken = [kind for kind, pattern in _USAGES if pattern.search(text)]
    return spoken[0] if len(spoken) == 1 else None


def _matched(own: str, unit: Unit) -> Identity:
    is_township = unit.level == "township"
    return Identity(
        org_name=own,
        org_level=unit.level,
        township_code=unit.code if is_township else None,
        township_name=unit.name if is_township else None,
        county_name=unit.county_name,
        city_name=unit.city_name,
        province_name=unit.province_name,
        identity_status="matched",
    )


def _path(unit: Unit) -> str:
    parts = (unit.province_name, unit.city_name, unit.county_name)
    return "".join(part for part in parts if part)
