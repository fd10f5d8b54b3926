"""Views of the generated warehouse against pandas: every figure of every row."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from sql import comments
from sql.scripts import scripts, views
from tests import independent
from tests.generated_warehouse import COUNTIES, GONE_FILES, UNITS, YEARS

ANALYSTS_VIEWS = [view for view in scripts("marts") if not view.name.startswith("_")]
DIVISIONS = [
    f"{level}_{part}"
    for level in ("township", "county", "city", "province")
    for part in ("code", "name")
]


def frame_of(con, view, index):
    """Give a view as a frame, decimals as floats, in the order of its index."""
    frame = con.execute(f"from {view}").df().set_index(index).sort_index()
    return frame.apply(
        lambda column: column.astype(float) if column.dtype.kind in "biuf" else column
    )


def assert_same(found, expected):
    """Every column of `expected` is in `found` with the same numbers and the same gaps."""
    expected = expected.sort_index().astype(float)
    pd.testing.assert_frame_equal(
        found[expected.columns].astype(float),
        expected,
        check_names=False,
        check_dtype=False,
        check_index_type=False,
        atol=1e-9,
    )


# -- all views


def test_the_warehouse_has_what_views_are_tested_on(generated_con):
    reports = generated_con.table("reports").df()
    assert len(reports) >= 200
    assert set(reports["report_year"].dropna()) == set(YEARS)
    assert set(reports["identity_status"]) == {"matched", "ambiguous", "unmatched"}
    assert set(reports["org_level"]) == {"township", "county", "department"}
    in_both = reports[reports["report_year"].eq(2021)]["format"]
    assert set(in_both) == {"2019", "2021"}
    statuses = generated_con.table("facts").df()["value_status"]
    assert set(statuses) == {"reported", "blank", "not_applicable", "unreadable"}


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_keys_are_unique_and_set(generated_con, view):
    total = generated_con.execute(f"select count(*) from {view.name}").fetchone()[0]
    # nobody corrects generated reports, their prose parts no total, and none was fetched:
    # test_views has the first two, test_fetch_ingest the others
    nothing_there = ("stg_corrections", "_stated_parts", "stg_fetched_files", "_report_urls")
    assert total or view.name in nothing_there
    nullable = {"applicant"}  # not every indicator is by applicant
    if view.key:
        key = ", ".join(view.key)
        distinct = generated_con.execute(
            f"select count(*) from (select distinct {key} from {view.name})"
        )
        assert distinct.fetchone() == (total,)
        for name in set(view.key) - nullable:
            empty = f"select count(*) from {view.name} where {name} is null"
            assert generated_con.execute(empty).fetchone() == (0,), name


@pytest.mark.parametrize("view", ANALYSTS_VIEWS, ids=lambda view: view.name)
def test_a_grain_names_what_the_key_holds(view):
    """A reader who knows the grain can guess the key, and the other way round."""
    words = {
        "organisation_id": "organisation",
        "report_year": "year",
        "report_id": "report",
        "section_no": "section",
        "other_report_id": "other report",
        "township_code": "township",
        "county_code": "county",
        "province_code": "province",
    }
    named = [words.get(name, name) for name in view.key]
    assert all(word in view.header["grain"] for word in named), view.header["grain"]


@pytest.mark.parametrize("view", ANALYSTS_VIEWS, ids=lambda view: view.name)
def test_divisions_stand_in_one_block_in_one_order(generated_con, view):
    columns = generated_con.table(view.name).columns
    there = [name for name in columns if name in DIVISIONS]
    assert there == DIVISIONS[-len(there) :]
    start = columns.index(there[0])
    assert columns[start : start + len(there)] == there
    if "organisation_id" in columns:
        assert there == DIVISIONS


@pytest.mark.parametrize("view", ANALYSTS_VIEWS, ids=lambda view: view.name)
def test_codes_come_with_their_label(generated_con, view):
    columns = generated_con.table(view.name).columns
    tables = {"indicator": "stg_indicators", "applicant": "stg_applicants"}
    for code, table in tables.items():
        if code in columns:
            wrong = generated_con.execute(
                f"select count(*) from {view.name} as v left join {table} as t using ({code}) "
                f"where v.{code}_label is distinct from t.label"
            )
            assert wrong.fetchone() == (0,)
            assert columns.index(f"{code}_label") == columns.index(code) + 1


def test_every_column_has_a_meaning_and_every_meaning_a_column(generated_con):
    names = {view.name for view in views()}
    columns = generated_con.execute(
        "select table_name, column_name from duckdb_columns()"
    ).fetchall()
    own = {(table, column) for table, column in columns if table in names}
    used = {("", column) for _, column in own}
    meant = set(comments.meanings())
    assert used <= meant <= used | own


def test_comments_reach_the_client(generated_con):
    found = generated_con.execute(
        "select column_name, comment from duckdb_columns() where table_name = 'township_years'"
    ).fetchall()
    assert dict(found) == {name: comments.meanings()["", name] for name, _ in found}
    (words,) = generated_con.execute(
        "select comment from duckdb_columns() "
        "where table_name = 'finding_list' and column_name = 'difference'"
    ).fetchone()
    assert words == comments.meanings()["finding_list", "difference"]
    assert words != comments.meanings()["", "difference"]
    bare = "select count(*) from duckdb_columns() where not internal and comment is null"
    assert generated_con.execute(bare).fetchone() == (0,)


def test_meanings_are_each_given_once():
    path = Path(comments.__file__).with_name("columns.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len({(view, name) for view, name, _ in rows}) == len(rows)
    assert all(re.fullmatch(r"\S.*[^\s.]", meaning) for *_, meaning in rows)


# -- township_years


def test_township_years(generated_con):
    found = frame_of(generated_con, "township_years", "report_id")
    expected = independent.township_years(generated_con)
    reports = independent.standing(generated_con)
    assert set(found.index) == set(reports.index)
    expected = expected.reindex(reports.index)
    assert_same(found, expected)
    rest = set(found.columns) - set(expected.columns)
    for column in rest & set(reports.columns) - {"report_year", "published_on"}:
        known = reports.sort_index()[column]
        assert found[column].dropna().eq(known.reindex(found.index)[found[column].notna()]).all(), (
            column
        )
    assert found["denied_rate"].isna().any()
    assert found["requests_denied"].isna().any()
    assert found["disclosed_total"].isna().any()


# -- county_years, province_years

MAIN = [
    "requests_received",
    "requests_processed",
    "requests_granted",
    "requests_denied",
    "reviews",
    "lawsuits",
    "normative_documents_issued",
    "licensing_decisions",
    "penalty_decisions",
    "coercion_decisions",
    "fees_10k_yuan",
    "disclosed_total",
]


@pytest.mark.parametrize("level", ["county", "province"])
def test_years_of_divisions(generated_con, level):
    code = f"{level}_code"
    reports = independent.standing(generated_con).join(independent.township_years(generated_con))
    reports = reports[reports["organisation_id"].eq(reports["township_code"])]
    due = pd.to_datetime(reports["report_year"].add(1).astype(int).astype(str) + "-01-31")
    reports["late"] = (reports["published_on"] > due).where(reports["published_on"].notna())
    rows = {}
    for key, group in reports.groupby([code, "report_year"]):
        both = {
            part: group.dropna(subset=["requests_processed", f"requests_{part}"])
            for part in ("granted", "denied")
        }
        row = {
            "count_reports": len(group),
            "count_dated": group["published_on"].notna().sum(),
            "count_late": group["late"].eq(True).sum(),
            "count_with_errors": group["count_errors"].gt(0).sum(),
            "late_rate": group["late"].dropna().astype(float).mean(),
            "error_rate": group["count_errors"].gt(0).mean(),
        }
        for part, frame in both.items():
            base = frame["requests_processed"].sum()
            row[f"{part}_rate"] = frame[f"requests_{part}"].sum() / base if base else None
            row[f"{part}_rate_median"] = group[f"{part}_rate"].median()
        for name in MAIN:
            row[f"{name}_sum"] = group[name].sum(min_count=1)
            row[f"{name}_reports"] = group[name].count()
            row[f"{name}_median"] = group[name].median()
        rows[key] = row
    expected = pd.DataFrame.from_dict(rows, orient="index")
    expected.index = expected.index.set_names([code, "report_year"])
    units = pd.Series({c: len(UNITS[c]) for c in COUNTIES}, name="count_units")
    units = units.groupby(units.index.str[: 6 if level == "county" else 2]).sum()
    expected["count_units"] = units.reindex(expected.index.get_level_values(0)).to_numpy()
    expected["coverage_rate"] = expected["count_reports"] / expected["count_units"]

    found = frame_of(generated_con, f"{level}_years", [code, "report_year"])
    assert len(found) == len(units) * len(YEARS)
    assert_same(found.loc[expected.index], expected)
    names = {code.removesuffix("_code") + "_name", "city_code", "city_name"} | set(DIVISIONS[-4:])
    assert set(found.columns) - names == set(expected.columns)


def test_a_countys_own_report_is_not_added_to_its_townships(generated_con):
    (own,) = generated_con.execute(
        "select requests_received from township_years "
        "where org_level = 'county' and report_year = 2023"
    ).fetchone()
    total, reports = generated_con.execute(
        "select requests_received_sum, count_reports from county_years "
        "where county_name = '双峰县' and report_year = 2023"
    ).fetchone()
    everything = generated_con.execute(
        "select sum(requests_received), count(*) from township_years "
        "where county_name = '双峰县' and report_year = 2023"
    ).fetchone()
    assert own == 7
    assert everything[0] - total == own
    assert everything[1] - reports == 2  # the county and one of its departments


# -- coverage, missing_reports, report_overview


def test_coverage_and_what_is_missing(generated, generated_con):
    reports = independent.standing(generated_con)
    there = reports[reports["organisation_id"].eq(reports["township_code"])]
    keys = set(zip(there["township_code"], there["report_year"].astype(int), strict=True))
    units = {(code, year) for codes in UNITS.values() for code in codes for year in YEARS}
    missing = generated_con.execute(
        "select township_code, report_year from missing_reports"
    ).fetchall()
    assert set(missing) == units - keys
    absent = generated.planted.absent.itertuples(index=False, name=None)
    assert set(absent) <= set(missing)
    counts = there.groupby(["county_code", "report_year"]).size()
    for county, year, found, all_units, rate in generated_con.execute(
        "select county_code, report_year, count_reports, count_units, coverage_rate from coverage"
    ).fetchall():
        assert (found, all_units) == (counts.get((county, year), 0), len(UNITS[county]))
        assert rate == found / all_units


def test_overview_counts(generated_con):
    found = frame_of(generated_con, "report_overview", "report_id")
    reports = generated_con.table("reports").df().query("is_current").set_index("report_id")
    assert set(found.index) == set(reports.index)
    cells = independent.facts(generated_con)
    expected = pd.DataFrame(
        {
            f"count_{status}": cells[cells["value_status"].eq(status)].groupby("report_id").size()
            for status in ("reported", "blank", "unreadable")
        }
    )
    findings = generated_con.table("findings").df()
    expected["count_findings"] = findings.groupby("report_id").size()
    assert_same(found, expected.reindex(reports.index).fillna(0))
    gone = found.loc[found["is_source_gone"].astype(bool), "org_name"]
    assert set(gone) == {"无名镇0", "双峰县"}
    assert len(gone) == len(GONE_FILES)
