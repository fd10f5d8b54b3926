"""The administrative divisions as an index: which units have a name, and what lies above them.

Source: statistical division codes of the National Bureau of Statistics as of 2023-06-30 (see
`data/reference/divisions`). Codes are nested: township 9 digits, county 6, city 4, province 2.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

# Levels that exist only in the code table; nobody says them.
_PLACEHOLDERS = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
_KINDS = r"(?:特别行政区|自治[区州县旗]|[省市区县州盟旗]|地区|林区|新区)$"
# The 55 recognised minorities (GB/T 3304-1991) as they stand in the names of autonomous areas.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|"
    "东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|"
    "俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_ENDINGS = (re.compile(rf"(?:(?:{_PEOPLES})族?)+自治[区州县旗]$"), re.compile(_KINDS))

Rows = Sequence[Mapping[str, str]]


class Unit(NamedTuple):
    """One division of any level with the names above it; names nobody says are None."""

    code: str
    name: str
    level: str
    county_name: str | None
    city_name: str | None
    province_name: str


def short_name(name: str) -> str:
    """A name without its kind: 尧都区 is 尧都; too short a rest keeps the whole name.

    >>> short_name("尧都区"), short_name("吉县"), short_name("大厂回族自治县")
    ('尧都', '吉县', '大厂')
    >>> short_name("内蒙古自治区"), short_name("新疆维吾尔自治区")
    ('内蒙古', '新疆')
    """
    shorts = (ending.sub("", name) for ending in _ENDINGS)
    return next((short for short in shorts if len(short) >= 2 and short != name), name)


class Divisions:
    """Look-up of divisions by name."""

    def __init__(self, provinces: Rows, cities: Rows, counties: Rows, townships: Rows) -> None:
        self._provinces = {row["code"]: row["name"] for row in provinces}
        self._cities = {row["code"]: row["name"] for row in cities}
        self._counties = {row["code"]: row["name"] for row in counties}
        self._by_name: dict[str, list[Unit]] = {}
        for code, name in self._provinces.items():
            self._add(code, name, "province")
        for code, name in self._cities.items():
            self._add(code, name, "city")
        for code, name in self._counties.items():
            self._add(code, name, "county")
        for row in townships:
            self._add(row["code"], row["name"], "township")
        self._longest = max(map(len, self._by_name), default=0)

    def _add(self, code: str, name: str, level: str) -> None:
        if name in _PLACEHOLDERS:
            return
        unit = Unit(
            code,
            name,
            level,
            self._said(self._counties.get(code[:6])) if level in {"county", "township"} else None,
            self._said(self._cities.get(code[:4])) if level != "province" else None,
            self._provinces[code[:2]],
        )
        self._by_name.setdefault(name, []).append(unit)

    @staticmethod
    def _said(name: str | None) -> str | None:
        return None if name in _PLACEHOLDERS else name

    def named(self, name: str) -> Sequence[Unit]:
        """Give every unit of exactly this name, of any level."""
        return self._by_name.get(name, ())

    def all_names(self) -> Iterable[str]:
        """Give every official name once."""
        return self._by_name.keys()

    def mentions(self, text: str) -> Iterator[tuple[int, str]]:
        """Give (position, name) of the official names in a text, the longest at each place."""
        at = 0
        while at < len(text):
            for length in range(min(self._longest, len(text) - at), 1, -1):
                if text[at : at + length] in self._by_name:
                    yield at, text[at : at + length]
                    at += length
                    break
            else:
                at += 1
