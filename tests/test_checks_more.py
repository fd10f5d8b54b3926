"""Checks of sections, of whole tables and across years: what breaks them, what does not."""

import datetime
from dataclasses import replace

import pytest

from sql import warehouse
from tests.check_support import (
    ACTUAL,
    APPLICANT,
    DIFFERENCE,
    EVIDENCE,
    EXPECTED,
    INDICATOR,
    MESSAGE,
    REPORT_ID,
    answers,
)
from tests.small_country import rows
from tests.small_warehouse import APPLICANTS, GONE, Small, write_reference

IN, OUT = "requests.carried_in/enterprise", "requests.carried_out/enterprise"
REGULATIONS, DOCUMENTS = "disclosure.regulations", "disclosure.normative_documents"
DECISIONS = "disclosure.penalties.decisions"


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        yield con


@pytest.fixture
def ask(con):
    """Give a function that loads reports, in place of the last, and gives what a rule says."""

    def run(rule, *reports, sections=None):
        if sections is None:
            return answers(con, rule, *reports)
        bodies = [(reports[0], number, body) for number, body in sections.items()]
        return answers(con, rule, *reports, bodies=bodies)

    return run


def years(cells_by_year, **kwargs):
    """Reports of one township, a year each."""
    return [
        Small(f"{year}年的报告", year=year, cells=cells, **kwargs)
        for year, cells in cells_by_year.items()
    ]


# -- carried over


def test_what_is_carried_in_was_carried_out(ask):
    (row,) = ask("carry_over_balance", *years({2022: {OUT: "3"}, 2023: {IN: "1"}}))
    assert row[INDICATOR:MESSAGE] == ("requests.carried_in", "enterprise", "3", "1", -2)
    assert row[MESSAGE] == (
        "“商业企业”一列：2022年度报告“结转下年度继续办理”为3件，本年度报告“上年结转”为1件，"
        "两者应当相等，现相差2件。"
    )
    assert row[EVIDENCE] == "3 ≠ 1"
    assert row[REPORT_ID] == years({2023: {}})[0].report_id


@pytest.mark.parametrize(
    "cells",
    [
        {2022: {OUT: "3"}, 2023: {IN: "3"}},
        {2021: {OUT: "3"}, 2023: {IN: "1"}},
        {2023: {OUT: "3", IN: "1"}},
        # a number that is missing is neither right nor wrong
        {2022: {OUT: ""}, 2023: {IN: "1"}},
        {2022: {OUT: "3"}, 2023: {IN: "不详"}},
        {2022: {OUT: "3"}, 2023: {IN: GONE}},
    ],
)
def test_what_cannot_be_compared_or_is_equal_is_no_finding(ask, cells):
    assert ask("carry_over_balance", *years(cells)) == []


def test_carry_overs_are_compared_by_applicant_and_across_formats(ask):
    out = {f"requests.carried_out/{applicant}": "1" for applicant in APPLICANTS}
    old = Small("旧格式", year=2020, format="2019", cells=out)
    found = ask("carry_over_balance", old, Small("新格式", year=2021))
    assert sorted(row[APPLICANT] for row in found) == sorted(APPLICANTS)


def test_only_current_reports_of_one_organisation_are_compared(ask):
    beaten = Small("被替代", year=2022, cells={OUT: "9"}, findings=("row_missing",))
    assert ask("carry_over_balance", beaten, *years({2022: {}, 2023: {}})) == []
    neighbour = Small("邻镇", year=2022, township="431321102", cells={OUT: "9"})
    unknown = [Small(f"某镇{y}", township=None, year=y, cells={OUT: "9"}) for y in (2022, 2023)]
    assert ask("carry_over_balance", neighbour, *unknown, *years({2023: {}})) == []


def test_carry_overs_by_hand(ask, con):
    total_in, total_out = "requests.carried_in/total", "requests.carried_out/total"
    reports = years({2021: {total_out: "2"}, 2022: {total_in: "5", total_out: ""}, 2023: {}})
    ask("carry_over_balance", *reports)
    columns = "report_year, township_name, carried_out_last_year, carried_in, difference"
    assert rows(con, "carry_overs", columns, "true") == [
        (2022, "荷叶镇", 2, 5, 3),
        (2023, "荷叶镇", None, 0, None),
    ]


# -- in force


@pytest.mark.parametrize("kind", [REGULATIONS, DOCUMENTS])
def test_what_is_in_force_follows_from_last_year(ask, kind):
    last_year = {f"{kind}.in_force": "5"}
    this_year = {f"{kind}.issued": "2", f"{kind}.repealed": "1", f"{kind}.in_force": "9"}
    (row,) = ask("in_force_balance", *years({2022: last_year, 2023: this_year}))
    assert row[INDICATOR:MESSAGE] == (f"{kind}.in_force", None, "6", "9", 3)
    assert "填9件；按2022年度报告现行有效5件，加本年制发2件，减本年废止1件，应为6件" in row[MESSAGE]
    assert row[EVIDENCE] == "5 + 2 - 1 ≠ 9"
    right = this_year | {f"{kind}.in_force": "6"}
    assert ask("in_force_balance", *years({2022: last_year, 2023: right})) == []


@pytest.mark.parametrize("cell", ["issued", "repealed", "in_force"])
@pytest.mark.parametrize("missing", ["", "若干", GONE])
def test_what_is_in_force_is_not_computed_from_missing_numbers(ask, cell, missing):
    this_year = {f"{DOCUMENTS}.in_force": "9"} | {f"{DOCUMENTS}.{cell}": missing}
    assert ask("in_force_balance", *years({2022: {}, 2023: this_year})) == []


def test_the_older_format_says_nothing_of_what_is_in_force(ask):
    old = Small("旧格式", year=2022, format="2019")
    new = Small("新格式", year=2023, cells={f"{DOCUMENTS}.in_force": "9"})
    assert ask("in_force_balance", old, new) == []
    for year in (2022, 2023):
        mixed = Small(f"混用{year}", year=year, columns={"format": "2019"})
        other = years({2022 + 2023 - year: {}})
        cells = {f"{DOCUMENTS}.in_force": "9"}
        assert ask("in_force_balance", replace(mixed, cells=cells), *other) == []


# -- jumps


@pytest.mark.parametrize(
    ("others", "value", "usual"),
    [
        (["3", "5", "4"], "500", "4"),
        (["0", "0", "0", "0"], "20", "0"),
        (["100", "120", "90"], "1000", "100"),
        (["3"], "60", "3"),
        (["0", "2"], "52", "2"),
    ],
)
def test_a_figure_far_above_the_other_years(ask, others, value, usual):
    cells = {2015 + at: {DECISIONS: other} for at, other in enumerate(others)}
    (row,) = ask("jump", *years(cells | {2023: {DECISIONS: value}}))
    assert row[INDICATOR:DIFFERENCE] == (DECISIONS, None, usual, value)
    assert row[DIFFERENCE] == int(value) - int(usual)
    assert row[REPORT_ID] == years({2023: {}})[0].report_id
    assert f"填{value}件，远多于本单位其他年度（2015年 {others[0]}" in row[MESSAGE]


@pytest.mark.parametrize(
    ("others", "value"),
    [
        (["3", "5", "4"], "23"),
        (["0", "0", "0"], "19"),
        (["100", "120", "90"], "400"),
        (["0", "90", "300"], "800"),
        (["3"], "52"),
        (["0"], "49"),
        (["10"], "199"),
        ([""], "5000"),
        (["", "不详", GONE], "5000"),
        ([], "5000"),
        (["5000", "5000"], "3"),
        (["5000"], ""),
    ],
)
def test_a_figure_that_may_well_be(ask, others, value):
    cells = {2015 + at: {DECISIONS: other} for at, other in enumerate(others)}
    assert ask("jump", *years(cells | {2023: {DECISIONS: value}})) == []


def test_a_missing_year_leaves_the_plain_comparison(ask):
    """Two numbers are no spread, whatever the third year left blank."""
    cells = {2020: {DECISIONS: "3"}, 2021: {DECISIONS: ""}, 2022: {DECISIONS: "3"}}
    assert ask("jump", *years(cells | {2023: {DECISIONS: "50"}})) == []


def test_jumps_are_looked_for_in_totals_and_amounts(ask):
    cells = {"requests.granted/natural_person": "900", "requests.granted/total": "900"}
    found = ask("jump", *years({2022: {}, 2023: cells | {"disclosure.fees.amount": "12000.5"}}))
    assert [row[INDICATOR:EXPECTED] for row in found] == [
        ("disclosure.fees.amount", None),
        ("requests.granted", "total"),
    ]
    assert "填12000.5万元" in found[0][MESSAGE]
    assert "或者把元当成了万元" in found[0][MESSAGE]
    assert "万元" not in found[1][MESSAGE]


def test_jumps_are_not_looked_for_across_formats_that_differ(ask):
    other = Small("无格式", year=2022, columns={"format": None})
    assert ask("jump", other, *years({2023: {DECISIONS: "900"}})) == []
    old = Small("旧格式", year=2022, format="2019")
    assert len(ask("jump", old, *years({2023: {DECISIONS: "900"}}))) == 1
    changes = [
        Small(f"{year}年", year=year, format="2019", cells={"disclosure.penalties.items_change": v})
        for year, v in ((2019, "0"), (2020, "500"))
    ]
    assert ask("jump", *changes) == []


# -- several reports of one year


def test_a_second_report_is_told_which_one_stands(ask):
    stands = Small("甲", columns={"org_name": "荷叶镇"})
    second, third = (Small(name, findings=("row_missing",)) for name in ("乙", "丙"))
    found = ask("duplicate_report", stands, second, third)
    assert {row[REPORT_ID] for row in found} == {second.report_id, third.report_id}
    assert {row[EXPECTED:MESSAGE] for row in found} == {("1", "3", 2)}
    assert {row[EVIDENCE] for row in found} == {"甲.html"}
    assert found[0][MESSAGE].startswith(
        "荷叶镇2023年度的报告有3份，统计时采用“甲.html”，不采用本份“"
    )


def test_other_years_other_places_and_unknown_ones_are_no_duplicates(ask):
    unknown = [Small(name, township=None) for name in ("某镇", "某乡")]
    yearless = [Small(name, year=None) for name in ("无年份", "也无年份")]
    neighbour = Small("邻镇", township="431321102")
    reports = (*years({2022: {}, 2023: {}}), neighbour, *unknown, *yearless)
    assert ask("duplicate_report", *reports) == []


def test_an_older_edition_of_the_same_file_is_no_duplicate(ask):
    path = {"source_path": "荷叶镇.html"}
    older = Small("旧版", columns=path, findings=("row_missing",))
    assert ask("duplicate_report", older, Small("新版", columns=path)) == []


# -- prose


@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize(
    "body", ["", None, "无", " 无。", "本年度无。", "（无）", "暂无", "没有\n"]
)
def test_a_section_without_content(ask, number, body):
    (row,) = ask("section_empty", Small("甲"), sections={number: body})
    assert row[MESSAGE].startswith("“一、总体情况”部分" if number == 1 else "“五、存在的")
    assert ("没有内容" in row[MESSAGE]) == (body in ("", None))


@pytest.mark.parametrize(
    ("sections", "report"),
    [
        ({1: "2023年，我镇公开信息12条。", 5: "无专职人员。"}, {}),
        ({2: "", 3: "无", 4: "", 6: "无"}, {}),
        ({}, {}),  # a section that is not there is another rule's
        ({1: "无", 5: ""}, {"format": "2019", "year": 2020}),
        ({1: "无", 5: ""}, {"columns": {"format": None}}),
    ],
)
def test_sections_with_content_or_of_another_format(ask, sections, report):
    assert ask("section_empty", Small("甲", **report), sections=sections) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("无其他需要报告的事项", 1),
        ("", 1),
        (None, 1),
        ("依据《政府信息公开信息处理费管理办法》，2021年未收取信息处理费。", 0),
        ("未发生收费。", 0),
        ("没有收取费用。", 0),
    ],
)
def test_the_last_section_states_the_fees(ask, body, count):
    assert len(ask("fees_not_stated", Small("甲"), sections={6: body})) == count
    old = Small("甲", format="2019", year=2020)
    assert ask("fees_not_stated", old, sections={6: body}) == []


def test_a_last_section_that_is_not_there_states_nothing(ask):
    assert ask("fees_not_stated", Small("甲"), sections={5: "略"}) == []


# -- in time


@pytest.mark.parametrize(
    ("published_on", "expected"),
    [
        (datetime.date(2024, 2, 3), [("2024-01-31", "2024-02-03", 3)]),
        (datetime.date(2024, 1, 31), []),
        (None, []),
    ],
)
def test_published_late(ask, published_on, expected):
    found = ask("published_late", Small("甲", columns={"published_on": published_on}))
    assert [row[EXPECTED:MESSAGE] for row in found] == expected
    for row in found:
        assert row[MESSAGE] == (
            "2023年度报告应当在2024年1月31日前公布，文中日期为2024年2月3日，迟了3天。"
        )


# -- whole tables


def test_tables_of_nothing_but_zeros(ask):
    (row,) = ask("all_zero_tables", Small("甲", cells={"requests.granted/total": "", IN: "—"}))
    assert row[EVIDENCE] == "198 + 1 + 1 = 200"
    assert "三张表共200格，没有一格大于零：填零198格，空白1格，填“无”或划线1格。" in row[MESSAGE]


@pytest.mark.parametrize(
    "report",
    [
        {"cells": {IN: "1"}},
        {"cells": {"disclosure.fees.amount": "0.5"}},
        {"cells": {IN: "不详"}},  # it may be a figure
        {"tables": ("disclosure", "requests")},
        {"tables": ()},
    ],
)
def test_tables_with_a_figure_or_not_all_there(ask, report):
    assert ask("all_zero_tables", Small("甲", **report)) == []


def requests_cells(total, others):
    """Every cell of the table of requests: the totals and the applicants."""
    found = {}
    for key, _ in Small("x", tables=("requests",))._official_cells():
        found[key] = total if key.endswith("/total") else others
    return found


def test_only_the_totals_are_filled_in(ask):
    (row,) = ask("total_only", Small("甲", cells=requests_cells("0", "")))
    count = len(requests_cells("0", "")) // 7
    assert (row[ACTUAL], row[EVIDENCE]) == (str(count), f"{6 * count}/{6 * count}")
    assert f"{count}格" in row[MESSAGE]


@pytest.mark.parametrize(
    "cells",
    [
        requests_cells("0", "") | {IN: "0"},
        requests_cells("0", "") | {IN: "—"},
        requests_cells("0", "") | {IN: "若干"},
        requests_cells("", ""),
        requests_cells("0", GONE),
        {},
    ],
)
def test_applicants_filled_in_or_no_total_at_all(ask, cells):
    assert ask("total_only", Small("甲", cells=cells)) == []


# -- prose used again

OWN = "。".join(f"第{number}项工作在本年度按照要求已经完成" for number in "一二三四五六") + "。"
SHORT = "。".join(f"完成第{number}项" for number in "一二三四五六") + "。"
HEYE, NEIGHBOUR, FAR = "431321101", "431321102", "431322101"


@pytest.fixture
def ask_reuse(con):
    """Give a function that loads (township, year, body) and gives what is said of the first."""

    def run(*told, section_no=1):
        reports = [Small(f"{code}-{year}", township=code, year=year) for code, year, _ in told]
        bodies = [
            (report, section_no, body) for report, (_, _, body) in zip(reports, told, strict=True)
        ]
        found = answers(con, "text_reused", *reports, bodies=bodies)
        return [row[MESSAGE] for row in found if row[REPORT_ID] == reports[0].report_id]

    return run


@pytest.mark.parametrize("section_no", [1, 5])
def test_prose_of_last_year_or_of_a_neighbour(ask_reuse, con, section_no):
    changed = OWN.replace("第一项工作", "今年的第一项工作")
    (message,) = ask_reuse((HEYE, 2023, changed), (HEYE, 2022, OWN), section_no=section_no)
    assert "部分6个句子中有5句与本单位2022年度报告一字不差。" in message
    near = rows(con, "text_reuse", "relation, count_sentences, count_same, share", "true")
    assert near == [("last_year", 6, 5, 5 / 6)]
    told = (HEYE, 2023, OWN), (NEIGHBOUR, 2023, OWN), ("431321103", 2023, "　" + OWN)
    (message,) = ask_reuse(*told, section_no=section_no)
    assert "部分6个句子中有6句与同县（区）“" in message
    assert "（另有1份报告同样雷同）" in message


@pytest.mark.parametrize(
    "told",
    [
        [(HEYE, 2023, OWN.replace("按照", "依照")), (HEYE, 2022, OWN)],
        [(HEYE, 2023, OWN), (HEYE, 2021, OWN)],
        [(HEYE, 2023, OWN), (HEYE, 2024, OWN)],
        [(HEYE, 2023, OWN), (FAR, 2023, OWN)],
        [(HEYE, 2023, OWN), (NEIGHBOUR, 2022, OWN)],
        [(HEYE, 2023, OWN[: OWN.index("五") - 1]), (HEYE, 2022, OWN)],  # too few sentences
        [(HEYE, 2023, SHORT), (HEYE, 2022, SHORT)],
        [(HEYE, 2023, OWN + OWN.replace("第", "头")), (HEYE, 2022, OWN)],
        [(HEYE, 2023, OWN[:19] * 6), (HEYE, 2022, OWN[:19] * 6)],  # one sentence, six times
        [(HEYE, 2023, None), (HEYE, 2022, OWN)],
        [(HEYE, 2023, OWN), (HEYE, 2022, "")],
        [(HEYE, None, OWN), (HEYE, 2022, OWN)],
    ],
)
def test_prose_of_its_own_or_too_little_to_tell(ask_reuse, told):
    assert ask_reuse(*told) == []
