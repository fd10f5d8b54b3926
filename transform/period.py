"""For which year a report is, which days it covers, and when it was published."""

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transform.records import Finding, Period

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九Oo", "000123456789" + "00")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_CHINESE_YEAR = re.compile(r"[二2][〇○零Oo0][〇○零Oo0一二三四五六七八九\d]{2}(?=年)")
_PERIOD = re.compile(r"(20\d\d)年?(1)月?(1)日?起?[至到—–~-]+(?:(20\d\d)年?)?(12)月?(31)日?")
_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_SIGNED = re.compile(rf"\s*{_DATE.pattern}\s*")
_PUBLISHED = re.compile(rf"(?:发布|公开|成文|印发)(?:时间|日期)[:：\s]*{_DATE.pattern}")
_PUBLISHED_META = frozenset(["pubdate", "publishdate", "firstpublishedtime", "createdate"])

# Evidence for the year: what the title says counts more than the period, the body less.
_TITLE_WEIGHT = 3.0
_PERIOD_WEIGHT = 2.0
_BODY_WEIGHT = 1.5


class Dated(NamedTuple):
    """The period, and findings where years are missing or contradict each other."""

    period: Period
    findings: tuple[Finding, ...]


def read_period(
    title: str | None, paragraphs: Sequence[str], metadata: Iterable[tuple[str, str]]
) -> Dated:
    """Weigh every year the document states for itself."""
    lines = [_plain(line) for line in paragraphs]
    text = "\n".join(lines)
    span = _PERIOD.search(re.sub(r"\s", "", text))
    start = datetime.date(int(span[1]), 1, 1) if span else None
    end = datetime.date(int(span[4] or span[1]), 12, 31) if span else None
    title_year = _first_year(_plain(title or ""))
    votes: Counter[int] = Counter()
    if title_year:
        votes[title_year] += _TITLE_WEIGHT  # type: ignore[assignment]
    if end:
        votes[end.year] += _PERIOD_WEIGHT  # type: ignore[assignment]
    spoken = Counter(map(int, _YEAR.findall(text))).most_common(1)
    if spoken:
        votes[spoken[0][0]] += _BODY_WEIGHT  # type: ignore[assignment]
    published = _published(lines, metadata)
    if not votes:
        finding = Finding("year_missing", "标题和正文都没有写明报告年度。")
        return Dated(Period(None, start, end, published), (finding,))
    year = votes.most_common(1)[0][0]
    findings = _contradiction(title_year, end.year if end else None)
    return Dated(Period(year, start, end, published), findings)


def _plain(text: str) -> str:
    """Fold full-width forms, and a year written in Chinese digits into Arabic ones."""
    folded = unicodedata.normalize("NFKC", text)
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), folded)


def _first_year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def _contradiction(title: int | None, period: int | None) -> tuple[Finding, ...]:
    if title is None or period is None or title == period:
        return ()
    return (
        Finding(
            "year_contradiction",
            f"标题写{title}年，统计期限写{period}年。",
            expected=str(title),
            actual=str(period),
        ),
    )


def _published(lines: Sequence[str], metadata: Iterable[tuple[str, str]]) -> datetime.date | None:
    """The page's own date, else one stated as such, else the date under the signature."""
    for name, content in metadata:
        if name in _PUBLISHED_META and (match := _DATE.search(content)):
            return _date(match)
    for line in lines:
        if match := _PUBLISHED.search(line):
            return _date(match)
    for line in reversed(lines[-6:]):
        if match := _SIGNED.fullmatch(line):
            return _date(match)
    return None


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
