"""Schema and loading: idempotent, all or nothing, in the types of the contract; the books."""

import datetime

import pandas as pd
import pytest

from sql import warehouse
from sql.scripts import scripts, views
from sql.warehouse import WarehouseError
from tests.small_warehouse import (
    LOADED_AT,
    REFERENCE,
    Small,
    fill,
    known,
    read_reference,
    to_frames,
    write_reference,
)

CONTENT_TABLES = (
    *warehouse.SHARD_TABLES,
    "peer_statistics",
    "report_rows",
    "report_totals",
    "reused_texts",
)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return write_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture
def con(reference):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, reference)
        yield con


def content(con):
    """Give all rows of all tables but when and by whom they were loaded, in a fixed order."""
    rows = {}
    for table in CONTENT_TABLES:
        columns = [name for name in con.table(table).columns if name not in {"run_id", "loaded_at"}]
        selected = ", ".join(f'"{name}"' for name in columns)
        rows[table] = sorted(con.execute(f"select {selected} from {table}").fetchall(), key=repr)
    return rows


# -- schema


def test_every_column_has_a_comment(con):
    bare = con.execute(
        "select table_name, column_name from duckdb_columns() "
        "where not internal and comment is null"
    ).fetchall()
    assert bare == []


def test_create_again_refreshes_reference_and_views_and_keeps_reports(con, reference, tmp_path):
    fill(con, Small("甲镇"))
    before = content(con)
    con.execute("create view left_over as select 1 as one")
    con.execute("update rules set title = 'old'")
    warehouse.create(con, reference)
    assert content(con) == before
    assert con.execute("select count(*) from rules where title = 'old'").fetchone() == (0,)
    names = con.execute("select view_name from duckdb_views() where not internal").fetchall()
    assert {name for (name,) in names} == {view.name for view in views()}


def test_divisions_hold_all_levels_and_leave_placeholder_cities_out():
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, REFERENCE)
        levels = dict(con.execute("select level, count(*) from divisions group by all").fetchall())
        dongcheng = con.execute(
            "select county_code, city_code, city_name, province_name from divisions "
            "where name = '东华门街道'"
        ).fetchall()
    assert levels == {
        level: len(read_reference(f"divisions/{file}"))
        for level, file in (
            ("province", "provinces"),
            ("city", "cities"),
            ("county", "counties"),
            ("township", "townships"),
        )
    }
    assert dongcheng == [("110101", "1101", None, "北京市")]


def test_missing_reference_data_is_one_line(con, tmp_path):
    with pytest.raises(WarehouseError, match=r"indicators\.csv cannot be read: .*Restore it") as it:
        warehouse.create(con, tmp_path)
    assert "\n" not in str(it.value)


def test_every_rule_is_a_check_or_belongs_to_transform():
    rules = read_reference("rules")
    assert {row["severity"] for row in rules} <= {"error", "warning", "info"}
    assert {row["rule"] for row in rules if row["origin"] == "sql"} == {
        check.name for check in scripts("checks")
    }
    assert all(row["title"] and row["title_zh"] and row["basis"] for row in rules)


# -- shards and loading


def test_shards_and_frames_load_alike(con, reference, tmp_path):
    reports = [Small("甲镇"), Small("乙镇", township="431321103", year=2022)]
    warehouse.write_shard(to_frames(reports[0]), tmp_path, "a")
    warehouse.write_shard(to_frames(reports[1]), tmp_path, "b")
    assert warehouse.load_shards(con, tmp_path, "run-1", LOADED_AT) == 2
    warehouse.finish_load(con, "run-1")
    with warehouse.connect(":memory:") as other:
        warehouse.create(other, reference)
        fill(other, *reports)
        assert content(other) == content(con)
    assert con.execute("select count(*) from facts").fetchone() == (400,)


def test_loading_twice_changes_nothing_but_the_run(con):
    reports = [Small("甲镇", findings=("row_missing",)), Small("乙镇", year=2022)]
    fill(con, *reports)
    before = content(con)
    fill(con, *reports, run_id="run-2")
    assert content(con) == before
    assert con.execute("select distinct run_id from reports").fetchall() == [("run-2",)]
    warehouse.verify(con)


def test_loaded_again_a_report_is_replaced_and_others_stay(con):
    first, second = Small("甲镇"), Small("乙镇", township="431321103")
    fill(con, first, second)
    fill(con, Small("甲镇", cells={"requests.granted/enterprise": "4"}), run_id="run-2")
    values = con.execute(
        "select reports.org_name, facts.value from facts join reports using (report_id) "
        "where indicator = 'requests.granted' and applicant = 'enterprise' order by all"
    ).fetchall()
    assert values == [("乙镇", 0), ("甲镇", 4)]


def test_the_same_bytes_under_two_paths_are_one_report(con, tmp_path):
    twice = [Small("甲镇", columns={"source_path": path}) for path in ("b.html", "a.html")]
    assert warehouse.load_frames(con, to_frames(*twice), "run-1", LOADED_AT) == 1
    warehouse.finish_load(con, "run-1")
    warehouse.verify(con)
    assert con.execute("select source_path from reports").fetchall() == [("a.html",)]

    unmatched = {"source_path": "0.html", "identity_status": "unmatched", "township_code": None}
    for name, columns in (("x", unmatched), ("y", {"source_path": "c.html"})):
        warehouse.write_shard(to_frames(Small("甲镇", columns=columns)), tmp_path, name)
    assert warehouse.load_shards(con, tmp_path, "run-2", LOADED_AT) == 1
    warehouse.finish_load(con, "run-2")
    warehouse.verify(con)
    assert con.execute("select source_path from reports").fetchall() == [("c.html",)]


def test_times_are_stored_in_utc(con):
    beijing = datetime.timezone(datetime.timedelta(hours=8))
    moment = datetime.datetime(2024, 2, 1, 2, 30, tzinfo=beijing)
    warehouse.load_frames(con, to_frames(Small("甲镇")), "run-1", moment)
    stored = con.execute("select loaded_at from reports").fetchone()
    assert stored == (datetime.datetime(2024, 1, 31, 18, 30),)  # noqa: DTZ001


def test_no_shards_are_no_reports(con, tmp_path):
    assert warehouse.load_shards(con, tmp_path, "run-1", LOADED_AT) == 0


def test_empty_frames_make_an_empty_shard(con, tmp_path):
    warehouse.write_shard(to_frames(), tmp_path, "empty")
    assert warehouse.load_shards(con, tmp_path, "run-1", LOADED_AT) == 0
    types = con.read_parquet(str(tmp_path / "facts" / "empty.parquet")).types
    assert [str(kind) for kind in types][3] == "DECIMAL(20,4)"


def test_dates_and_missing_values_survive_a_shard(con, tmp_path):
    dated = {"published_on": datetime.date(2024, 1, 19), "title": float("nan")}
    rest = [Small(f"{number}镇", township=None) for number in range(20)]
    warehouse.write_shard(to_frames(*rest, Small("甲镇", columns=dated)), tmp_path, "a")
    warehouse.load_shards(con, tmp_path, "run-1", LOADED_AT)
    rows = con.execute("select distinct published_on, title from reports").fetchall()
    assert set(rows) == {(None, None), (datetime.date(2024, 1, 19), None)}
    assert con.execute("select count(*) from facts where applicant is null").fetchone() == (525,)


def test_a_value_of_the_wrong_type_is_one_line_and_leaves_no_shard(tmp_path):
    frames = to_frames(Small("甲镇"))
    frames["facts"].loc[0, "value"] = "三件"
    with pytest.raises(WarehouseError, match=r"The frame of facts does not fit.*三件") as it:
        warehouse.write_shard(frames, tmp_path, "a")
    assert "\n" not in str(it.value)
    assert not list((tmp_path / "facts").glob("*.parquet"))
    assert not (tmp_path / "reports").exists()


def test_a_missing_frame_or_column_is_named(tmp_path):
    frames = to_frames(Small("甲镇"))
    without_column = frames | {"facts": frames["facts"].drop(columns="unit")}
    with pytest.raises(WarehouseError, match=r"frame of facts does not fit.*\"unit\""):
        warehouse.write_shard(without_column, tmp_path, "a")
    del frames["repairs"]
    with pytest.raises(WarehouseError, match="no frame of repairs"):
        warehouse.write_shard(frames, tmp_path, "a")


def test_a_broken_shard_loads_nothing(con, tmp_path):
    fill(con, Small("甲镇"))
    before = content(con)
    warehouse.write_shard(to_frames(Small("乙镇")), tmp_path, "a")
    (tmp_path / "sections" / "a.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(WarehouseError, match=r"The load failed: .*Nothing was loaded"):
        warehouse.load_shards(con, tmp_path, "run-2", LOADED_AT)
    assert content(con) == before


# -- books


def test_files_are_known_again(con):
    warehouse.record_files(con, pd.DataFrame([known("a", "1"), known("b", None, "quarantine")]))
    changed = known("a", "2") | {"size": 11}
    warehouse.record_files(con, pd.DataFrame([changed]))
    found = warehouse.known_files(con)
    assert found.columns.to_list() == [
        "source_path",
        "size",
        "mtime_ns",
        "sha256",
        "report_id",
        "version",
        "outcome",
        "is_present",
        "is_read_here",
    ]
    assert found["is_present"].all()
    assert found[["source_path", "size", "outcome"]].to_numpy().tolist() == [
        ["a", 11, "report"],
        ["b", 10, "quarantine"],
    ]
    assert found["mtime_ns"].to_list() == [1_700_000_000_000_000_000] * 2


def test_quarantine_keeps_the_first_run_and_lets_go(con):
    bad = {"source_path": "a", "source_sha256": None, "stage": "extract", "error": "Unreadable"}
    for run_id, message in (("run-1", "old"), ("run-2", "new")):
        warehouse.record_quarantine(con, pd.DataFrame([bad | {"message": message}]), run_id)
    assert con.execute("from quarantine").fetchall() == [
        ("a", None, "extract", "Unreadable", "new", "run-1", "run-2")
    ]
    warehouse.clear_quarantine(con, ["b"])
    assert len(con.execute("from quarantine").fetchall()) == 1
    warehouse.clear_quarantine(con, iter(["a"]))
    assert con.execute("from quarantine").fetchall() == []
    warehouse.clear_quarantine(con, [])


def test_a_run_is_written_in_parts(con):
    warehouse.record_run(con, {"run_id": "r", "started_at": LOADED_AT, "status": "running"})
    warehouse.record_run(con, {"run_id": "r", "status": "done", "files_seen": 3})
    row = con.execute(
        "select started_at, finished_at, status, files_seen, findings from runs"
    ).fetchall()
    assert row == [(LOADED_AT.replace(tzinfo=None), None, "done", 3, None)]
    with pytest.raises(WarehouseError, match="runs has no column files_lost"):
        warehouse.record_run(con, {"run_id": "r", "files_lost": 1})


def test_export_names_exist_and_leave_intermediates_out(con):
    names = warehouse.export_views()
    assert {"township_years", "indicator_comparisons", "coverage", "finding_list"} <= set(names)
    for name in names:
        assert not name.startswith(("_", "stg_"))
        con.execute(f"from {name} limit 0")
