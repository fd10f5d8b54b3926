"""Which organisation a report is by its own account: the names it gives, weighed by place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transform.divisions import Called, Divisions
from transform.identity_names import is_short_for, later_names
from transform.identity_parse import (
    Head,
    Parsed,
    parse_beginning,
    parse_name,
    parse_subject,
    parse_unnamed,
)
from transform.identity_sources import Sources
from transform.organisation import Naming, pieces

# What a name weighs by where it stands; each place counts once.
_PLACES = {
    "title": 6.0,
    "signature": 5.0,
    "quoted_title": 4.0,
    "header": 4.0,
    "publisher": 3.0,
    "author": 3.0,
    "page_title": 3.0,
    "portal": 3.0,
    "path": 3.0,
    "contact": 3.0,
    "opening": 2.0,
    "address": 1.5,
}
# Where a report speaks of itself, and no other office is named in passing.
_OWN_PLACES = frozenset({"title", "signature", "quoted_title", "header"})
# A site is a county's or a city's, and its pages are those of all its townships: one of these is
# the reporter only where one of these places names it.
_ABOVE = frozenset({"county", "city", "province"})
_NAMES_ABOVE = frozenset({*_OWN_PLACES, "publisher", "page_title", "author"})
_IS_TOWNSHIP = re.compile("我(?:[镇乡]|街道|办事处|苏木)")
# The office that writes and publishes a government's report.
_OWN_OFFICE = re.compile(r"(?:政府|政务|公开|党政|^[县区市旗州]?府|^)办(?:公室)?$")
# 县水利局 is the bureau of a county that is told elsewhere; 水利局 alone may be anybody's.
_IS_BUREAU = re.compile("^[省市县区州旗].{2,}局$")
_PROSE = 2.0
_ONLY_BEGINS = frozenset({"address", "author", "opening"})
_CLEAR_LEAD = 1.5
# What a name needs to be more than an address or a mention.
_LEAST_CLAIM = 3.0


@dataclass
class Claim:
    """One organisation the report may be, under all the names it goes by."""

    own: str
    level: str | None
    called: dict[str, Called]
    heads: list[tuple[str, Head]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    prose: float = 0.0

    def take_in(self, other: "Claim") -> None:
        """Count for this name what another one has been found to say of it."""
        self.places |= other.places
        self.heads += other.heads

    @property
    def weight(self) -> float:
        """The sum over the places that give this name."""
        return sum(_PLACES[place] for place in self.places) + self.prose

    @property
    def is_own(self) -> bool:
        """Whether the report calls itself so, and does not merely mention the name."""
        return not _OWN_PLACES.isdisjoint(self.places)


class Choice(NamedTuple):
    """The claims that remain, the heaviest first; the first one is clear unless `is_open`."""

    claims: tuple[Claim, ...]
    is_open: bool

    @property
    def contradicts(self) -> bool:
        """Whether the report calls itself by two names."""
        return sum(claim.is_own for claim in self.claims) > 1


def choose_claim(sources: Sources, divisions: Divisions) -> Choice:
    """Read all names and decide which is the report's own."""
    claims: list[Claim] = []
    for naming in sources.namings:
        for parsed in _parsed(naming, divisions):
            _enter(claims, naming.source, parsed)
    if not any("title" in claim.places for claim in claims):
        for parsed in _unknown_title(sources, divisions):
            _enter(claims, "title", parsed)
    claims = _with_own_offices(_without_shortened(_without_fragments(claims)))
    claims = _without_parents(claims)
    claims = _without_passing(claims)
    claims = [claim for claim in claims if _may_report(claim, sources.prose)]
    if len(claims) > 1:
        counts = {claim.own: sources.prose.count(claim.own) for claim in claims}
        most = max(counts.values())
        for claim in claims:
            if counts[claim.own] == most >= 2 * sorted(counts.values())[-2] and most > 1:
                claim.prose = _PROSE
    claims.sort(key=lambda claim: -claim.weight)
    if rivals := _rivals(claims):
        return Choice((*rivals, *(claim for claim in claims if claim not in rivals)), True)
    is_open = len(claims) > 1 and claims[0].weight - claims[1].weight < _CLEAR_LEAD
    return Choice(tuple(claims), is_open)


def _rivals(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give two townships of which one has the title and the other has signed: nobody can tell."""
    known = [claim for claim in claims if claim.level == "township" and claim.called]
    titled = [claim for claim in known if "title" in claim.places]
    signed = [claim for claim in known if "signature" in claim.places]
    if not titled or not signed or any(claim in titled for claim in signed):
        return ()
    first, second = titled[0], signed[0]
    is_renamed = second.own in later_names(first.own) or first.own in later_names(second.own)
    return () if is_renamed else (first, second)


def _unknown_title(sources: Sources, divisions: Divisions) -> Iterator[Parsed]:
    """Give what a title names where none of it can be read: somebody reports, though not who."""
    titles = [n for n in sources.namings if n.source == "title" and not n.is_torn]
    printed = (part for naming in titles for part in pieces(naming.printed))
    found = [parsed for part in printed if (parsed := parse_unnamed(part, divisions))]
    yield from sorted(found, key=lambda parsed: -len(parsed.own))[:1]


def _may_report(claim: Claim, prose: str) -> bool:
    """Tell whether a county or its office is named as the reporter, and not as whose site it is."""
    if claim.level == "department":
        return claim.is_own or not _IS_TOWNSHIP.search(prose)
    if claim.level not in _ABOVE or claim.places >= {"title", "signature"}:
        return True
    return not _NAMES_ABOVE.isdisjoint(claim.places) and not _IS_TOWNSHIP.search(prose)


def _parsed(naming: Naming, divisions: Divisions) -> Iterator[Parsed]:
    if naming.source in _ONLY_BEGINS:
        if begun := _begun(naming, divisions):
            yield begun
        return
    whole = parse_name(naming.printed, divisions)
    if whole and whole.is_known:
        yield whole
        return
    parts = [part for part in pieces(naming.printed) if part != naming.printed]
    for part in parts:
        parsed = parse_name(part, divisions)
        if parsed and (parsed.is_known or naming.source in _OWN_PLACES):
            yield parsed
    if whole and not parts and naming.source in _OWN_PLACES:
        yield whole


def _begun(naming: Naming, divisions: Divisions) -> Parsed | None:
    """Read a name that more may follow; whose street it is, is said of townships only."""
    begun = parse_beginning(naming.printed, divisions)
    if begun or naming.source == "address":
        return begun
    if naming.source == "opening":
        subject = parse_subject(naming.printed, divisions)
        is_one = subject and (subject.is_known or _IS_BUREAU.search(subject.own))
        return subject if is_one and subject and "领导小组" not in subject.own else None
    whole = parse_name(naming.printed, divisions)
    # Who writes for a government is no reporter beside it.
    return whole if whole and whole.is_known and not _OWN_OFFICE.search(whole.own) else None


def _enter(claims: list[Claim], source: str, parsed: Parsed) -> None:
    """Add a name to the claim of the same units, or of the same unknown name, or make one."""
    called = {item.unit.code: item for item in parsed.called}
    heads = [(source, head) for head in parsed.heads]
    for claim in claims:
        is_same = bool(claim.called.keys() & called.keys()) or claim.own == parsed.own
        if is_same and (claim.level == "department") == (parsed.level == "department"):
            claim.called = _joined(claim.called, called)
            claim.heads += heads
            claim.places.add(source)
            return
    claims.append(Claim(parsed.own, parsed.level, called, heads, {source}))


def _joined(first: dict[str, Called], second: dict[str, Called]) -> dict[str, Called]:
    """Keep all units of both names; what one of them is called exactly stays so."""
    return second | first | {code: item for code, item in second.items() if item.by == "own"}


def _without_fragments(claims: Sequence[Claim]) -> list[Claim]:
    """Drop unknown names that are a known one with a character lost or too many, and bare kinds."""
    known = [claim.own for claim in claims if claim.called]
    kept = []
    for claim in claims:
        others = [own for own in known if own != claim.own]
        is_part = any(own.endswith(claim.own) for own in others)
        is_longer = any(claim.own.endswith(own) for own in others)
        is_unknown = not claim.called and claim.level != "department"
        if not (is_unknown and (is_part or is_longer)) and not (is_part and claim.own == "街道"):
            kept.append(claim)
    return kept


def _without_shortened(claims: Sequence[Claim]) -> list[Claim]:
    """Take an unknown 东风场 or 西乌旗 for the known name it is short for, if only one is."""
    kept = list(claims)
    for claim in [claim for claim in claims if not claim.called and claim.level != "department"]:
        known = [c for c in kept if c.called and is_short_for(claim.own, c.own)]
        if len(known) == 1:
            kept.remove(claim)
            known[0].take_in(claim)
    return kept


def _with_own_offices(claims: Sequence[Claim]) -> list[Claim]:
    """Count the office of a commission or a bureau for it, where both are named."""
    kept = list(claims)
    for office in [claim for claim in claims if claim.level == "department"]:
        own = office.own.removesuffix("办公室")
        whole = next((c for c in kept if c.own == own and c.level == "department"), None)
        if own != office.own and whole:
            kept.remove(office)
            whole.take_in(office)
    return kept


def _without_passing(claims: Sequence[Claim]) -> list[Claim]:
    """Drop offices that are only the subject of a sentence, where another is named elsewhere."""
    passing = [c for c in claims if c.level == "department" and c.places <= {"opening"}]
    return [c for c in claims if c not in passing] or passing


def _without_parents(claims: Sequence[Claim]) -> list[Claim]:
    """Turn the names of units above into places: a county that publishes is no second reporter."""
    kept = list(claims)
    for parent in claims:
        # The site of a county need not be outweighed.
        least = _LEAST_CLAIM if parent.is_own else _PLACES["opening"]
        below = [
            claim
            for claim in kept
            if claim is not parent and claim.weight >= least and _holds(parent, claim)
        ]
        if "title" in parent.places and (offices := list(filter(_is_own_office, below))):
            # 县政府办公室 signs for the county: it is the county's own office.
            kept = [claim for claim in kept if claim not in offices]
            parent.places.update(*(claim.places for claim in offices))
        below = [claim for claim in below if claim in kept and _yields(parent, claim)]
        if below and parent in kept:
            kept.remove(parent)
            codes = tuple(parent.called) or tuple(_head_codes(parent))
            for claim in below:
                claim.heads += [
                    (place, Head(parent.own, codes, True)) for place in sorted(parent.places)
                ]
    # A department or a county is not the township its address or its prose mentions.
    if any(claim.is_own and claim.level != "township" for claim in kept):
        kept = [claim for claim in kept if claim.weight >= _LEAST_CLAIM]
    return kept


def _is_own_office(claim: Claim) -> bool:
    is_office = claim.level == "department" and _OWN_OFFICE.search(claim.own) is not None
    return is_office and "title" not in claim.places


def _yields(parent: Claim, claim: Claim) -> bool:
    """Tell whether a unit above is only a place; whom the title names yields to who signs only."""
    return "title" not in parent.places or claim.is_own


def _holds(parent: Claim, claim: Claim) -> bool:
    """Tell whether one claim's units lie above the other's."""
    if parent.level in {"township", None}:
        return False
    # 县府办 signs for a township, but whom the title names is no place.
    if parent.level == "department" and (claim.level != "township" or "title" in parent.places):
        return False
    codes = tuple(parent.called) or tuple(_head_codes(parent))
    inner = list(claim.called) or _head_codes(claim)
    return bool(codes) and any(
        code.startswith(codes) and (code not in codes or claim.level == "department")
        for code in inner
    )


def _head_codes(claim: Claim) -> list[str]:
    return [code for _, head in claim.heads for code in head.codes]
