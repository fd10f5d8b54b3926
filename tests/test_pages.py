"""Pages as portals alter them: a whole page of a known report, edited; then what is read of it."""

import json
import re

import pytest

from benchmarks.corpus.html import html
from tests.support import REPO, report_of
from tests.test_tables import known

CASES = json.loads((REPO / "tests" / "cases" / "pages.json").read_text(encoding="utf-8"))


def edited(case):
    page = html(known(case["format"]))
    for pattern, replacement, *count in case["edits"]:
        page, done = re.subn(pattern, replacement, page, count=count[0] if count else 0, flags=re.S)
        assert done, pattern
    return page


def expected(case):
    found = {
        (truth.indicator, truth.applicant): (truth.value, truth.value_status)
        for truth in known(case["format"]).truth()
    }
    without = tuple(case.get("without", ()))
    found = {
        key: cell for key, cell in found.items() if not (without and key[0].startswith(without))
    }
    for indicator, applicant, status in case.get("changed", ()):
        found[indicator, applicant] = (None, status)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_page(case):
    report = report_of(edited(case).encode(), "report.html")
    facts = {(f.indicator, f.applicant): (f.value, f.value_status) for f in report.facts}
    assert facts == expected(case)
    rules = {finding.rule for finding in report.findings}
    assert set(case.get("rules", ())) <= rules
    assert not rules & set(case.get("not_rules", ()))
    if "sections" in case:
        assert [section.section_no for section in report.sections] == case["sections"]
    if "published_on" in case:
        assert str(report.period.published_on) == case["published_on"]


def test_cases_have_labels_of_their_own_and_some_change_nothing():
    labels = [case["label"] for case in CASES]
    assert len(set(labels)) == len(labels)
    assert sum(not case.get("changed") and not case.get("without") for case in CASES) * 5 > len(
        CASES
    )
