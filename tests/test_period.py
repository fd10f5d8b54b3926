"""Year, period and date of publication: hand-written cases, and laws over all printed forms."""

import datetime
import json
import timeit
from collections import Counter

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.support import REPO
from transform.dates import fold, leading_date, read_date, read_span
from transform.period import read_period

CASES = json.loads((REPO / "tests" / "cases" / "dates.json").read_text(encoding="utf-8"))
TITLE = "甲镇政府信息公开工作年度报告"

DAYS = st.dates(datetime.date(2008, 1, 1), datetime.date(2039, 12, 31))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CIRCLES = str.maketrans("0123456789", "〇一二三四五六七八九")


def in_chinese(number: int) -> str:
    tens, units = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{str(tens).translate(CIRCLES)}十")
    return ten + (str(units).translate(CIRCLES) if units else "")


def chinese(day: datetime.date, zero: str = "〇") -> str:
    year = str(day.year).translate(CIRCLES).replace("〇", zero)
    return f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日"


def plain(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


WHOLE_FORMS = {
    "plain": plain,
    "padded": lambda day: f"{day:%Y年%m月%d日}",
    "blanks": lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    "lines": lambda day: f"{day.year}\n年\n{day.month}\n月\n{day.day}\n日",
    "full-width": lambda day: plain(day).translate(FULL_WIDTH),
    "曰": lambda day: plain(day).replace("日", "曰"),
    "号": lambda day: plain(day).replace("日", "号"),
    "no 日": lambda day: plain(day)[:-1],
    "元月": lambda day: plain(day).replace("年1月", "年元月"),
    "letter l": lambda day: f"{day.year}年{f'{day.month}月{day.day}日'.replace('1', 'l')}",
    "letter O": lambda day: plain(day).replace("20", "2O", 1),
    "hyphens": lambda day: f"{day:%Y-%m-%d}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "chinese": chinese,
    "chinese circle": lambda day: chinese(day, "○"),
    "chinese O": lambda day: chinese(day, "O"),
    "chinese 零": lambda day: chinese(day, "零"),
}
# These lost signs: they may be read or not, but never as another day.
TORN_FORMS = {
    "no signs": lambda day: f"{day.year}{day.month}{day.day}日",
    "no 年": lambda day: f"{day.year}{day.month}月{day.day}日",
    "no 月": lambda day: f"{day.year}年{day.month}{day.day}日",
}
FORMS = st.sampled_from(sorted(WHOLE_FORMS))


def read(case):
    return read_period(
        case["title"],
        case["lines"],
        [(name, value) for name, value in case.get("metadata", [])],
        source_path=case.get("path", ""),
        cells=case.get("cells", []),
    )


def days(*dates):
    return [date and date.isoformat() for date in dates]


def published(*lines):
    return read_period(TITLE, lines, ()).period.published_on


def test_cases_are_well_formed():
    assert [label for label, n in Counter(case["label"] for case in CASES).items() if n > 1] == []
    assert len(CASES) >= 100
    assert sum(case.get("trap", False) for case in CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case):
    period, findings = read(case)
    dates = days(period.period_start, period.period_end, period.published_on)
    rules = [finding.rule for finding in findings]
    assert [period.report_year, *dates, rules] == case["expected"]


def test_a_contradiction_says_what_each_source_says():
    (case,) = (
        case for case in CASES if case["label"] == "title against period, published after both"
    )
    (finding,) = read(case).findings
    assert finding.message == (
        "标题写2020年，统计期限写2021年，落款日期写2022年1月20日；报告年度按2021年计。"
    )
    assert (finding.expected, finding.actual) == ("2021", "2020")


def test_a_year_told_by_the_date_alone_is_called_inferred():
    (finding,) = read_period(TITLE, ["发布日期：2022-01-20"], ()).findings
    assert "只能由发布日期2022年1月20日推定为2021年" in finding.message


@given(DAYS, FORMS)
def test_a_date_comes_back_from_every_whole_form(day, form):
    assert leading_date(fold(WHOLE_FORMS[form](day))) == day


@given(DAYS, FORMS)
def test_a_signature_comes_back(day, form):
    text = WHOLE_FORMS[form](day)
    assume("\n" not in text)
    assert published("无", "甲镇人民政府", text) == day


@given(DAYS, FORMS)
def test_a_labelled_date_comes_back(day, form):
    assert published(f"发布日期：{WHOLE_FORMS[form](day)} 来源：甲镇", "无") == day


@given(DAYS, DAYS, FORMS, st.sampled_from(["至", "到", "—", "——", "起至", "～", "，至", " 至 "]))
def test_a_period_comes_back_from_every_whole_form(one, other, form, between):
    first, last = sorted([one, other])
    assume(first < last)
    printed = WHOLE_FORMS[form]
    lines = f"统计期限自{printed(first)}{between}{printed(last)}止。".split("\n")
    period = read_period(TITLE, lines, ()).period
    assert (period.period_start, period.period_end) == (first, last)


@given(DAYS, st.sampled_from(sorted(TORN_FORMS)))
@example(datetime.date(2021, 11, 1), "no signs")
def test_a_torn_date_is_that_date_or_none(day, form):
    assert read_date(fold(TORN_FORMS[form](day))) in {day, None}


@given(DAYS, DAYS, st.sampled_from(sorted(TORN_FORMS)))
def test_a_torn_period_is_that_period_or_none(one, other, form):
    first, last = sorted([one, other])
    assume(first < last)
    span = read_span(fold(f"{TORN_FORMS[form](first)}起至{TORN_FORMS[form](last)}止"))
    assert span in {(first, last), None}


@given(DAYS)
def test_one_date_is_no_period(day):
    for form in (*WHOLE_FORMS.values(), *TORN_FORMS.values()):
        assert read_span(fold(form(day)).replace(" ", "")) is None


@given(DAYS)
def test_bare_digits_are_a_date_only_behind_a_label(day):
    digits = f"{day:%Y%m%d}"
    assert published("甲镇人民政府", digits) is None
    assert published(f"发布日期：{digits}", "无") == day


@given(
    DAYS,
    st.sampled_from(
        ["今天是", "打印日期：", "打印时间：", "浏览时间：", "访问日期：", "下载时间："]
    ),
)
def test_a_visit_is_no_publication(day, label):
    assert published(f"{label}{plain(day)}", "无", f"{label}{day}") is None


@given(
    st.lists(
        st.text(alphabet="甲镇政府信息公开统计期限自起至止年月日发布时间：，。 \n"), max_size=8
    )
)
def test_text_without_digits_gives_no_date_and_no_year(lines):
    period = read_period(None, lines, ()).period
    assert (period.report_year, *days(*tuple(period_dates(period)))) == (None, None, None, None)


@given(st.text(alphabet="20211231年月日至-./统计期限发布日期：\n 〇一十元", max_size=60))
def test_dates_are_made_of_what_is_printed(text):
    """Whatever the damage: a year that is read stands in the text."""
    period = read_period(None, text.split("\n"), ()).period
    digits = fold(text).replace(" ", "")
    for date in period_dates(period):
        assert date is None or (str(date.year) in digits and str(date.month) in digits)
    if period.report_year and not period.published_on:
        assert str(period.report_year) in digits


def period_dates(period):
    return period.period_start, period.period_end, period.published_on


def test_a_long_report_is_read_at_once():
    """Sixty paragraphs take a third of a millisecond; the bound leaves room for any machine."""
    prose = "2021年，我镇共公开政府信息203条，其中通知公告115条，较2020年增长三成，群众满意。" * 2
    lines = ["统计期限自2021年1月1日至2021年12月31日。", *[prose] * 58, "2022年1月20日"]
    seconds = min(timeit.repeat(lambda: read_period(TITLE, lines, ()), number=20, repeat=5)) / 20
    assert seconds < 0.003
