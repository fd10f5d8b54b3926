"""Townships with the names of what they lie in, from `data/reference/divisions`."""

import csv
from functools import cache
from typing import NamedTuple

from benchmarks.corpus.template import REFERENCE

# Levels that exist in the code only; no one prints them (note of the divisions data).
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Place(NamedTuple):
    """A township-level unit; `city_name` is None where the level is a placeholder."""

    code: str
    township_name: str
    county_name: str
    city_name: str | None
    province_name: str


def _names(level: str) -> dict[str, str]:
    path = REFERENCE / "divisions" / f"{level}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def places() -> dict[str, Place]:
    """Give all township-level units by 9-digit code, in the order of the codes' file."""
    counties, cities, provinces = (_names(n) for n in ("counties", "cities", "provinces"))
    found = {}
    for code, name in _names("townships").items():
        city = cities[code[:4]]
        city_name = None if city in PLACEHOLDERS else city
        found[code] = Place(code, name, counties[code[:6]], city_name, provinces[code[:2]])
    return found
