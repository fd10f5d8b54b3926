"""Views: every one builds and has its key; what they say of a small country by hand."""

import datetime
import re

import pytest

from sql import warehouse
from sql.scripts import VIEW_FOLDERS, scripts, views
from tests.small_country import DONGHUAMEN, HEYE, REPORTS, SHICHONGKOU, rows
from tests.small_warehouse import (
    GONE,
    TOWNSHIPS,
    Small,
    fill,
    load_corrections,
    overrule,
    write_reference,
)


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        load_corrections(con, overrule(REPORTS[-1], "disclosure.fees.amount", "0", "1"))
        fill(con, *REPORTS)
        warehouse.verify(con)
        yield con


# -- all views


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_views_have_a_header(view):
    """That keys hold is shown on a warehouse with more in it, in test_views_in_bulk."""
    assert set(view.header) == {"purpose", "grain", "key", "inputs"}
    assert view.header["grain"].startswith("One row per ")


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_inputs_are_those_that_are_read(view):
    tables = {table.name for table in scripts("schema")}
    known = tables | {other.name for other in views()}
    steps = set(re.findall(r"^([a-z_]+) (?:\(.*\) )?as \($", view.text, flags=re.MULTILINE))
    read = set(re.findall(r"(?:from|join|unpivot) ([a-z_]+)", view.text)) & known - steps
    assert read == set(view.inputs)


def test_staging_reads_tables_and_marts_read_staging():
    tables = {table.name for table in scripts("schema")}
    for folder in VIEW_FOLDERS:
        for view in scripts(folder):
            assert view.name.startswith("stg_") == (folder == "staging")
            if folder == "staging":
                assert set(view.inputs) <= tables
            else:
                assert set(view.inputs) & tables <= {"peer_statistics"}


def test_views_name_no_attached_database(con):
    for view in views():
        assert not re.search(r"\b(memory|warehouse|main)\.", view.text)


def test_views_say_what_they_are(con):
    bare = con.execute(
        "select view_name from duckdb_views() where not internal and comment is null"
    )
    assert bare.fetchall() == []


def test_only_current_reports_are_shown(con):
    (copy,) = (report for report in REPORTS if report.name == "荷叶镇副本")
    for name in ("township_years", "indicator_comparisons", "report_overview"):
        found = con.execute(f"select count(*) from {name} where report_id = ?", [copy.report_id])
        assert found.fetchone() == (0,)


# -- township_years


def test_township_years_add_up_what_was_reported(con):
    columns = (
        "requests_received, requests_carried_in, requests_granted, requests_granted_in_part, "
        "requests_denied, requests_unable, requests_not_handled, requests_other, "
        "requests_processed, requests_carried_out"
    )
    where = f"township_code = '{HEYE}' and report_year = 2023"
    assert rows(con, "township_years", columns, where) == [(10, 0, 4, 0, 3, 1, 1, 1, 10, 0)]
    rates = (
        "granted_rate, granted_in_part_rate, denied_rate, unable_rate, not_handled_rate, other_rate"
    )
    assert rows(con, "township_years", rates, where) == [(0.4, 0, 0.3, 0.1, 0.1, 0.1)]


def test_township_years_know_the_organisation(con):
    columns = (
        "organisation_id, org_level, township_name, county_code, county_name, city_code, city_name,"
        "province_code, province_name, format, status, identity_status"
    )
    assert rows(con, "township_years", columns, "org_name in ('荷叶镇', '东华门街道')") == [
        (
            *(DONGHUAMEN, "township", "东华门街道", "110101", "东城区", None, None),
            *("11", "北京市", "2021", "complete", "matched"),
        ),
        (
            *(HEYE, "township", "荷叶镇", "431321", "双峰县", "4313", "娄底市"),
            *("43", "湖南省", "2021", "complete", "matched"),
        ),
    ]


def test_a_sum_with_a_blank_part_is_null(con):
    columns = "requests_denied, denied_rate, requests_unable"
    where = "org_name = '石冲口镇' and report_year = 2023"
    assert rows(con, "township_years", columns, where) == [(None, None, 0)]
    columns = "reviews, reviews_corrected, lawsuits_direct, disputes, disputes_corrected"
    assert rows(con, "township_years", columns, "org_name = '荷叶镇'") == [(2, 1, 1, 3, None)]


def test_an_unreadable_cell_is_null_not_zero(con):
    assert rows(con, "township_years", "requests_carried_in", "org_name = '东华门街道'") == [
        (None,)
    ]


def test_a_rate_on_nothing_is_null(con):
    columns = "requests_processed, granted_rate, other_rate"
    where = "org_name = '梓门桥镇'"
    assert rows(con, "township_years", columns, where) == [(0, None, None)]


def test_the_older_format_has_its_own_rows(con):
    columns = "requests_other, procurement_10k_yuan, procurement_projects, fees_10k_yuan"
    assert rows(con, "township_years", columns, "org_name = '荷叶镇旧'") == [(3, 12, 4, None)]
    assert rows(con, "township_years", columns, "org_name = '荷叶镇'") == [(1, None, None, 1.5)]


def test_findings_are_counted_by_severity(con):
    columns = "count_errors, count_warnings, count_infos"
    # errors: six rows whose total alone was set, two of disputes; infos: the scar, the blank cell
    # and the sum that it leaves open
    assert rows(con, "township_years", columns, "org_name = '荷叶镇'") == [(8, 1, 3)]
    assert rows(con, "township_years", columns, "org_name = '井字镇'") == [(0, 0, 0)]


def test_totals_of_views_are_sums_of_facts(con):
    for column, indicator in (
        ("requests_received", "requests.received_new"),
        ("requests_processed", "requests.processed_total"),
        ("licensing_decisions", "disclosure.licensing.decisions"),
        ("reviews", "disputes.review.total"),
        ("procurement_10k_yuan", "disclosure.procurement.amount"),
    ):
        of_view = con.execute(f"select sum({column}) from township_years").fetchone()
        of_facts = con.execute(
            "select sum(value) from facts join reports using (report_id) "
            "where is_current and report_year is not null and indicator = ? "
            "and coalesce(applicant, 'total') = 'total'",
            [indicator],
        ).fetchone()
        assert of_view == of_facts
        of_comparisons = con.execute(
            "select sum(value) from indicator_comparisons "
            "where indicator = ? and coalesce(applicant, 'total') = 'total'",
            [indicator],
        ).fetchone()
        assert of_comparisons == of_facts


def test_reports_without_a_year_are_in_the_overview_only(con):
    assert rows(con, "township_years", "org_name", "org_name = '无年份'") == []
    assert rows(con, "report_overview", "org_name", "org_name = '无年份'") == [("无年份",)]


# -- coverage, missing_reports, report_overview


def test_coverage_by_hand(con):
    units = sum(code.startswith("431321") for code in TOWNSHIPS)
    columns = "report_year, count_units, count_reports, coverage_rate, city_name, province_name"
    assert rows(con, "coverage", columns, "county_code = '431321'") == [
        (2021, units, 1, 1 / units, "娄底市", "湖南省"),
        (2022, units, 2, 2 / units, "娄底市", "湖南省"),
        (2023, units, 3, 3 / units, "娄底市", "湖南省"),
    ]
    assert (
        rows(con, "coverage", "count_reports, coverage_rate", "county_code = '430102'")
        == [(0, 0.0)] * 3
    )


def test_missing_and_present_make_all_units(con):
    (missing,) = con.execute("select count(*) from missing_reports").fetchone()
    (present,) = con.execute("select sum(count_reports) from coverage").fetchone()
    assert missing + present == 3 * len(TOWNSHIPS)
    where = f"township_code in ('{HEYE}', '{SHICHONGKOU}')"
    assert rows(con, "missing_reports", "report_year, township_name, county_name", where) == [
        (2021, "石冲口镇", "新化县"),
        (2021, "荷叶镇", "双峰县"),
        (2022, "石冲口镇", "新化县"),
    ]


def test_overview_counts_cells(con):
    columns = (
        "county_name, report_year, format, script, status, count_reported, count_blank, "
        "count_unreadable"
    )
    assert rows(con, "report_overview", columns, "org_name in ('石冲口镇', '东华门街道')") == [
        ("东城区", 2023, "2021", "simplified", "complete", 199, 0, 1),
        ("新化县", 2023, "2021", "simplified", "complete", 199, 1, 0),
    ]


def test_a_report_without_tables_is_shown_with_nulls(tmp_path):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path))
        fill(con, Small("荷叶镇", tables=(), format=None, columns={"status": "text_only"}))
        warehouse.verify(con)
        assert rows(con, "township_years", "requests_received, reviews, count_errors", "true") == [
            (None, None, 3)
        ]
        assert rows(con, "report_overview", "count_reported", "true") == [(0,)]


def test_a_row_that_is_not_there_makes_its_sum_null(tmp_path):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path))
        fill(con, Small("荷叶镇", cells={"requests.unable.not_held/total": GONE}))
        columns = "requests_unable, requests_denied, requests_other"
        assert rows(con, "township_years", columns, "true") == [(None, 0, 0)]


def test_an_empty_warehouse_has_empty_views(tmp_path):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path))
        warehouse.finish_load(con, "run-1")
        warehouse.verify(con)
        for name in warehouse.export_views():
            assert con.execute(f"select count(*) from {name}").fetchone() == (0,)


# -- timeliness


@pytest.fixture
def own_con(tmp_path):
    with warehouse.connect(":memory:") as con:
        reference = write_reference(tmp_path)
        with (reference / "deadlines.csv").open("a", encoding="utf-8") as file:
            file.write("township,4313,1,20,娄底市的规定\n")
        warehouse.create(con, reference)
        yield con


@pytest.mark.parametrize(
    ("township", "published_on", "expected"),
    [
        ("110101001", "2024-01-31", (datetime.date(2024, 1, 31), 0, False)),
        ("110101001", "2024-02-03", (datetime.date(2024, 1, 31), 3, True)),
        ("110101001", None, (datetime.date(2024, 1, 31), None, None)),
        # the city's own deadline goes before that of the country
        ("431321101", "2024-01-31", (datetime.date(2024, 1, 20), 11, True)),
    ],
)
def test_timeliness_by_hand(own_con, township, published_on, expected):
    columns = {"published_on": published_on and datetime.date.fromisoformat(published_on)}
    fill(own_con, Small("某镇", township=township, year=2023, columns=columns))
    assert rows(own_con, "timeliness", "due_on, days_late, is_late", "true") == [expected]


def test_governments_have_until_the_end_of_march(own_con):
    columns = {"org_level": "county", "published_on": datetime.date(2024, 3, 15)}
    fill(own_con, Small("双峰县", township=None, year=2023, columns=columns))
    due, late = datetime.date(2024, 3, 31), -16
    assert rows(own_con, "timeliness", "due_on, days_late, is_late", "true") == [(due, late, False)]
