"""The days a report covers (统计期限), out of the sentence that states them."""

import datetime
import re
from itertools import islice
from typing import NamedTuple

from transform.dates import YEAR_SIGNS, Span, fold, read_span

# The sentence names itself: 本报告所列数据的统计期限自……; 统计时间 may also name something else.
# (Patterns here begin with one set of signs, over which the search runs fast.)
_NAME = re.compile(
    r"[统数报](?:"
    r"(?P<surely>计(?:数据)?的?(?:期限|时限|时段|周期|区间|期间|时间跨度|跨度|年限)|据的?(?:期限|时限)|告(?:期限|时限))"
    r"|(?:计|据)[^\d。;；,，\n]{0,6}?(?:时间|范围|起止|(?=截[至止])))"
)
# Without a name only a whole year from 1 January is sure to be the period of the report.
_NEW_YEAR = re.compile(rf"{YEAR_SIGNS}\s*年?\s*度?\s*[0０]?[1１一元l]\s*月\s*[0０]?[1１一l]\s*日")
# Nor is a damaged one without a name, but where the report says that this is what it covers.
_COVERED = re.compile(
    r"涵盖[^\d。；;，,\n]{0,20}(?P<run>20\d[\d年月日自从至到\-—~起止\s]{4,30}?)(?:期间|的)"
)
_WINDOW = 90
# A report states its period once or twice; what repeats it without end is no report.
_MOST_STATEMENTS = 20
_FILLER = r"[^\d。;]{0,16}?"
_RUN = re.compile(
    rf"(?P<filler>{_FILLER})"
    r"(?P<run>(?:截[至止])?[上去前次翌明本当同该全年度]*\d"
    r"(?:[\d年月日度起始止截至到从自—―─~〜./\-上去前次翌明本当同该全]|[,、](?=[至到截]))*)"
)
# A form that was never filled in: 自  年  月  日起.
_UNFILLED = re.compile(rf"{_FILLER}(?:自|从|为|:)年月日")
_BROKEN = re.compile(r"20\d|月")


class Stated(NamedTuple):
    """The period, and the sentence that states one but cannot be read."""

    span: Span | None = None
    unreadable: str | None = None


def stated_span(text: str, year: int | None = None) -> Stated:
    """Read the first readable statement of the period; `year` is the one 本年度 means.

    >>> stated_span("统计期限自2021年1月1日起至12月31日止。").span
    Span(start=datetime.date(2021, 1, 1), end=datetime.date(2021, 12, 31))
    """
    unreadable = None
    for name in islice(_NAME.finditer(text), _MOST_STATEMENTS):
        window = text[name.end() : name.end() + _WINDOW]
        if span := _span_in(window, year):
            return Stated(span)
        if not unreadable and name["surely"] and _states_days(window):
            unreadable = name[0] + window.split("。")[0]
    for new_year in islice(_NEW_YEAR.finditer(text), _MOST_STATEMENTS):
        span = _span_in(text[new_year.start() : new_year.start() + _WINDOW], year)
        if span and _is_whole_year(span):
            return Stated(span)
    if (covered := _COVERED.search(text)) and (span := _span_in(covered["run"], year)):
        return Stated(span) if _is_whole_year(span) else Stated(None, unreadable)
    return Stated(None, unreadable)


def _span_in(window: str, year: int | None) -> Span | None:
    folded = fold(window)
    # A blank between digits parts numbers (12月31 2021年我镇), or was blown in (1 2月31日).
    for text in dict.fromkeys([folded, folded.replace(" ", "")]):
        if (match := _RUN.match(text)) and (span := read_span(match["run"].rstrip("./-"), year)):
            return span
    return None


def _states_days(window: str) -> bool:
    folded = fold(window).replace(" ", "")
    match = _RUN.match(folded)
    return bool(match and _BROKEN.search(match["run"])) or bool(_UNFILLED.match(folded))


def _is_whole_year(span: Span) -> bool:
    first, last = datetime.date(span.end.year, 1, 1), datetime.date(span.end.year, 12, 31)
    return span == (first, last)
