"""What is a report, which line is its title, and where a second report begins."""

import json
import timeit
from functools import partial

import pytest

from tests.support import REPO, report_of
from transform.kind import why_no_report
from transform.records import Fact
from transform.title import Title, is_title

RULES = {"title_ambiguous", "several_reports"}


def load(name):
    return json.loads((REPO / "tests" / "cases" / name).read_text(encoding="utf-8"))


def report(case):
    if "page_title" not in case:
        return report_of("\n\n".join(case["lines"]).encode())
    body = "".join(f"<p>{line}</p>" for line in case["lines"])
    page = f"<html><head><title>{case['page_title']}</title></head><body>{body}</body></html>"
    return report_of(page.encode(), "report.html")


@pytest.mark.parametrize("case", load("titles.json"), ids=lambda case: case["line"])
def test_title(case):
    assert is_title(case["line"]) == case["is_title"]


def test_marks_without_end_behind_a_title_take_no_time():
    line = f"兴坪镇政府信息公开报告{'()' * 40}制度"
    assert min(timeit.repeat(lambda: is_title(line), number=1, repeat=3)) < 0.1


def test_blanks_without_end_take_no_time():
    lines = ["x" * 20_000]
    run = partial(why_no_report, Title(), lines, [], [], [], None)
    assert min(timeit.repeat(run, number=1, repeat=3)) < 0.1


@pytest.mark.parametrize("case", load("papers.json"), ids=lambda case: case["label"])
def test_paper(case):
    found = report(case)
    if case["why"] is None:
        assert found.why_no_report is None
    else:
        assert case["why"] in (found.why_no_report or "")
    if "title" in case:
        assert found.title == case["title"]
    if "rules" in case:
        assert [each.rule for each in found.findings if each.rule in RULES] == case["rules"]
    if "without" in case:
        assert not any(case["without"] in section.body for section in found.sections)
        assert not any(str(fact.value) == case["without"] for fact in found.narrative_facts)


def test_cases_are_many_and_each_says_what_it_is():
    papers = load("papers.json")
    assert len({case["label"] for case in papers}) == len(papers) >= 30
    assert sum(case["why"] is None for case in papers) * 3 >= len(papers), "what must stay loaded"


def form(status):
    return Fact("requests.new", "total", None, status, "件", "", 0, 0, 0)


@pytest.mark.parametrize(
    ("line", "status", "is_report"),
    [
        ("关于报送2023年政府信息公开工作年度报告的通知", "blank", False),
        ("关于报送2023年政府信息公开工作年度报告的通知", "reported", True),
        ("兴坪镇2023年政府信息公开工作年度报告", "blank", True),
        ("兴坪镇", "blank", True),
        ("兴坪镇", "unreadable", False),
        ("兴坪镇2023年政府信息公开工作年度报告", "unreadable", True),
    ],
)
def test_a_form_is_a_report_if_filled_in_or_below_no_other_paper(line, status, is_report):
    why = why_no_report(Title(line), [line], [], [], [form(status)] * 7, 2023)
    assert (why is None) == is_report
