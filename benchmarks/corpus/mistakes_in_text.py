"""Mistakes in the prose, in years and in what came out twice, each where its rule must find it."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.spoiling import Mistake, Planted, figures_of, sequel

_RECEIVED = re.compile(r"(申请)[0-9]+(件)")
_ASKED_FOR = {1: "一、总体情况", 5: "五、存在的主要问题及改进情况"}
_SAID_NOTHING = ((), ("无。",), ("暂无",), ("本年度无。",))
_OTHER_MATTERS = ("无其他需要报告的事项。", "本年度没有其他需要报告的事项。", "无。")


def _with_section(report: KnownReport, number: int, texts: Iterable[str]) -> KnownReport:
    sections = list(report.sections)
    sections[number - 1] = tuple(texts)
    return replace(report, sections=tuple(sections))


def _prose_against_table(random: Random, report: KnownReport) -> Planted:
    """Let the prose state more requests than the table, those carried in among them or not."""
    figures = figures_of(report)
    new, carried = (figures[f"requests.{row}", "total"] for row in ("received_new", "carried_in"))
    stated = new + carried + random.randint(1, 30)
    texts = (_RECEIVED.sub(rf"\g<1>{stated}\g<2>", text) for text in report.sections[0])
    wrong = _with_section(report, 1, texts)
    return Planted("prose_against_table", (wrong,), "requests.received_new", "total")


def _parts(random: Random, report: KnownReport) -> Planted:
    """Part a total into more than it."""
    parts = [random.randint(3, 160) for _ in range(3)]
    total = sum(parts) - random.randint(1, 2)
    first, second, third = parts
    text = (
        f"（一）主动公开。本年度共发布各类信息{total}条，其中：工作动态{first}条、"
        f"公示公告{second}条、惠民政策{third}条。"
    )
    others = (text for text in report.sections[0] if not text.startswith("（一）"))
    return Planted("parts_exceed_total", (_with_section(report, 1, (text, *others)),))


def _empty_section(random: Random, report: KnownReport) -> Planted | None:
    """Only the format of 2021 asks for content."""
    if report.format != "2021":
        return None
    number = random.choice(list(_ASKED_FOR))
    wrong = _with_section(report, number, random.choice(_SAID_NOTHING))
    return Planted("section_empty", (wrong,), evidence=_ASKED_FOR[number])


def _fees(random: Random, report: KnownReport) -> Planted | None:
    """Only the format of 2021 asks for them."""
    if report.format != "2021":
        return None
    return Planted("fees_not_stated", (_with_section(report, 6, (random.choice(_OTHER_MATTERS),)),))


def _year(random: Random, report: KnownReport) -> Planted:
    """Leave the period of another year in front of the report."""
    year = report.year + random.choice((-1, -1, -1, 1))
    text = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    return Planted("year_contradiction", (replace(report, preamble=(text,)),))


def _duplicate(random: Random, report: KnownReport) -> Planted:
    """Publish a report again, a few days before the one that stands."""
    day = report.published_on or datetime.date(report.year + 1, 1, 31)
    earlier = replace(report, published_on=day - datetime.timedelta(days=random.randint(1, 2)))
    return Planted("duplicate_report", (report, earlier))


def _reused(random: Random, report: KnownReport) -> Planted:
    """Put last year's prose word for word into this year's report."""
    return Planted("text_reused", (report, _with_section(sequel(report), 1, report.sections[0])))


MISTAKES_IN_TEXT: dict[str, Mistake] = {
    "prose_against_table": _prose_against_table,
    "parts_exceed_total": _parts,
    "section_empty": _empty_section,
    "fees_not_stated": _fees,
    "year_contradiction": _year,
    "duplicate_report": _duplicate,
    "text_reused": _reused,
}
