"""Which report stands for its organisation and year, and what `verify` proves."""

import datetime

import pandas as pd
import pytest

from sql import warehouse
from sql.proofs import PROOFS
from sql.scripts import scripts
from sql.warehouse import WarehouseError
from tests.small_warehouse import LOADED_AT, Small, fill, known, to_frames, write_reference


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return write_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture
def con(reference):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, reference)
        yield con


def reports_by_name(con):
    rows = con.execute("select org_name, is_current, superseded_by from reports").fetchall()
    return {name: (is_current, superseded_by) for name, is_current, superseded_by in rows}


def test_fewest_findings_stand_before_all_else(con):
    flawed = Small("甲镇-1", findings=("row_missing",), columns={"published_on": "2024-02-02"})
    partial = Small("甲镇-2", columns={"status": "partial", "published_on": "2024-01-01"})
    fill(con, flawed, partial)
    assert reports_by_name(con) == {"甲镇-1": (False, partial.report_id), "甲镇-2": (True, None)}


def test_a_whole_year_stands_before_part_of_one_with_fewer_findings(con):
    part = Small("甲镇-1", findings=("period_not_a_year",), columns={"published_on": "2024-02-02"})
    whole = Small("甲镇-2", findings=("row_missing", "year_contradiction", "section_missing"))
    fill(con, part, whole)
    assert reports_by_name(con) == {"甲镇-1": (False, whole.report_id), "甲镇-2": (True, None)}


def test_info_findings_do_not_count(con):
    scarred = Small("甲镇-1", findings=("scar_unrepaired",), columns={"published_on": "2024-02-02"})
    older = Small("甲镇-2", columns={"published_on": "2024-01-01"})
    fill(con, scarred, older)
    assert reports_by_name(con)["甲镇-1"] == (True, None)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ({"status": "complete"}, {"status": "partial", "published_on": "2024-03-01"}),
        ({"published_on": "2024-01-20"}, {"published_on": "2024-01-10"}),
        ({"published_on": "2024-01-20"}, {"published_on": None}),
    ],
    ids=["complete", "newer", "dated"],
)
@pytest.mark.parametrize("names", ["ab", "ba"])
def test_then_complete_then_newer(con, winner, loser, names):
    fill(con, Small(names[0], columns=winner), Small(names[1], columns=loser))
    assert reports_by_name(con)[names[0]] == (True, None)
    assert reports_by_name(con)[names[1]] == (False, Small(names[0]).report_id)


def test_then_the_one_loaded_last(con):
    for name in ("a", "b"):
        later = LOADED_AT + datetime.timedelta(days=name == "a")
        warehouse.load_frames(con, to_frames(Small(name)), "run-1", later)
    warehouse.finish_load(con, "run-1")
    assert reports_by_name(con) == {"a": (True, None), "b": (False, Small("a").report_id)}


def test_reports_without_township_or_year_all_stand(con):
    fill(
        con,
        Small("a", township=None),
        Small("b", township=None),
        Small("c", year=None),
        Small("d", year=None),
        Small("e", columns={"identity_status": "ambiguous"}),
        Small("f", columns={"identity_status": "ambiguous"}),
        Small("g", columns={"org_level": "department"}),
        Small("h"),
    )
    assert set(reports_by_name(con).values()) == {(True, None)}
    warehouse.verify(con)


def county(name, year=2023, **columns):
    known = {"county_name": "双峰县", "city_name": "娄底市", "province_name": "湖南省"}
    columns = {"org_level": "county", "identity_status": "matched", **known, **columns}
    cells = {"requests.received_new/natural_person": "7", "requests.received_new/total": "7"}
    return Small(name, township=None, year=year, cells=cells, columns=columns)


def test_a_county_that_is_matched_has_one_report_a_year_and_a_year_before(con):
    fill(
        con,
        county("双峰县页面"),
        county("双峰县文件", published_on="2024-03-01"),
        county("双峰县去年", 2022),
        county("新化县", county_name="新化县"),
        county("娄底市", org_level="city", county_name=None),
        county("无名县", identity_status="unmatched", county_name=None, province_name=None),
        county("双峰县某局", org_level="department"),
        county("双峰县某局再报", org_level="department"),
    )
    standing = reports_by_name(con)
    assert [name for name, (is_current, _) in standing.items() if not is_current] == ["双峰县页面"]
    where = "indicator = 'requests.received_new' and applicant = 'total' and report_year = 2023"
    peers = f"select org_name, province_peers from indicator_comparisons where {where}"
    assert dict(con.execute(peers).fetchall())["双峰县文件"] == 2
    before = f"select org_name, last_value from indicator_trends where {where}"
    assert dict(con.execute(before).fetchall())["双峰县文件"] == 7
    duplicates = "select report_id from findings where rule = 'duplicate_report'"
    assert con.execute(duplicates).fetchall() == [(county("双峰县页面").report_id,)]
    warehouse.verify(con)


def test_a_file_that_changed_gives_its_new_report_the_place(con):
    old = Small("old", columns={"source_path": "a.html", "published_on": "2024-03-01"})
    new = Small("new", findings=("row_missing",), columns={"source_path": "a.html"})
    fill(con, old)
    warehouse.record_files(con, pd.DataFrame([known("a.html", new.report_id)]))
    fill(con, new, run_id="run-2")
    assert reports_by_name(con) == {"old": (False, new.report_id), "new": (True, None)}
    warehouse.verify(con)


def test_the_old_bytes_stand_while_another_file_holds_them(con):
    old = Small("old", columns={"source_path": "a.html"})
    new = Small("new", findings=("row_missing",), columns={"source_path": "a.html"})
    fill(con, old)
    files = [known("a.html", new.report_id), known("copy.html", old.report_id)]
    warehouse.record_files(con, pd.DataFrame(files))
    fill(con, new, run_id="run-2")
    assert reports_by_name(con)["old"] == (True, None)


def test_a_file_that_went_bad_keeps_its_report(con):
    fill(con, Small("old", columns={"source_path": "a.html"}))
    warehouse.record_files(con, pd.DataFrame([known("a.html", None, "quarantine")]))
    warehouse.finish_load(con, "run-2")
    assert reports_by_name(con) == {"old": (True, None)}


# -- proof


@pytest.mark.parametrize(
    ("damage", "breach"),
    [
        ("insert into reports select * from reports", "reports: report_id .* occurs 2 times"),
        ("insert into facts select * from facts limit 1", "facts: report .* has a cell twice"),
        ("insert into sections select * from sections", "has section 1 twice"),
        ("insert into repairs select * from repairs", "has step spaces twice"),
        ("insert into peer_statistics select * from peer_statistics", "a key occurs 2 times"),
        ("delete from peer_statistics", "peer_statistics: 0 rows for 200"),
        ("update facts set report_id = 'x'", "facts: report x is not in reports"),
        ("update facts set indicator = 'x' where row_index = 0", "unknown indicator x"),
        ("update facts set applicant = 'x' where row_index = 20", "unknown applicant x"),
        ("update facts set applicant = 'total' where row_index = 0", "has an applicant"),
        ("update facts set applicant = null where row_index = 20", "lacks an applicant"),
        ("update facts set value = null where row_index = 0", "value null with value_status"),
        ("update facts set value_status = 'x' where row_index = 0", "with value_status x"),
        ("update findings set rule = 'x'", "findings: unknown rule x"),
        ("update reports set status = 'x'", "has an unknown code"),
        ("update reports set is_current = false", "neither status, current nor superseded"),
        (
            "update reports set is_current = false, superseded_by = 'x'",
            "superseded by one not there",
        ),
        ("update reports set report_year = 2022", "peer_statistics|has 2 current reports"),
    ],
)
def test_verify_names_what_is_broken(con, damage, breach):
    fill(con, Small("甲镇", findings=("row_missing",)))
    warehouse.verify(con)
    con.execute(damage)
    if breach.endswith("current reports"):
        con.execute("insert into reports select * replace ('y' as report_id) from reports")
    with pytest.raises(WarehouseError, match=breach):
        warehouse.verify(con)


def test_every_proof_is_asked(con):
    con.execute("drop view township_years")
    with pytest.raises(WarehouseError, match=r"cannot be verified: .*township_years"):
        warehouse.verify(con)
    assert {proof.name for proof in scripts("verify")} == set(PROOFS)


def test_checks_of_current_reports_see_this_load_and_do_not_decide_it(con):
    carried = {"requests.carried_out/enterprise": "3"}
    early, late = (Small(name, cells=cells) for name, cells in (("甲", carried), ("乙", {})))
    fill(con, early, Small("次年", year=2024))
    query = "select report_id, rule from findings where rule = 'carry_over_balance'"
    first = con.execute(query).fetchall()
    assert len(first) == 1
    warehouse.finish_load(con, "run-2")
    assert con.execute(query).fetchall() == first
    fill(con, late)
    assert len(con.execute("from findings where rule = 'duplicate_report'").fetchall()) == 1
