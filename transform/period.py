"""For which year a report is, which days it covers, and when it was published."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transform.dates import Span
from transform.period_published import UPDATED, Published, published_on
from transform.period_span import stated_span
from transform.period_year import LEAST, Year, weigh
from transform.records import Finding, Period

_DATE_CALLED = ("发布日期", "发布日期", "成文日期", "落款日期", "更新日期")
_LONGEST_QUOTE = 80


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
    period = Period(year.year, start, end, published.date if published else None)
    findings = [
        *_missing(year, published),
        *_contradiction(year, stated.span, published),
        *_unreadable(stated.unreadable if stated.span is None else None),
    ]
    return Dated(period, tuple(findings))


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
