"""Exports of some counties and years: the right rows of every view, and never a guess."""

import duckdb
import pytest

from flows.exceptions import RequestError
from flows.reference import REFERENCE_DIR
from sql import warehouse
from tests.export_support import make_warehouse, read_csv, run
from tests.small_warehouse import Small, fill


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with make_warehouse(tmp_path_factory.mktemp("reference")) as con:
        yield con


@pytest.fixture(scope="module")
def country():
    """All divisions, and a report of each 鼓楼区."""
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, REFERENCE_DIR)
        townships = con.execute(
            "select min(code) from divisions where level = 'township' and county_name = '鼓楼区' "
            "group by county_code"
        ).fetchall()
        fill(con, *(Small(f"某街道{code}", township=code) for (code,) in townships))
        yield con


def exported(con, folder, **asked):
    run(con, folder, **asked)
    return {view: read_csv(folder / f"{view}.csv") for view in warehouse.export_views()}


@pytest.mark.parametrize(
    "county", ["双峰县", "431321", "娄底市双峰县", "湖南省娄底市双峰县", " 双峰县 "]
)
def test_a_county_has_its_rows_in_every_view(con, tmp_path, county):
    tables = exported(con, tmp_path, counties=(county,))
    for view, rows in tables.items():
        whole = con.table(view)
        if "county_code" in whole.columns:
            (count,) = whole.filter("county_code = '431321'").aggregate("count(*)").fetchone()
            assert len(rows) == count > 0, view
            assert {row["county_code"] for row in rows} == {"431321"}
    assert {row["org_name"] for row in tables["report_overview"]} == {
        *("荷叶镇", "井字镇", "梓门桥镇", "荷叶镇旧", "井字镇旧", "梓门桥镇旧"),
        "双峰县",  # the county's own report
    }
    assert len(tables["quarantine"]) == 1


def test_a_year_has_its_rows_in_every_view(con, tmp_path):
    tables = exported(con, tmp_path, years=(2023,))
    for view, rows in tables.items():
        if "report_year" in con.table(view).columns:
            (count,) = con.table(view).filter("report_year = 2023").aggregate("count(*)").fetchone()
            assert len(rows) == count > 0 or view == "text_reuse", view
            assert {row["report_year"] for row in rows} <= {"2023"}, view
    tables = exported(con, tmp_path, years=(2022,))
    assert {row["org_name"] for row in tables["report_overview"]} == {"荷叶镇旧", "井字镇旧"}


def test_counties_and_years_add_up_among_themselves_and_narrow_each_other(con, tmp_path):
    asked = {"counties": ("东城区", "新化县", "新化县"), "years": (2023, 2022)}
    tables = exported(con, tmp_path, **asked)
    names = [row["org_name"] for row in tables["township_years"]]
    assert sorted(names) == ["东华门街道", "石冲口镇"]


def test_ranks_are_those_of_the_whole_country(con, tmp_path):
    (row,) = (
        row
        for row in exported(con, tmp_path, counties=("新化县",))["indicator_comparisons"]
        if (row["indicator"], row["applicant"]) == ("requests.received_new", "total")
    )
    assert int(row["country_peers"]) > 6


def test_one_name_in_several_provinces_keeps_its_places_apart(country, tmp_path):
    tables = exported(country, tmp_path, counties=("350102",))
    assert {row["county_code"] for row in tables["township_years"]} == {"350102"}
    # has names only, and is told apart by its reports
    assert [row["org_name"][:7] for row in tables["report_overview"]] == ["某街道3501"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"counties": ("鼓楼区",)},
            r"^鼓楼区 is the name of 4 counties: give the code of one, 320106 江苏省南京市鼓楼区, "
            r"320302 江苏省徐州市鼓楼区, 350102 福建省福州市鼓楼区, 410204 河南省开封市鼓楼区$",
        ),
        (
            {"counties": ("双峰",)},
            r"^no county '双峰' .*: did you mean 431321 湖南省娄底市双峰县\?$",
        ),
        ({"counties": ("双丰县",)}, r"did you mean .*431321 湖南省娄底市双峰县"),
        ({"counties": ("999999",)}, r"^no county '999999' in the divisions: give its full name"),
        ({"counties": ("",)}, r"^no county '' in the divisions: give its full name or its code$"),
        ({"counties": ("福州市鼓楼区", "荷叶镇")}, r"^no county '荷叶镇'"),
        ({"counties": ("') or true --",)}, r"^no county \"'\) or true --\""),
        (
            {"years": (2023, 1999)},
            r"^no reports for 1999 in the warehouse: years with reports: 2023$",
        ),
        ({"format": "parquet", "labels": "zh"}, r"^Parquet has the names of the warehouse only"),
    ],
)
def test_what_cannot_be_told_is_asked_back(country, tmp_path, asked, message):
    with pytest.raises(RequestError, match=message):
        run(country, tmp_path / "out", **asked)
    assert not (tmp_path / "out").exists()


def test_parquet_is_restricted_too(con, tmp_path):
    run(con, tmp_path, "parquet", counties=("双峰县",), years=(2022,))
    found = duckdb.read_parquet(f"{tmp_path}/township_years/**/*.parquet")
    assert found.project("org_name").order("all").fetchall() == [("井字镇旧",), ("荷叶镇旧",)]
