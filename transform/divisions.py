"""The administrative divisions as an index: which units have a name, and what lies above them.

Source: statistical division codes of the National Bureau of Statistics as of 2023-06-30 (see
`data/reference/divisions`). Codes are nested: township 9 digits, county 6, city 4, province 2.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import filterfalse, product
from typing import NamedTuple

from transform.identity_names import is_only_kind, other_names, own_name, spoken_names
from transform.text.readings import readings

# Levels that exist only in the code table; nobody says them.
_PLACEHOLDERS = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
_LEVELS = {2: "province", 4: "city", 6: "county", 9: "township"}
# The names of most units end so and have no other form; the rest is looked at one by one.
_PLAIN = ("镇", "街道")
# Longer names are never run together in the name of a site.
_MOST_SYLLABLES = 5

Rows = Sequence[Mapping[str, str]]


class Unit(NamedTuple):
    """One division of any level with the names above it; names nobody says are None."""

    code: str
    name: str
    level: str
    county_name: str | None
    city_name: str | None
    province_name: str


class Called(NamedTuple):
    """A unit under a printed name: its own, another in use, or a former one."""

    unit: Unit
    by: str


class Mention(NamedTuple):
    """A county, city or province named in a text; `is_full` where kind and all is printed."""

    start: int
    printed: str
    units: tuple[Unit, ...]
    is_full: bool


class Divisions:
    """Look-up of divisions by name, built once.

    `area_codes` (长途区号) and `postcodes` (first two digits of a 邮政编码) give the codes of the
    divisions that have them.
    """

    def __init__(
        self,
        provinces: Rows,
        cities: Rows,
        counties: Rows,
        townships: Rows,
        former: Rows = (),
        area_codes: Rows = (),
        postcodes: Rows = (),
    ) -> None:
        self.area_codes = _codes_by(area_codes, "area_code")
        self.postcodes = _codes_by(postcodes, "postcode")
        self._names = {row["code"]: row["name"] for row in (*provinces, *cities, *counties)}
        self._by_name: dict[str, list[Unit]] = {}
        self._called: dict[str, list[Called]] = {}
        self._above: dict[str, list[Unit]] = {}
        self._units: dict[str, Unit] = {}
        self._full: set[str] = set()
        for row in (*provinces, *cities, *counties, *townships):
            if row["name"] not in _PLACEHOLDERS:
                self._add(row["code"], row["name"])
        for row in former:
            self._add_former(row)
        self._heads: dict[str, list[str]] = {}
        for name in self._above:
            self._heads.setdefault(name[:2], []).append(name)
        for names in self._heads.values():
            names.sort(key=len, reverse=True)
        self._may_begin = _beginning_like(self._heads)

    def _add(self, code: str, name: str) -> None:
        level = _LEVELS[len(code)]
        county = self._said(code[:6]) if level in {"county", "township"} else None
        city = self._said(code[:4]) if level != "province" else None
        unit = Unit(code, name, level, county, city, self._names[code[:2]])
        self._units[code] = unit
        self._by_name.setdefault(name, []).append(unit)
        if level == "township":
            if not name.endswith(_PLAIN) or "办事处" in name or name.startswith(county or "\n"):
                self._add_other_names(unit)
        else:
            self._add_above(unit, name)

    def _add_other_names(self, unit: Unit) -> None:
        own = own_name(unit.name)
        if own != unit.name:
            self._called.setdefault(own, []).append(Called(unit, "own"))
        names = {*other_names(unit.name), *other_names(own)}
        names.add(own.removeprefix(unit.county_name or ""))
        for name in filterfalse(is_only_kind, names - {own, unit.name}):
            self._called.setdefault(name, []).append(Called(unit, "other"))

    def _add_former(self, row: Mapping[str, str]) -> None:
        unit = self._units.get(row["current_code"])
        if unit is None:
            return
        if unit.level != "township":
            self._add_above(unit, row["former_name"])
        self._called.setdefault(row["former_name"], []).append(Called(unit, "former"))

    def _add_above(self, unit: Unit, name: str) -> None:
        for said in (name, *spoken_names(name)):
            units = self._above.setdefault(said, [])
            if unit not in units:
                units.append(unit)
            # 三江县 is as full as 三江侗族自治县.
            if said == name or said[-1] == name[-1]:
                self._full.add(said)
                if said != name:
                    self._called.setdefault(said, []).append(Called(unit, "other"))

    def _said(self, code: str) -> str | None:
        name = self._names.get(code)
        return None if name in _PLACEHOLDERS else name

    def named(self, name: str) -> Sequence[Unit]:
        """Give every unit of exactly this name, of any level."""
        return self._by_name.get(name, ())

    def called(self, name: str) -> list[Called]:
        """Give every unit a printed name may stand for, with how it bears that name.

        Units above townships count under their full name only: 阳朔 alone is no organisation.
        """
        found = [Called(unit, "own") for unit in self._by_name.get(name, ())]
        known = {called.unit.code for called in found}
        others = self._called.get(name, ())
        return [*found, *(called for called in others if called.unit.code not in known)]

    def above(self, name: str) -> Sequence[Unit]:
        """Give the counties, cities and provinces of this name: full, short or former."""
        return self._above.get(name, ())

    def heads(self, text: str, at: int = 0) -> Iterator[str]:
        """Give the names of counties, cities and provinces that begin here, the longest first."""
        for name in self._heads.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                yield name

    def places_in(self, text: str) -> Iterator[Mention]:
        """Find counties, cities and provinces in a text, the longest at each place."""
        end = 0
        for found in self._may_begin.finditer(text):
            at = found.start()
            if at >= end and (name := next(self.heads(text, at), None)):
                yield Mention(at, name, tuple(self._above[name]), self.is_full(name))
                end = at + len(name)

    def is_full(self, name: str) -> bool:
        """Tell whether a name of a county, city or province is printed with its kind."""
        return name in self._full

    def unit(self, code: str) -> Unit | None:
        """Give the unit of a code; None where the code is unknown or nobody says its name."""
        return self._units.get(code)

    def townships_of(self, county_code: str) -> tuple[str, ...]:
        """Give the names of the townships of a county, without their offices."""
        return self._townships.get(county_code, ())

    @cached_property
    def _townships(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for code, unit in self._units.items():
            if unit.level == "township":
                found.setdefault(code[:6], []).append(own_name(unit.name))
        return {county: tuple(names) for county, names in found.items()}

    def all_names(self) -> Iterable[str]:
        """Give every official name once."""
        return self._by_name.keys()

    def by_pinyin(self, letters: str) -> frozenset[str]:
        """Give the codes of counties, cities and provinces whose name reads like this.

        >>> d = Divisions([{"code": "45", "name": "广西壮族自治区"}],
        ...     [{"code": "4503", "name": "桂林市"}], [{"code": "450321", "name": "阳朔县"}], [])
        >>> d.by_pinyin("yangshuo"), d.by_pinyin("yangshuoxian")
        (frozenset({'450321'}), frozenset({'450321'}))
        """
        return self._pinyin.get(letters, frozenset())

    @cached_property
    def _pinyin(self) -> Mapping[str, frozenset[str]]:
        """Every reading of every short and full name; a name with odd readings has several."""
        found: dict[str, set[str]] = {}
        for name, units in self._above.items():
            if len(name) > _MOST_SYLLABLES:
                continue
            codes = {unit.code for unit in units}
            for syllables in product(*(readings(char) for char in name)):
                letters = "".join(syllables)
                for spelling in {letters, letters.replace("v", "u")}:
                    found.setdefault(spelling, set()).update(codes)
        return {letters: frozenset(codes) for letters, codes in found.items()}


def _beginning_like(heads: Iterable[str]) -> re.Pattern[str]:
    """Find where a name may begin, by its first two characters: few places of a text."""
    first, second = ("".join({head[at : at + 1] for head in heads}) for at in (0, 1))
    if not second:
        return re.compile("(?!)")
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def _codes_by(rows: Rows, column: str) -> Mapping[str, tuple[str, ...]]:
    return {row[column]: tuple(row["division_codes"].split(";")) for row in rows}
