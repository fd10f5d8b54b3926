"""Who reported: names, evidence, and above all no township that is not the right one."""

import json
from collections import Counter
from dataclasses import asdict

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.report import KnownReport
from flows.reference import load_reference
from tests.identity_support import PLACES, resolve_known, resolved
from tests.support import REPO
from transform.divisions import Divisions
from transform.identity import resolve
from transform.identity_names import own_name, short_name
from transform.identity_sources import read_sources
from transform.records import Identity

CASES = json.loads((REPO / "tests" / "cases" / "identity.json").read_text(encoding="utf-8"))
FIELDS = {
    "status": "identity_status",
    "code": "township_code",
    "level": "org_level",
    "org": "org_name",
    "county": "county_name",
    "city": "city_name",
    "province": "province_name",
}
REPORTS = 5000
SEED = 20231


def case_report(case):
    preamble = [*case.get("preamble", ())]
    if "title" in case:
        preamble = [case["title"], *preamble]
    lines = [*preamble, *case.get("lines", ())]
    metadata = list(case.get("metadata", {}).items())
    return resolved(lines, preamble=preamble, metadata=metadata, path=case.get("path", "a.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case):
    found = case_report(case)
    identity = asdict(found.identity)
    expect = dict(case["expect"])
    code = expect.get("code")
    if code is not None and len(code) == 6:
        expect["county"] = load_reference().divisions.unit(code).name
        del expect["code"]
    rules = expect.pop("rules", None)
    assert {key: identity[FIELDS[key]] for key in expect} == expect
    if rules is not None:
        assert [finding.rule for finding in found.findings] == rules
    assert (found.identity.identity_status == "matched") or found.findings


def test_cases_are_many_and_each_says_what_it_is():
    assert len(CASES) >= 80
    assert len({case["case"] for case in CASES}) == len(CASES)


@pytest.fixture(scope="module")
def reports() -> list[KnownReport]:
    return list(generate(SEED, REPORTS))


def outcome(identity: Identity, report: KnownReport) -> str:
    if identity.identity_status != "matched":
        return identity.identity_status
    return "right" if identity.township_code == report.township_code else "wrong"


@pytest.mark.parametrize("place", PLACES)
def test_county_named_in_one_place_only(reports, place):
    counts = Counter(outcome(resolve_known(r, place).identity, r) for r in reports)
    assert counts["wrong"] == 0
    assert counts["right"] >= 0.995 * len(reports), counts


def test_a_bare_name_is_told_where_it_is_the_only_one_and_never_else(reports):
    divisions = load_reference().divisions
    for report in reports:
        # 王府街道办事处 is the full name of one unit and the office of another, 王府街道.
        names = {report.org_name, own_name(report.org_name), own_name(report.issuer)}
        units = {called.unit for name in names for called in divisions.called(name)}
        exact = {unit for unit in units if unit.name in names}
        expected = "right" if len(exact) == 1 else "ambiguous"
        found = resolve_known(report, None)
        assert outcome(found.identity, report) == expected, report.org_name


def test_every_candidate_stands_in_the_finding():
    title = "城关镇2021年政府信息公开工作年度报告"
    found = resolved([title], title=title)
    (finding,) = found.findings
    units = load_reference().divisions.named("城关镇")
    assert finding.rule == "identity_ambiguous"
    assert all(unit.code in finding.evidence for unit in units)


def test_evidence_adds_up_and_names_the_place():
    found = resolved(
        ["福利镇2021年政府信息公开工作年度报告", "联系电话：0773-8820000。"],
        title="福利镇2021年政府信息公开工作年度报告",
        metadata=[("sitename", "阳朔县人民政府门户网站")],
    )
    mine = {item.source: item.text for item in found.evidence if item.division_code == "450321102"}
    assert mine == {"name": "福利镇", "portal": "阳朔县", "area_code": "0773-8820000"}


def test_every_row_of_the_reference_names_divisions_that_exist():
    divisions = load_reference().divisions
    for codes in (*divisions.area_codes.values(), *divisions.postcodes.values()):
        assert all(divisions.unit(code) for code in codes)
    rows = (REPO / "data/reference/former_names.csv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        former, code, *_ = row.split(",")
        unit = divisions.unit(code)
        assert unit is not None
        assert unit in divisions.above(former)


def test_two_units_of_one_county_stay_open():
    """Where a county has a street and a zone that go by one name, the county decides nothing."""
    divisions = Divisions(
        [{"code": "45", "name": "广西壮族自治区"}],
        [{"code": "4503", "name": "桂林市"}],
        [{"code": "450321", "name": "阳朔县"}],
        [{"code": "450321101", "name": "白沙镇"}, {"code": "450321201", "name": "白沙镇"}],
    )
    title = "阳朔县白沙镇2021年政府信息公开工作年度报告"
    sources = read_sources(title, [title], [title], [], "a.txt", divisions)
    assert resolve(sources, divisions).identity.identity_status == "ambiguous"


@pytest.mark.parametrize("name", ["尧都区", "大厂回族自治县", "吉县", "鄂温克族自治旗"])
def test_short_names_begin_the_full_one(name):
    assert name.startswith(short_name(name))
    assert len(short_name(name)) >= 2
