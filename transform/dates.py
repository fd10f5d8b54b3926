"""Dates and years as damaged Chinese text prints them: lost 年月日, letters for digits, 二〇二一年.

Text is folded first (`fold`), so that everything behind it sees Arabic digits, 年, 月, 日 and few
other signs. A run of digits that lost its 年月日 is cut in every way there is and read only if
exactly one way gives a date: a wrong date is worse than none.
"""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# For patterns on text that is not folded: what stands for the first digits and any digit of a year.
YEAR_SIGNS = r"[2２二]\s?[0０〇○◯零OoＯ](?:\s?[0-9０-９〇○◯零OoＯlI一二三四五六七八九]){2}"

_YEAR = re.compile(r"(?<!\d)[2二][0〇○◯零Oo][0-9〇○◯零OolI一二三四五六七八九]{2}")
_YEAR_DIGITS = str.maketrans("二〇○◯零Oo一三四五六七八九lI", "20000001345678911")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日曰号目至\-])")
_UNITS = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
_LETTER_ONE = re.compile(r"(?<=[\d年月至\-./])[lI]|[lI](?=[\d年月日])")
_LETTER_ZERO = re.compile(r"(?<=\d)[Oo〇○◯]|[Oo〇○◯](?=\d)")
_DAY_SIGN = re.compile(r"(?<=\d)[曰号目]")
_FIRST_MONTH = re.compile(r"[元正](?=月)")
# A blank between two digits parts two numbers (2022-01-20 10:26); any other blank says nothing.
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
# In a title set wide its year is spaced too: 2 0 2 4 年.
_SPACED_YEAR = re.compile(r"(?<!\d)2\s?0\s?\d\s?\d(?=\s?年)")
_HYPHENS = str.maketrans("–‐‑−", "----")

_TO = re.compile(r"[-至]*(?:截[至止]|[至到—―─~〜]|--)+[-至]*")
_SAME_YEAR = re.compile(r"(?:[本当同该]年度?|全年度?)(?=\d|$)")
_EDGES = re.compile(r"[自从由起始止,、:。]")
_WHOLE_YEAR = re.compile(r"(20\d\d)年(?:度|全年度?|度全年)?")
_PRINTED = re.compile(r"(20\d\d)([年./\-])(\d{1,2})([月./\-])(\d{1,2})(?!\d)日?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?!\d)")

# Every way to cut signs into a year (or none), a month, and a day (or none). 年月日 may be lost;
# where a point, stroke or hyphen parts the year it parts the month too (2021-11 is no 1 January).
_YEAR_AND_MONTH_SIGN = (
    (r"(?P<year>20\d\d)(?:年度?)?", "月?"),
    (r"(?P<year>20\d\d)(?P<sign>[./\-])", "(?P=sign)"),
    (r"(?P<year>)", r"[月./\-]?"),
)
_CUTS = [
    re.compile(
        rf"{year}(?P<month>\d{{{month}}})"
        + (rf"{month_sign}(?P<day>\d{{{day}}})日?" if day else r"月(?P<day>)")
    )
    for year, month_sign in _YEAR_AND_MONTH_SIGN
    for month in (1, 2)
    for day in (0, 1, 2)
]
_BARE_MONTH = re.compile(r"(?:(20\d\d)年?)?(\d\d?)")


class Span(NamedTuple):
    """First and last day of a period; the first is unset where only 截至 is printed."""

    start: datetime.date | None
    end: datetime.date


class Reading(NamedTuple):
    """One way to read an end of a period; the year or the day may not be printed."""

    year: int | None
    month: int
    day: int | None


def fold(text: str) -> str:
    """Write a few words of text with plain digits and without blanks that say nothing.

    >>> fold("二〇二一年十二月三十一曰"), fold("2 0 2 1 年 3 月ｌ日"), fold("2O22-01-20 10:26")
    ('2021年12月31日', '2021年3月1日', '2022-01-20 10:26')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    plain = _SPACED_YEAR.sub(lambda match: "".join(match[0].split()), plain)
    plain = _YEAR.sub(lambda match: match[0].translate(_YEAR_DIGITS), _BLANK.sub("", plain))
    plain = _FIRST_MONTH.sub("1", plain)
    plain = _NUMERAL.sub(lambda match: str(_number(match[0]) or match[0]), plain)
    plain = _LETTER_ONE.sub("1", plain)
    return _DAY_SIGN.sub("日", _LETTER_ZERO.sub("0", plain))


def read_date(folded: str) -> datetime.date | None:
    """Read a date that all of the text is: the only one it can be cut into, else None.

    >>> read_date("2021926日"), read_date("2022111日")
    (datetime.date(2021, 9, 26), None)
    """
    found = {
        date
        for reading in _readings(folded)
        if reading.day and (date := _date(reading.year, reading.month, reading.day))
    }
    return found.pop() if len(found) == 1 else None


def leading_date(folded: str, *, allow_compact: bool = False) -> datetime.date | None:
    """Read the date the text begins with, its parts kept apart by signs (or 20220120)."""
    match = _PRINTED.match(folded)
    if match and (match[2] == "年") == (match[4] == "月"):
        return _date(int(match[1]), int(match[3]), int(match[5]))
    if allow_compact and (match := _COMPACT.match(folded)):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    return None


def read_span(folded: str, year: int | None = None) -> Span | None:
    """Read a period that all of the text is; `year` is the one meant by 本年度 and by nothing.

    >>> read_span("202111日起至20211230日止")
    Span(start=datetime.date(2021, 1, 1), end=datetime.date(2021, 12, 30))
    >>> read_span("2021111日至1231日") is None
    True
    """
    text = _SAME_YEAR.sub("", _EDGES.sub("", _TO.sub("至", folded)))
    if whole := _WHOLE_YEAR.fullmatch(text):
        return Span(datetime.date(int(whole[1]), 1, 1), datetime.date(int(whole[1]), 12, 31))
    if text.startswith("至"):
        end = read_date(_to_first_day(text[1:]))
        return Span(None, end) if end else None
    found = {
        span for left, right in _halves(text) for span in _spans(left, _to_first_day(right), year)
    }
    span = found.pop() if len(found) == 1 else None
    # Bare digits with nothing between two dates are too easily one date or none; only a span from
    # 1 January into December cannot be.
    is_bare = not re.search("[-至]", text) and text.count("月") < 2
    if span and is_bare and f"{span.start:%m%d} {span.end:%m}" != "0101 12":
        return None
    return span


def _number(signs: str) -> int | None:
    """Give 十二, 二十, 三十一 as numbers; None for what is no number below a hundred."""
    tens, ten, units = signs.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or (not ten and len(signs) > 1):
        return None
    return (_UNITS.get(tens, 1) * 10 if ten else 0) + _UNITS.get(units, 0)


def _to_first_day(text: str) -> str:
    """Drop what follows the last day of a period."""
    head, sign, _ = text.partition("日")
    return head + sign


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Give every way to part a period into its two ends."""
    if "至" in text:
        left, _, right = text.partition("至")
        yield left, right
        return
    if "-" in text:
        for at, sign in enumerate(text):
            if sign == "-":
                yield text[:at], text[at + 1 :]
        return
    for at in range(1, len(text)):
        yield text[:at], text[at:]


def _readings(text: str) -> Iterator[Reading]:
    for cut in _CUTS:
        if match := cut.fullmatch(text):
            year, month, day = (
                int(part) if part else None for part in match.group("year", "month", "day")
            )
            if month and 1 <= month <= 12 and day != 0:
                yield Reading(year, month, day)


def _spans(left: str, right: str, year: int | None) -> Iterator[Span]:
    """Give every valid period between two ends."""
    ends = list(_readings(right))
    starts = list(_readings(left))
    # 1-12月: the first month borrows its sign from the last.
    bare = _BARE_MONTH.fullmatch(left)
    if bare and any(end.day is None for end in ends) and 1 <= int(bare[2]) <= 12:
        starts.append(Reading(int(bare[1]) if bare[1] else None, int(bare[2]), None))
    for start in starts:
        first = _date(start.year or year, start.month, start.day or 1)
        for end in ends:
            last_year = end.year or start.year or year
            last = _date(last_year, end.month, end.day or _last_day(last_year, end.month))
            if first and last and first < last:
                yield Span(first, last)


def _last_day(year: int | None, month: int) -> int:
    return calendar.monthrange(year, month)[1] if year else 0


def _date(year: int | None, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year or 0, month, day)
    except ValueError:
        return None
