"""The file of sources (`sources.toml`): what to fetch, and with which manners."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from flows.exceptions import FetchError, SourcesError
from flows.fetch.manners import Manners
from flows.fetch.urls import clean_url

_MOST_FOLLOWED = 20
_HEADING = re.compile(r"^[ \t]*\[\[[ \t]*source[ \t]*\]\]", re.MULTILINE)
_CONTACT = re.compile(r"[!-~ ]{0,200}")
_SOURCE_KEYS = ("url", "follow", "follow_max", "keep")


class Source(NamedTuple):
    """One page or attachment; `follow` picks links of a page, `keep` puts it into the inbox."""

    url: str
    follow: re.Pattern[str] | None = None
    follow_max: int = _MOST_FOLLOWED
    keep: bool = True


class SourceList(NamedTuple):
    """The file as a whole."""

    manners: Manners
    sources: tuple[Source, ...]


# The least that makes sense; of times nothing has an upper bound.
_LEAST: Mapping[str, float] = {
    "delay": 0,
    "timeout": 0.001,
    "total_time": 0.001,
    "max_bytes": 1,
    "retries": 0,
    "back_off": 0,
    "longest_wait": 0,
    "hosts_at_once": 1,
}
_MOST_HOSTS = 64


def read_sources(path: Path) -> SourceList:
    """Read the file; raises SourcesError naming the line or entry, and OSError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        raise SourcesError(path, "", "is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(path, "", f"is no TOML: {error}") from None
    entries = table.pop("source", None)
    if not isinstance(entries, list) or not entries:
        raise SourcesError(path, "", "names no source; begin each with the line [[source]]")
    manners = _manners(table, path)
    return SourceList(manners, tuple(_sources(entries, _lines(text, len(entries)), path)))


def _lines(text: str, count: int) -> list[str]:
    """Say where the entries stand; they may be written without a line of their own each."""
    lines = [text.count("\n", 0, match.start()) + 1 for match in _HEADING.finditer(text)]
    if len(lines) != count:
        return [f"source {number}" for number in range(1, count + 1)]
    return [f"source {number} (line {line})" for number, line in enumerate(lines, 1)]


def _manners(table: Mapping[str, object], path: Path) -> Manners:
    known = {field.name: type(field.default) for field in fields(Manners)}
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in known:
            expected = ", ".join((*known, "[[source]]"))
            raise SourcesError(path, key, f"is not known here; there are {expected}")
        values[key] = _setting(key, value, known[key], path)
    return Manners(**values)  # type: ignore[arg-type]


def _setting(key: str, value: object, kind: type, path: Path) -> object:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not kind:
        words = {float: "a number", int: "a whole number", bool: "true or false", str: "a text"}
        raise SourcesError(path, key, f"must be {words[kind]}")
    if isinstance(value, str) and not _CONTACT.fullmatch(value):
        raise SourcesError(path, key, "must be a short address in ASCII: it is sent to every host")
    if isinstance(value, float | int) and not _LEAST.get(key, 0) <= value < float("inf"):
        raise SourcesError(path, key, f"must be {_LEAST[key]:g} or more")
    if key == "hosts_at_once" and isinstance(value, int) and value > _MOST_HOSTS:
        raise SourcesError(path, key, f"must be {_MOST_HOSTS} or less")
    return value


def _sources(entries: list[object], places: list[str], path: Path) -> Iterator[Source]:
    seen: dict[str, str] = {}
    for entry, place in zip(entries, places, strict=True):
        if not isinstance(entry, dict):
            raise SourcesError(path, place, "must be a table that begins with [[source]]")
        source = _source(entry, place, path)
        if earlier := seen.get(source.url):
            raise SourcesError(path, place, f"has the url of {earlier}; keep one of them")
        seen[source.url] = place
        yield source


def _source(entry: Mapping[str, object], place: str, path: Path) -> Source:
    unknown = [key for key in entry if key not in _SOURCE_KEYS]
    if unknown:
        known = ", ".join(_SOURCE_KEYS)
        raise SourcesError(path, place, f"has {unknown[0]}, which is not known; there are {known}")
    url, most, keep = entry.get("url"), entry.get("follow_max", _MOST_FOLLOWED), entry.get("keep")
    if not isinstance(url, str):
        raise SourcesError(path, place, "lacks url")
    if type(most) is not int or most < 1:
        raise SourcesError(path, place, "has follow_max that is no number from 1 on")
    if keep not in (None, True, False):
        raise SourcesError(path, place, "has keep that is neither true nor false")
    follow = _pattern(entry.get("follow"), place, path)
    if not follow and ("follow_max" in entry or keep is False):
        raise SourcesError(path, place, "has follow_max or keep = false without follow")
    try:
        return Source(str(clean_url(url)), follow, most, keep is not False)
    except FetchError as error:
        raise SourcesError(path, place, f"has a url that cannot be fetched: {error}") from None


def _pattern(text: object, place: str, path: Path) -> re.Pattern[str] | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise SourcesError(path, place, "has follow that is no text")
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise SourcesError(
            path, place, f"has follow that is no regular expression: {error}"
        ) from None
