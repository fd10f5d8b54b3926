"""Exports as CSV and Parquet: every value as the warehouse has it, in files that stand alone."""

import csv
import io
from decimal import Decimal

import duckdb
import pytest

from flows.cells import plain
from flows.export import ExportRequest, export
from sql import warehouse
from tests.export_support import HARD_NAMES, make_warehouse, read_csv, run
from tests.small_warehouse import Small, fill, write_reference

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")
FORMATS = ("csv", "parquet", "xlsx")


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with make_warehouse(tmp_path_factory.mktemp("reference")) as con:
        yield con


def files(folder):
    return {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}


def test_equal_warehouses_give_equal_files(con, tmp_path):
    with make_warehouse(tmp_path / "reference") as other:
        for kind in FORMATS:
            run(con, tmp_path / "a" / kind, kind, years=(2022,))
            run(other, tmp_path / "b" / kind, kind, years=(2022,))
    first, second = files(tmp_path / "a"), files(tmp_path / "b")
    assert set(first) == set(second)
    for name, path in first.items():
        assert path.read_bytes() == second[name].read_bytes(), name


# -- CSV


def spelled_out(con, view):
    """The file of a view, made the long way round: cell by cell with the standard library."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(con.table(view).columns)
    for row in con.table(view).order("all").fetchall():
        writer.writerow(
            "'" + value if isinstance(value, str) and value.startswith(FORMULA) else plain(value)
            for value in row
        )
    return stream.getvalue().encode("utf-8-sig")


def test_csv_is_that_of_the_standard_library(con, tmp_path):
    run(con, tmp_path)
    for view in warehouse.export_views():
        assert (tmp_path / f"{view}.csv").read_bytes() == spelled_out(con, view), view


def test_csv_keeps_hard_names_and_no_formula(con, tmp_path):
    run(con, tmp_path)
    names = {row["org_name"] for row in read_csv(tmp_path / "report_overview.csv")}
    assert {f"'{name}" if name.startswith(FORMULA) else name for name in HARD_NAMES} <= names
    (row,) = read_csv(tmp_path / "quarantine.csv")
    assert row["source_path"] == "'=坏.pdf"


def test_csv_numbers_below_zero_are_no_formulas(con, tmp_path):
    run(con, tmp_path)
    (row,) = (
        row
        for row in read_csv(tmp_path / "township_years.csv")
        if row["township_code"] == "430102001"
    )
    assert (row["requests_received"], row["fees_10k_yuan"]) == ("-4", "0.1")


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("10::decimal(20,0)", "10"),
        ("100::decimal(20,4)", "100"),
        ("0::decimal(20,4)", "0"),
        ("-0.5::decimal(20,4)", "-0.5"),
        ("12345678901234.0001::decimal(20,4)", "12345678901234.0001"),
        ("2::double", "2"),
        ("1/3", "0.3333333333333333"),
        ("1e-7::double", "1e-07"),
        ("'nan'::double", ""),
        ("true", "true"),
        ("date '2022-01-31'", "2022-01-31"),
        ("timestamp '2022-01-31 01:02:03'", "2022-01-31T01:02:03"),
        ("[1, 2]", '"[1, 2]"'),
        ("null::varchar", ""),
        ("''", ""),
    ],
)
def test_csv_has_every_type(tmp_path, monkeypatch, sql, text):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path))
        con.execute(f"create table things as select 'a' as name, {sql} as thing")
        monkeypatch.setattr(warehouse, "export_views", lambda: ("things",))
        run(con, tmp_path / "out")
    data = (tmp_path / "out" / "things.csv").read_text(encoding="utf-8-sig")
    assert data == f"name,thing\na,{text}\n"


# -- Parquet


def test_parquet_reads_back_with_equal_rows_and_types(con, tmp_path):
    run(con, tmp_path, "parquet")
    for view in warehouse.export_views():
        source = con.table(view)
        has_years = "report_year" in source.columns
        place = f"{tmp_path}/{view}/**/*.parquet" if has_years else f"{tmp_path}/{view}.parquet"
        found = duckdb.read_parquet(place, hive_partitioning=False)
        assert (found.columns, found.types) == (source.columns, source.types)
        assert found.order("all").fetchall() == source.order("all").fetchall()
        by_folder = duckdb.read_parquet(place, hive_partitioning=True)
        assert by_folder.columns == source.columns
        assert by_folder.order("all").fetchall() == source.order("all").fetchall()


def test_parquet_has_a_part_for_each_year_and_one_for_none(con, tmp_path):
    run(con, tmp_path, "parquet")
    parts = {path.parent.name: path for path in tmp_path.glob("report_overview/*/data.parquet")}
    none = "report_year=__HIVE_DEFAULT_PARTITION__"
    assert set(parts) == {none, *(f"report_year={year}" for year in (2021, 2022, 2023))}
    found = duckdb.read_parquet(str(parts[none])).project("org_name, report_year").fetchall()
    assert found == [("无年份", None)]


def test_an_export_leaves_no_part_of_an_earlier_one(con, tmp_path):
    run(con, tmp_path, "parquet")
    (tmp_path / "coverage" / "report_year=1999").mkdir()
    (tmp_path / "coverage" / "report_year=1999" / "data.parquet").touch()
    run(con, tmp_path, "parquet", years=(2022,))
    assert [path.name for path in (tmp_path / "coverage").iterdir()] == ["report_year=2022"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_failed_export_leaves_the_earlier_one(con, tmp_path, monkeypatch):
    run(con, tmp_path, "parquet")
    before = {name: path.read_bytes() for name, path in files(tmp_path).items()}

    def fail(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.export_parquet._write", fail)
    with pytest.raises(OSError, match="No space left"):
        run(con, tmp_path, "parquet", years=(2022,))
    assert {name: path.read_bytes() for name, path in files(tmp_path).items()} == before


@pytest.mark.parametrize("kind", FORMATS)
def test_an_interrupted_export_leaves_nothing_half_done(con, tmp_path, kind):
    under_way = export(con, tmp_path, ExportRequest(kind, years=(2022,)))
    first = next(under_way)
    under_way.close()
    done = {name.as_posix() for name in files(tmp_path)}
    assert done == (set() if kind == "xlsx" else set(first.files))


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_warehouse_gives_headers(tmp_path, kind):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path))
        written = run(con, tmp_path / "out", kind)
        assert [(one.table.name, one.rows) for one in written] == [
            (view, 0) for view in warehouse.export_views()
        ]
        if kind == "parquet":
            for one in written:
                found = duckdb.read_parquet([str(tmp_path / "out" / file) for file in one.files])
                assert found.columns == con.table(one.table.name).columns
                assert found.fetchall() == []


# -- finding_list


def test_findings_are_read_without_another_table(con, tmp_path):
    with warehouse.connect(":memory:") as own:
        own_reference = tmp_path / "own"
        own_reference.mkdir()
        warehouse.create(own, write_reference(own_reference))
        fill(
            own,
            Small("荷叶镇", cells={"requests.granted/total": "7"}),
            Small("荷叶镇副本", cells={"requests.received_new/total": "5"}),
        )
        run(own, tmp_path / "out")
        (count,) = own.execute("select count(*) from findings").fetchone()
    found = read_csv(tmp_path / "out" / "finding_list.csv")
    assert len(found) == count
    assert {row["is_current"] for row in found} == {"true", "false"}
    row = next(row for row in found if row["rule"] == "applicants_sum")
    assert (row["report_year"], row["township_code"], row["township_name"]) == (
        "2023",
        "431321101",
        "荷叶镇",
    )
    assert (row["county_code"], row["county_name"]) == ("431321", "双峰县")
    assert row["rule_title"] == "六类申请人之和等于总计"
    assert row["indicator_label"].startswith(("一、本年新收", "三、本年度办理结果/"))
    assert {each["county_code"] for each in found} == {"431321"}
    assert Decimal(row["difference"]) == Decimal(row["actual"]) - Decimal(row["expected"])
