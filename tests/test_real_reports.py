"""The five published reports: every figure, who, when, and what is said of the damage."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support import expected_facts, needs_real_reports, numbers, real_reports, report_of

pytestmark = needs_real_reports

WHO = {
    "000": ("九溪镇", "530403103", 2021, "2021"),
    "001": ("金殿镇", "141002105", 2020, "2019"),
    "002": ("石门乡", "620421208", 2021, "2021"),
    "003": ("金龙山镇", "230112112", 2021, "2021"),
    "004": ("康驿镇", "370830106", 2021, "2019"),
}


@pytest.fixture(params=real_reports(), ids=lambda path: path.name[:3])
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def read(number: str):
    (path,) = (path for path in real_reports() if path.name.startswith(number))
    return report_of(path.read_bytes(), path.name)


def test_every_printed_figure_and_no_other(path):
    report = report_of(path.read_bytes(), path.name)
    printed = {
        (fact.indicator, fact.applicant): (fact.value, fact.unit)
        for fact in report.facts
        if fact.value_status == "reported"
    }
    assert printed == expected_facts()[path.name]
    assert all(fact.value is None for fact in report.facts if fact.value_status != "reported")


def test_all_figures_are_986():
    assert sum(len(numbers(report_of(path.read_bytes()))) for path in real_reports()) == 986


def test_who_reported_for_which_year(path):
    report = report_of(path.read_bytes(), path.name)
    who = (report.identity.org_name, report.identity.township_code)
    assert (*who, report.period.report_year, report.format) == WHO[path.name[:3]]
    assert report.identity.identity_status == "matched"


def test_six_sections_with_their_prose(path):
    report = report_of(path.read_bytes(), path.name)
    assert [section.section_no for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert all(len(report.sections[index].body) > 100 for index in (0, 4))
    assert not any(report.sections[index].body for index in (1, 2, 3)), "tables are no prose"


def test_money_is_in_wan_yuan():
    figures = numbers(read("001"))
    assert figures["disclosure.procurement.projects", None] == 2
    assert figures["disclosure.procurement.amount", None] == Decimal("42.856")


def test_a_table_that_is_not_there_gives_no_rows():
    report = read("002")
    assert not [fact for fact in report.facts if fact.indicator.startswith("disclosure.")]
    assert report.status == "partial"


def test_scarred_report_reads_clean():
    report = read("002")
    text = "\n".join(section.heading + section.body for section in report.sections)
    assert report.is_scarred
    assert report.script == "traditional"
    assert "做到决策" in text
    assert "未能严格" in text
    assert "?" not in text
    assert not re.search(r"\([^)]*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][^)]*\)", text)
    assert not re.search("[開報數據關於務與對實為過達會時]", text)
    assert {"drop_pinyin_brackets", "mend_torn_characters", "simplify"} <= {
        repair.step for repair in report.repairs
    }


@pytest.mark.parametrize(
    ("number", "start", "published"),
    [("001", None, "2021-01-28"), ("002", "2021-01-01", None), ("004", "2021-01-01", None)],
)
def test_period_and_publication(number, start, published):
    period = read(number).period
    assert (str(period.period_start) if period.period_start else None) == start
    assert (str(period.published_on) if period.published_on else None) == published
