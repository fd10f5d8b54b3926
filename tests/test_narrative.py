"""What the prose says: sentences with the figures they state, the real reports, and laws."""

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus.generate import generate
from benchmarks.corpus.renderers import TEXTS
from benchmarks.prose_bench import (
    load_cases,
    read,
    score,
    stated,
)
from flows.reference import load_reference
from tests.support import needs_real_reports, real_reports, report_of
from transform.narrative import NarrativeFact, read_narrative
from transform.narrative_numbers import figures_in, narrow
from transform.records import Section

CASES = load_cases()
TRAPS = [case for case in CASES if not case["expected"]]
SEEN = [
    pytest.param(
        case,
        marks=[pytest.mark.xfail(reason="known failure")] if case.get("known_failure") else [],
        id=case["text"][:24],
    )
    for case in CASES
    if not case.get("held_out")
]

WORDS = sorted(
    {word for case in CASES for word in re.findall(r"[^0-9０-９，。]{1,6}", case["text"])}
)
NUMERALS = set("0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万")
NONE_SIGNS = set("未无没") | NUMERALS


def facts_of(
    text: str, *, number: int = 1, year: int | None = 2021, own: str | None = "青石镇"
) -> tuple[NarrativeFact, ...]:
    return read_narrative([Section(number, "", text)], year, own, load_reference().narrative)


def figures_of(*args, **options) -> set[tuple[str, str | None, Decimal]]:
    return {(fact.metric, fact.qualifier, fact.value) for fact in facts_of(*args, **options)}


def test_cases_are_many_and_a_third_are_traps():
    assert len(CASES) >= 600
    assert len(TRAPS) * 3 >= len(CASES)
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert {fact["metric"] for case in CASES for fact in case["expected"]} == (
        load_reference().narrative.metrics
    )


@pytest.mark.parametrize("case", SEEN)
def test_sentence(case):
    assert read(case) == stated(case)


def test_all_and_held_out_are_above_their_bars():
    held_out = [case for case in CASES if case.get("held_out")]
    assert score(CASES).is_good
    assert score(held_out).is_good


REAL = {
    "000": {
        ("disclosed_total", None, 203),
        ("disclosed_category", "概况类信息", 17),
        ("disclosed_category", "政务动态信息", 71),
        ("disclosed_category", "公告通知信息", 115),
    },
    "001": {
        ("disclosed_total", None, 183),
        ("disclosed_category", "主动公开政府信息", 42),
        ("disclosed_category", "通过不同渠道和方式公开政府信息", 141),
        ("review_cases", None, 0),
        ("litigation_cases", None, 0),
    },
    "003": {("requests_received", None, 0), ("fees_charged", None, 0)},
    "004": {
        ("disclosed_wechat", None, 499),
        ("disclosed_website", None, 13),
        ("requests_received", None, 0),
        ("review_cases", None, 0),
        ("litigation_cases", None, 0),
        ("fees_charged", None, 0),
        ("trainings_held", None, 6),
        ("people_trained", None, 80),
    },
}


def real_facts(number: str) -> tuple[NarrativeFact, ...]:
    (path,) = (path for path in real_reports() if path.name.startswith(number))
    report = report_of(path.read_bytes(), path.name)
    return read_narrative(
        report.sections,
        report.period.report_year,
        report.identity.org_name,
        load_reference().narrative,
    )


@needs_real_reports
@pytest.mark.parametrize("number", REAL)
def test_real_report(number):
    facts = real_facts(number)
    assert {(fact.metric, fact.qualifier, int(fact.value)) for fact in facts} == REAL[number]


@needs_real_reports
def test_real_report_with_long_lists():
    facts = real_facts("002")
    figures = {(fact.metric, fact.qualifier, int(fact.value)) for fact in facts}
    assert {
        ("disclosed_total", None, 188),
        ("requests_received", None, 30),
        ("requests_online", None, 30),
        ("guides_published", None, 1),
        ("disclosed_category", "政府信息公开年报", 2),
        ("disclosed_category", "政府会议", 17),
    } <= figures
    assert len([fact for fact in facts if fact.metric == "disclosed_category"]) == 25


def test_sentence_is_as_printed_and_section_is_told():
    printed = "全年公开信息１２８条（含公告２８条）,办理顺利。"
    (fact, *_) = facts_of("工作有序。" + printed + "群众满意。", number=6)
    assert (fact.section_no, fact.sentence, fact.value) == (6, printed, 128)


def test_tables_sections_are_left_alone():
    assert not facts_of("全年公开信息128条。", number=2)


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_section_whose_table_is_missing_is_read_in_words(is_missing):
    (known,) = generate(7, 1)
    words = "<p>收到政府信息公开申请9999件。</p>"
    before, *tables = re.split("(?=<table)", TEXTS["html", "plain"](known))
    assert len(tables) == 3
    behind = tables[1].partition("</table>")[2]
    tables[1] = words + behind if is_missing else words + tables[1]
    report = report_of("".join([before, *tables]).encode(), "report.html")
    assert (report.status == "partial") == is_missing
    told = {(fact.section_no, fact.metric, fact.value) for fact in report.narrative_facts}
    assert ((3, "requests_received", 9999) in told) == is_missing
    assert {number for number, *_ in told} <= ({1, 3, 5, 6} if is_missing else {1, 5, 6})


def test_a_heading_tells_what_its_paragraph_is_about():
    assert figures_of("依申请公开情况\n收到申请2件。") == {("requests_received", None, 2)}
    assert not figures_of("依申请公开情况\n工作有序。\n收到申请2件。")
    assert not figures_of("救助申请办理情况\n收到申请2件。")


def test_a_figure_of_a_month_gives_way_wherever_another_is_stated():
    once = Section(1, "", "5月举办政务公开培训1次。")
    again = Section(5, "", "11月举办政务公开培训1次。")
    year = Section(6, "", "全年举办政务公开培训4次。")
    for sections, values in (([once], [1]), ([once, again], []), ([once, year], [4])):
        facts = read_narrative(sections, 2021, "青石镇", load_reference().narrative)
        assert [fact.value for fact in facts] == values


def test_twice_stated_is_one_fact():
    section = Section(1, "", "全年公开信息128条。")
    again = Section(5, "", "2021年，共公开信息128条。")
    facts = read_narrative([section, again], 2021, "青石镇", load_reference().narrative)
    assert [fact.section_no for fact in facts] == [1]


def test_year_that_is_unknown_takes_no_dated_figure():
    assert not facts_of("2021年，我镇公开信息128条。", year=None)
    assert facts_of("我镇公开信息128条。", year=None)


def test_a_plan_covers_the_rest_of_its_paragraph():
    assert not facts_of("下一步工作打算。公开信息300条。举办政务公开培训4次。")
    assert facts_of("下一步工作打算。\n全年公开信息300条。")


def test_a_year_covers_its_paragraph():
    assert not facts_of("2020年，我镇稳步推进。共公开信息300条。")
    assert facts_of("根据2019年修订的条例开展工作。共公开信息300条。")


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("千人桥镇", "2021年，千人桥镇主动公开政府信息120条。"),
        ("三条石街道", "2021年，三条石街道办事处共主动公开政府信息120条。"),
        ("舒城县", "2021年，全县共主动公开政府信息120条。"),
        ("舒城县", "2021年，舒城县全年共主动公开政府信息120条。"),
        ("舒城县", "2021年，我县主动公开政府信息120条。"),
    ],
)
def test_names_of_the_own_place_hide_no_figure(own, text):
    (fact,) = facts_of(text, own=own)
    assert (fact.metric, fact.value) == ("disclosed_total", 120)


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("青石镇", "2021年，全县共主动公开政府信息120条。"),
        ("青石镇", "2021年，舒城县全年共主动公开政府信息120条。"),
        ("舒城县", "2021年，白河县全年共主动公开政府信息120条。"),
    ],
)
def test_figures_of_a_county_that_is_not_the_own_place_are_left_out(own, text):
    assert not facts_of(text, own=own)


@pytest.mark.parametrize("own", ["青石镇", "白河镇"])
def test_the_same_sentence_counts_for_its_own_township_only(own):
    assert bool(facts_of("白河镇公开信息120条。", own=own)) == (own == "白河镇")


NUMBERS = [
    ("68余条", "68", True),
    ("1.7万余张", "17000", True),
    ("近百条", "100", True),
    ("1,206条", "1206", False),
    ("一千零六条", "1006", False),
    ("二十三条", "23", False),
    ("十条", "10", False),
    ("３００ 条", "300", False),
    ("１，２００条", "1200", False),
    ("1，200余条", "1200", True),
    ("约12000余人次", "12000", True),
]


@pytest.mark.parametrize(("text", "value", "about"), NUMBERS)
def test_number(text, value, about):
    (figure,) = figures_in(narrow(text))
    assert (figure.value, figure.is_approximate) == (Decimal(value), about)


@pytest.mark.parametrize(
    "text",
    [
        "第3次",
        "3-5条",
        "一万二千条",
        "数百条",
        "统一项",
        "第49条",
        "二〇二一条",
        "20条例",
        "未发生一起",
        "没有收到过1件",
        "未因信息公开引发一起",
        "1.5条",
        "9999999999条",
    ],
)
def test_no_number(text):
    assert not list(figures_in(narrow(text)))


PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 99999).map(str),
    st.sampled_from(["，", "。", "；", "、", "条", "件", "次", "\n", "余条", "万"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_value_stands_in_its_sentence(text):
    for fact in facts_of(text):
        assert fact.sentence in text
        printed = narrow(fact.sentence)
        runs = {Decimal(run.replace(",", "")) for run in re.findall(r"\d[\d,.]*\d|\d", printed)}
        if set(fact.sentence) & set("零〇一二两三四五六七八九十百千未无没"):
            continue
        assert fact.value in runs or fact.value / 10000 in runs


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_prose_without_numbers_and_none_words_says_nothing(text):
    assert not facts_of("".join(sign for sign in text if sign not in NONE_SIGNS))


@pytest.mark.parametrize(
    "sign", ["政府", "公开", "1条、", "无复议诉讼", "2021年，", "收到信息公开"]
)
def test_time_grows_with_length_only(sign):
    start = time.perf_counter()
    facts_of(sign * 3000 + "公开政府信息1条")
    assert time.perf_counter() - start < 2


OLD_FORM = """白沙镇2016年政府信息公开工作年度报告
一、概述
2016年，我镇召开政务公开工作会议3次。
二、主动公开政府信息情况
2016年我镇主动公开政府信息126条，其中机构职能类12条，工作动态类114条。
三、依申请公开政府信息办理情况
2016年我镇共受理政府信息公开申请2件。
四、政府信息公开的收费及减免情况
2016年，我镇未收取任何政府信息公开费用。
五、改进措施
2017年计划公开信息200条。
"""


def test_a_report_before_the_tables_is_read_from_first_to_last():
    report = report_of(OLD_FORM.encode(), "阳朔县_白沙镇_2016.txt")
    facts = report.narrative_facts
    figures = {(fact.metric, fact.qualifier, int(fact.value)) for fact in facts}
    assert figures == {
        ("meetings_held", None, 3),
        ("disclosed_total", None, 126),
        ("disclosed_category", "机构职能类", 12),
        ("disclosed_category", "工作动态类", 114),
        ("requests_received", None, 2),
        ("fees_charged", None, 0),
    }
    assert [fact.section_no for fact in facts if fact.metric == "meetings_held"] == [None]
    assert not [finding for finding in report.findings if finding.rule == "section_missing"]


def test_a_total_is_kept_beside_its_parts():
    first = Section(1, "", "全年公开信息128条。")
    again = Section(5, "", "2021年共公开信息128条，其中公告类信息28条，动态类信息100条。")
    facts = read_narrative([first, again], 2021, "青石镇", load_reference().narrative)
    assert {fact.sentence for fact in facts} == {again.body}
