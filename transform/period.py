"""For which year a report is, which days it covers, and when it was published."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transform.dates import Span, fold
from transform.period_published import UPDATED, Published, published_on
from transform.period_span import stated_span
from transform.period_year import LEAST, Year, weigh
from transform.records import Finding, Period

_DATE_CALLED = ("发布日期", "发布日期", "成文日期", "落款日期", "更新日期")
_LONGEST_QUOTE = 80
# A title that says so; 1-12月 is the year.
_PART = re.compile(
    r"[上下]半年|(?:前?[一二三四两1-4]个?|第[一二三四1-4])季度"
    r"|(?<!\d)(?!0?1月?(?:份)?[-—–~～至到]+12月)\d{1,2}月?(?:份)?[-—–~～至到]+\d{1,2}月(?!\d)(?:份)?"
    r"|(?<=年)\d{1,2}月份?(?=政府|政务|信息)"
)
_WHOLE = re.compile("全年|年终")
_FIRST_LINES = 3
_LONGEST_TITLE = 60
# Less than eleven months and a day; a last day that is somewhat off is a slip of the pen.
_LEAST_DAYS = 335


class Dated(NamedTuple):
    """The period, and findings where years are missing or contradict each other."""

    period: Period
    findings: tuple[Finding, ...]


def read_period(
    title: str | None,
    paragraphs: Sequence[str],
    metadata: Iterable[tuple[str, str]],
    *,
    source_path: str = "",
    cells: Sequence[str] = (),
) -> Dated:
    """Read year, period and date of publication, each with its own evidence.

    `cells` are those of tables beside the report that may hold dates (索引号, 发布日期).
    """
    metadata = list(metadata)
    text = "\n".join(paragraphs)
    published = published_on(paragraphs, text, metadata, cells)
    stated = stated_span(text)
    year = weigh(title, text, stated.span, published, metadata, source_path)
    if stated.span is None and year.year:
        stated = stated_span(text, year.year)
    start, end = stated.span or (None, None)
    part = _part_in_title(title, paragraphs, metadata)
    is_too_early = _is_before_year_end(stated.span, published)
    # Half a year's figures are no year's: they must not be compared as such.
    is_no_year = bool(part or is_too_early)
    own_year = None if is_no_year else year.year
    period = Period(own_year, start, end, published.date if published else None)
    findings = [
        *_part_of_year(part, stated.span, is_no_year),
        *(() if is_no_year else _missing(year, published)),
        *_contradiction(year, stated.span, published),
        *_unreadable(stated.unreadable if stated.span is None else None),
    ]
    return Dated(period, tuple(findings))


def _part_in_title(
    title: str | None, paragraphs: Sequence[str], metadata: Sequence[tuple[str, str]]
) -> str | None:
    """Give the part of a year that a title names, or a first line where there is no title."""
    lines = [line for line in paragraphs[:_FIRST_LINES] if len(line) <= _LONGEST_TITLE]
    page_titles = [value for name, value in metadata if name.endswith("title")]
    for line in [title] if title else [*page_titles, *lines]:
        part = _PART.search(fold(line)) if "公开" in line and not _WHOLE.search(line) else None
        if part:
            return part[0]
    return None


def _is_short(span: Span | None) -> bool:
    return bool(span and span.start and (span.end - span.start).days < _LEAST_DAYS)


def _is_before_year_end(span: Span | None, published: Published | None) -> bool:
    """Tell whether a report of less than a year was out before that year had ended."""
    if span is None or published is None or published.rank == UPDATED or not _is_short(span):
        return False
    return published.date < datetime.date(span.end.year, 12, 1)


def _part_of_year(part: str | None, span: Span | None, is_no_year: bool) -> Iterator[Finding]:
    """Say that the figures are not those of a whole year, and whether they still stand for it."""
    if not is_no_year and not _is_short(span):
        return
    stated = f"统计期限为{span.start}至{span.end}" if span and span.start else ""
    said = "，".join(filter(None, [f"标题写明“{part}”" if part else "", stated]))
    follows = "不计为任何一年的年度报告" if is_no_year else "数字不是全年的"
    yield Finding("period_not_a_year", f"{said}，不满一年，{follows}。", actual=part)


def _missing(year: Year, published: Published | None) -> Iterator[Finding]:
    """Say that the report states no year, and what stands in for it."""
    if year.is_stated:
        return
    message = "标题、正文和统计期限都没有写明报告年度"
    if year.year is None:
        yield Finding("year_missing", f"{message}。")
        return
    sources = [said.source for said in year.said if said.year == year.year]
    if published and not sources:
        # 条例 第四十九条: a year's report is published in the first months of the next.
        basis = f"只能由{_day(published)}推定为{year.year}年（上一年度的报告在次年年初公布）"
    else:
        basis = f"暂按{'、'.join(sources)}计为{year.year}年"
    yield Finding("year_missing", f"{message}，{basis}。", actual=str(year.year))


def _contradiction(year: Year, span: Span | None, published: Published | None) -> Iterator[Finding]:
    """Say what every source says where they differ, or where the date cannot be."""
    others = [said.year for said in year.said if said.year != year.year and said.weight >= LEAST]
    too_early = year.year and _is_too_early(year.year, span, published)
    if year.year is None or not (others or too_early):
        return
    said = [f"{said.source}写{said.year}年" for said in year.said if said.weight >= LEAST]
    if published:
        said.append(_day(published, "写"))
    yield Finding(
        "year_contradiction",
        f"{'，'.join(said)}；报告年度按{year.year}年计。",
        expected=str(year.year),
        actual="、".join(map(str, dict.fromkeys(others))) or None,
    )


def _is_too_early(year: int, span: Span | None, published: Published | None) -> bool:
    """Tell whether the report was out before the last month it reports on."""
    if published is None or published.rank == UPDATED:
        return False
    end = span.end if span else datetime.date(year, 12, 31)
    return published.date < end.replace(day=1)


def _unreadable(sentence: str | None) -> Iterator[Finding]:
    if sentence:
        message = f"统计期限读不出起止日期：{sentence[:_LONGEST_QUOTE]}"
        yield Finding("period_unreadable", message, evidence=sentence)


def _day(published: Published, verb: str = "") -> str:
    date = published.date
    return f"{_DATE_CALLED[published.rank]}{verb}{date.year}年{date.month}月{date.day}日"
