"""What an export is restricted to: counties and years as typed, found in the warehouse."""

from collections.abc import Sequence
from typing import NamedTuple

import duckdb
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from flows.exceptions import RequestError
from sql import exports
from sql.exports import County

_MOST_NAMED = 5
# Two names of three characters with two in common are likelier than this.
_LIKENESS = 0.7


class Scope(NamedTuple):
    """The counties and years wanted; none means all."""

    counties: tuple[County, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def only(self) -> dict[str, tuple[str | int, ...]]:
        """The values wanted, by the column they stand in."""
        codes = tuple(county.code for county in self.counties)
        return {exports.COUNTY: codes, exports.YEAR: self.years}


def find_scope(
    con: duckdb.DuckDBPyConnection, counties: Sequence[str], years: Sequence[int]
) -> Scope:
    """Find counties, given by name or code, and years, in the warehouse.

    Raises RequestError for a county that is unknown or one of several, and for a year that no
    current report is for.
    """
    known = exports.counties(con) if counties else ()
    found = {_find_county(text.strip(), known) for text in counties}
    _require_reports(sorted(set(years)), exports.report_years(con))
    return Scope(tuple(sorted(found)), tuple(sorted(set(years))))


def _find_county(text: str, known: Sequence[County]) -> County:
    """Find a county by its code, its name, or its name behind those of city or province."""
    found = [county for county in known if text in _names(county)]
    if len(found) == 1:
        return found[0]
    if found:
        message = (
            f"{text} is the name of {len(found)} counties: give the code of one, {_listed(found)}"
        )
        raise RequestError(message)
    near = _near(text, known)
    advice = f"did you mean {_listed(near)}?" if near else "give its full name or its code"
    message = f"no county {text!r} in the divisions: {advice}"
    raise RequestError(message)


def _names(county: County) -> tuple[str, ...]:
    city, province, name = county.city_name, county.province_name, county.name
    return county.code, name, f"{city}{name}", f"{province}{name}", county.path


def _near(text: str, known: Sequence[County]) -> list[County]:
    """Give the counties of the likest names; one that holds the text whole is liker than others."""
    inside = [county for county in known if text and text in county.path][:_MOST_NAMED]
    if inside:
        return inside
    names = [county.name for county in known]
    likest = process.extract(
        text, names, scorer=JaroWinkler.similarity, limit=_MOST_NAMED, score_cutoff=_LIKENESS
    )
    return [known[index] for _, _, index in likest]


def _listed(counties: Sequence[County]) -> str:
    return ", ".join(f"{county.code} {county.path}" for county in counties)


def _require_reports(years: Sequence[int], reported: Sequence[int]) -> None:
    missing = [str(year) for year in years if year not in reported]
    if missing:
        there = ", ".join(map(str, reported)) or "none"
        message = (
            f"no reports for {', '.join(missing)} in the warehouse: years with reports: {there}"
        )
        raise RequestError(message)
