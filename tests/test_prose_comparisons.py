"""What the prose states beside tables and peers, and what a county has to mend, by hand."""

import pytest

from sql import warehouse
from tests.small_country import DONGHUAMEN, HEYE, JINGZI, SHICHONGKOU, ZIMENQIAO, rows
from tests.small_warehouse import GONE, Said, Small, clear, fill, write_reference

NEW, CARRIED = "requests.received_new/total", "requests.carried_in/total"
SCOPES = ("county", "city", "province", "country")


@pytest.fixture(scope="module")
def shared_con(tmp_path_factory):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        yield con


@pytest.fixture
def con(shared_con):
    yield shared_con
    clear(shared_con)


def says(name, value, township, metric="disclosed_total", **report):
    return Small(name, township=township, prose=(Said(metric, str(value)),), **report)


def compared(con, columns, where="true"):
    return rows(con, "narrative_comparisons", columns, where)


# -- peers


PEERS = (
    says("荷叶镇", 100, HEYE),
    says("井字镇", 200, JINGZI),
    says("梓门桥镇", 200, ZIMENQIAO),
    says("石冲口镇", 50, SHICHONGKOU),
    says("东华门街道", 300, DONGHUAMEN),
    says("某镇", 70, None),
    # another year, another level, no level, no year, another report stands for it
    says("荷叶镇旧", 900, HEYE, year=2022),
    says(
        "双峰县",
        950,
        None,
        columns={"org_level": "county", "county_name": "双峰县", "city_name": "娄底市"}
        | {"province_name": "湖南省"},
    ),
    *(
        says(
            name,
            960,
            None,
            columns={"org_level": None, "county_name": "双峰县", "city_name": "娄底市"}
            | {"province_name": "湖南省"},
        )
        for name in ("某单位", "又一单位")
    ),
    says("无年份", 970, ZIMENQIAO, year=None),
    says("荷叶镇副本", 980, HEYE, findings=("row_missing",)),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 双峰县: 200, 200, 100; 娄底市 and 湖南省 also 50; country also 300 and 70
        ("荷叶镇", [(3, 200, 3), (4, 150, 3), (4, 150, 3), (6, 150, 4)]),
        ("井字镇", [(3, 200, 1), (4, 150, 1), (4, 150, 1), (6, 150, 2)]),
        ("梓门桥镇", [(3, 200, 1), (4, 150, 1), (4, 150, 1), (6, 150, 2)]),
        ("石冲口镇", [(1, 50, 1), (4, 150, 4), (4, 150, 4), (6, 150, 6)]),
        # its city is a placeholder
        ("东华门街道", [(1, 300, 1), (None, None, None), (1, 300, 1), (6, 150, 1)]),
        # it lies nowhere
        ("某镇", [(None, None, None)] * 3 + [(6, 150, 5)]),
        ("荷叶镇旧", [(1, 900, 1)] * 4),
        ("双峰县", [(1, 950, 1)] * 4),
        ("某单位", [(None, None, None)] * 4),
    ],
)
def test_peers_by_hand(con, name, expected):
    fill(con, *PEERS)
    columns = ", ".join(
        f"{scope}_{what}" for scope in SCOPES for what in ("peers", "median", "rank")
    )
    (found,) = compared(con, columns, f"org_name = '{name}'")
    assert [found[at : at + 3] for at in range(0, 12, 3)] == expected


def test_only_reports_that_stand_and_have_a_year_are_compared(con):
    fill(con, *PEERS)
    names = {name for (name,) in compared(con, "org_name")}
    assert names == {report.name for report in PEERS} - {"无年份", "荷叶镇副本"}


def test_who_and_what(con):
    fill(con, says("荷叶镇", 100, HEYE))
    columns = (
        "organisation_id, report_year, metric, metric_label, org_name, county_name, city_name, "
        "province_name, report_id, unit, is_approximate, sentence"
    )
    assert compared(con, columns) == [
        (
            *(HEYE, 2023, "disclosed_total", "主动公开信息总数", "荷叶镇", "双峰县", "娄底市"),
            *("湖南省", Small("荷叶镇").report_id, "条", False, "公开68余条。"),
        )
    ]


def test_several_figures_of_one_metric_are_no_value_and_no_peer(con):
    two = Small("荷叶镇", prose=(Said("disclosed_total", "100"), Said("disclosed_total", "120")))
    same = Small(
        "井字镇",
        township=JINGZI,
        prose=(Said("disclosed_total", "200"), Said("disclosed_total", "200", unit="件")),
    )
    fill(con, two, same)
    columns = "org_name, value, count_values, unit, county_peers, county_median, county_rank"
    assert compared(con, columns) == [
        ("井字镇", 200, 1, None, 1, 200, 1),
        ("荷叶镇", None, 2, "条", 1, 200, None),
    ]


def test_fees_are_compared_in_one_unit(con):
    charged = (("荷叶镇", HEYE, "0.1", "万元"), ("井字镇", JINGZI, "999", "元"))
    reports = [
        Small(name, township=code, prose=(Said("fees_charged", value, unit=unit),))
        for name, code, value, unit in charged
    ]
    twice = (
        Said("fees_charged", "0.02", unit="万元"),
        Said("fees_charged", "200", unit="元"),
    )
    fill(con, *reports, Small("梓门桥镇", township=ZIMENQIAO, prose=twice))
    columns = "value, unit, count_values, county_rank, county_median"
    assert compared(con, columns) == [
        (200, "元", 1, 3, 999),
        (999, "元", 1, 2, 999),
        (1000, "元", 1, 1, 999),
    ]


def test_what_each_office_calls_its_own_is_not_compared(con):
    prose = (
        Said("disclosed_category", "17", "概况类"),
        Said("disclosed_other_channel", "5", "广播"),
        Said("disclosed_website", "100"),
    )
    fill(con, Small("荷叶镇", prose=prose))
    assert compared(con, "metric") == [("disclosed_website",)]


def test_a_report_that_states_nothing_is_not_there(con):
    fill(con, Small("荷叶镇", prose=()))
    assert compared(con, "metric") == []


# -- tables


@pytest.mark.parametrize(
    ("metric", "value", "cells", "expected"),
    [
        ("requests_received", "3", {NEW: "3"}, (3, 0, True)),
        ("requests_received", "4", {NEW: "3"}, (3, 1, False)),
        ("requests_received", "3", {NEW: ""}, (None, None, None)),
        ("requests_received", "3", {NEW: GONE}, (None, None, None)),
        # with those carried in
        ("requests_received", "3", {NEW: "2", CARRIED: "1"}, (2, 1, True)),
        ("requests_received", "2", {NEW: "2", CARRIED: "1"}, (2, 0, True)),
        ("requests_received", "1", {NEW: "2", CARRIED: "1"}, (2, -1, False)),
        ("requests_received", "2", {NEW: "2", CARRIED: ""}, (2, 0, True)),
        ("requests_received", "3", {NEW: "2", CARRIED: ""}, (2, 1, None)),
        ("requests_received", "1", {NEW: "2", CARRIED: ""}, (2, -1, False)),
        ("requests_answered", "3", {"requests.processed_total/total": "3"}, (3, 0, True)),
        ("review_cases", "1", {}, (0, 1, False)),
        (
            "litigation_cases",
            "2",
            {
                "disputes.litigation_direct.total": "1",
                "disputes.litigation_after_review.total": "1",
            },
            (2, 0, True),
        ),
        ("litigation_cases", "2", {"disputes.litigation_direct.total": ""}, (None, None, None)),
        # no table states it
        ("trainings_held", "3", {}, (None, None, None)),
    ],
)
def test_prose_beside_tables(con, metric, value, cells, expected):
    fill(con, Small("荷叶镇", cells=cells, prose=(Said(metric, value),)))
    assert compared(con, "table_value, difference, agrees") == [expected]


def test_what_is_not_exact_agrees_with_nothing_and_contradicts_nothing(con):
    prose = (Said("requests_received", "30", is_approximate=True),)
    fill(con, Small("荷叶镇", cells={NEW: "28"}, prose=prose))
    columns = "value, is_approximate, table_value, difference, agrees"
    assert compared(con, columns) == [(30, True, 28, 2, None)]


def test_several_figures_agree_with_nothing(con):
    prose = (Said("requests_received", "3"), Said("requests_received", "5"))
    fill(con, Small("荷叶镇", cells={NEW: "3"}, prose=prose))
    assert compared(con, "value, table_value, difference, agrees") == [(None, 3, None, None)]


# -- county_findings


def test_what_a_county_has_to_mend(con):
    scars = ("scar_unrepaired",)
    fill(
        con,
        Small("荷叶镇", township=HEYE, cells={NEW: "1"}, findings=("row_missing",) * 2 + scars),
        Small("井字镇", township=JINGZI, cells={NEW: "1"}, findings=("row_missing",)),
        Small("梓门桥镇", township=ZIMENQIAO, cells={NEW: GONE, CARRIED: "1"}),
        Small("石冲口镇", township=SHICHONGKOU, cells={"disclosure.fees.amount": "1"}),
        Small("荷叶镇旧", township=HEYE, year=2022, cells={NEW: "1"}, findings=scars),
        # these count for no county, or not at all
        Small("某镇", township=None, cells={NEW: "1"}, findings=("row_missing",)),
        Small("无年份", township=HEYE, year=None, cells={NEW: "1"}, findings=("row_missing",)),
        Small(
            "井字镇副本",
            township=JINGZI,
            cells={NEW: "1"},
            findings=scars * 2 + ("row_missing",) * 3,
        ),
    )
    columns = (
        "county_name, report_year, rule, severity, rule_title, count_findings, "
        "count_reports_with_finding, count_reports, round(share_of_reports, 4)"
    )
    where = "rule in ('row_missing', 'scar_unrepaired')"
    missing, scarred = ("row_missing", "warning"), ("scar_unrepaired", "info")
    found = rows(con, "county_findings", columns, where)
    assert [row[:4] + row[5:] for row in found] == [
        ("双峰县", 2022, *scarred, 1, 1, 1, 1),
        ("双峰县", 2023, *missing, 3, 2, 3, 0.6667),
        ("双峰县", 2023, *scarred, 1, 1, 3, 0.3333),
    ]
    titles = dict(con.execute("select rule, title_zh from rules").fetchall())
    assert {row[2]: row[4] for row in found}.items() <= titles.items()
    places = "distinct county_code, city_code, city_name, province_code, province_name"
    assert rows(con, "county_findings", places, where) == [
        ("431321", "4313", "娄底市", "43", "湖南省")
    ]
    assert rows(con, "county_findings", "1", "county_name = '新化县'") == []


def test_reports_are_placed_by_name_where_no_township_is_matched(con):
    columns = {"county_name": "双峰县", "city_name": "娄底市", "province_name": "湖南省"}
    ambiguous = columns | {"identity_status": "ambiguous"}
    fill(con, Small("某镇", township=None, findings=("row_missing",), columns=ambiguous))
    found = rows(con, "county_findings", "county_code, count_findings", "rule = 'row_missing'")
    assert found == [("431321", 1)]


def test_sums_agree_with_findings(con):
    fill(
        con,
        *(
            Small(f"{n}镇", township=code, findings=("row_missing",) * n)
            for n, code in enumerate((HEYE, JINGZI, SHICHONGKOU, DONGHUAMEN))
        ),
    )
    of_view = con.execute("select sum(count_findings) from county_findings").fetchone()
    assert of_view == con.execute("select count(*) from findings").fetchone()
