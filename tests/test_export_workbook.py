"""The workbook: what stands in its cells, in Excel's terms, and what Excel's limits do to it."""

import csv
import datetime
import shutil
import subprocess
from decimal import Decimal
from itertools import zip_longest

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from flows import export_workbook
from sql import warehouse
from tests.export_support import HARD_NAMES, make_warehouse, run
from tests.small_warehouse import write_reference

# One file for each sheet, UTF-8, texts in quotes, cells as they are and not as they look.
_CSV_OF_EVERY_SHEET = (
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1"
)
NAME = "gongkai.xlsx"


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with make_warehouse(tmp_path_factory.mktemp("reference")) as con:
        yield con


@pytest.fixture(scope="module")
def folder(con, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workbook")
    run(con, folder, "xlsx")
    return folder


@pytest.fixture(scope="module")
def book(folder):
    return openpyxl.load_workbook(folder / NAME)


@pytest.fixture
def things(tmp_path, monkeypatch):
    """Export a table made for the test, as the only view; give the workbook and what was said."""
    con = warehouse.connect(":memory:")
    warehouse.create(con, write_reference(tmp_path))
    monkeypatch.setattr(warehouse, "export_views", lambda: ("things",))

    def export(select):
        con.execute(f"create or replace table things as {select}")
        written = run(con, tmp_path / "out", "xlsx")
        return openpyxl.load_workbook(tmp_path / "out" / NAME), written

    yield export
    con.close()


def cells_of(sheet):
    """Rows of a sheet; openpyxl leaves what stands for a text like _x0041_ as it is stored."""
    for row in sheet.iter_rows(values_only=True):
        yield tuple(unescape(value) if isinstance(value, str) else value for value in row)


def in_excel(value):
    """A value of the warehouse as openpyxl reads it out of a cell."""
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if isinstance(value, Decimal):
        return pytest.approx(float(value), rel=1e-15, abs=0)
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-15, abs=0)
    if isinstance(value, str):
        return value.translate({1: None, 11: None, 13: None, 31: None}) or None
    return value


def test_every_sheet_holds_its_view(con, book):
    assert tuple(book.sheetnames) == warehouse.export_views()
    for sheet in book:
        view = con.table(sheet.title)
        header, *rows = cells_of(sheet)
        assert list(header) == view.columns
        expected = view.order("all").fetchall()
        assert len(rows) == len(expected)
        for row, values in zip(rows, expected, strict=True):
            assert row == tuple(map(in_excel, values)), sheet.title


def test_cells_have_the_types_of_their_columns(con, book):
    kinds = {"varchar": "s", "boolean": "b", "date": "d"}
    for sheet in book:
        types = [kinds.get(kind.id, "n") for kind in con.table(sheet.title).types]
        for row in sheet.iter_rows(min_row=2):
            for cell, kind in zip(row, types, strict=True):
                assert cell.value is None or cell.data_type == kind, (sheet.title, cell.coordinate)


def test_no_text_is_a_formula_or_changed(book):
    sheet = book["report_overview"]
    at = [cell.value for cell in sheet[1]].index("org_name")
    names = {row[at] for row in cells_of(sheet)}
    assert {in_excel(name) for name in HARD_NAMES} <= names


def test_the_header_stays_in_sight_with_filters(book):
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])


def test_columns_are_as_wide_as_what_stands_in_them(things):
    book, _ = things(
        "select '湖南省娄底市双峰县荷叶镇' as name, 'abc' as code, repeat('长', 99) as long"
    )
    widths = book["things"].column_dimensions
    assert 24 < widths["A"].width < 27
    assert 8 < widths["B"].width < 11
    assert 59 < widths["C"].width < 62


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("42.856::decimal(20,4)", 42.856),
        ("99999999999.9999::decimal(20,4)", 99999999999.9999),
        ("123456789012.3456::decimal(20,4)", "123456789012.3456"),
        ("123456789012345::bigint", 123456789012345),
        ("1234567890123456789::bigint", "1234567890123456789"),
        ("-4::integer", -4),
        ("0.1::double + 0.2::double", pytest.approx(0.3)),
        ("'nan'::double", None),
        ("date '1899-12-31'", "1899-12-31"),
        ("date '2024-02-29'", datetime.datetime(2024, 2, 29)),  # noqa: DTZ001
        ("timestamp '2024-02-29 01:02:03'", datetime.datetime(2024, 2, 29, 1, 2, 3)),  # noqa: DTZ001
        ("true", True),
        ("''", None),
        ("'0012'", "0012"),
        ("'https://example.org'", "https://example.org"),
    ],
)
def test_values(things, sql, value):
    book, _ = things(f"select 'a' as name, {sql} as thing")
    cell = book["things"]["B2"]
    assert cell.value == value
    assert cell.hyperlink is None


def test_a_text_longer_than_a_cell_is_cut_and_says_so(things):
    book, (written,) = things(
        "select repeat('长', 32767) as whole, repeat('长', 32768) as cut, "
        "repeat('𠮷', 16384) as wide"
    )
    whole, cut, wide = (cell.value for cell in book["things"][2])
    assert whole == "长" * 32767
    for text, character in ((cut, "长"), (wide, "𠮷")):
        assert len(text.encode("utf-16-le")) // 2 <= 32767
        assert text.rstrip(character).endswith("已截断）")
        assert text.startswith(character * 16000)
    assert written.remarks == ("2 texts cut to 32,767 characters, the most a cell holds",)


def test_rows_beyond_a_sheet_go_on_in_the_next(things, monkeypatch):
    monkeypatch.setattr(export_workbook, "SHEET_ROWS", 1001)
    book, written = things("select range as number from range(2001)")
    assert book.sheetnames == ["things", "things_2", "things_3"]
    found = [
        [number for (number,) in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book
    ]
    assert found == [list(range(1000)), list(range(1000, 2000)), [2000]]
    assert [(one.rows, one.place) for one in written] == [
        (1000, "gongkai.xlsx, sheet things"),
        (1000, "gongkai.xlsx, sheet things_2"),
        (1, "gongkai.xlsx, sheet things_3"),
    ]
    assert written[1].remarks[0].startswith("part 2 of 3")


def test_names_of_sheets_are_cut_where_excel_cuts_them(tmp_path, monkeypatch):
    monkeypatch.setattr(export_workbook, "SHEET_ROWS", 2)
    name = "a_view_with_a_name_longer_than_a_sheet_may_have"
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path))
        con.execute(f"create table {name} as select range as number from range(2)")
        monkeypatch.setattr(warehouse, "export_views", lambda: (name,))
        run(con, tmp_path / "out", "xlsx")
    names = openpyxl.load_workbook(tmp_path / "out" / NAME).sheetnames
    assert names == [name[:31], f"{name[:29]}_2"]


def test_excel_counts_rows_as_documented():
    assert export_workbook.SHEET_ROWS == 2**20


def test_nothing_is_left_beside_the_workbook(folder):
    assert {path.name for path in folder.iterdir()} == {NAME, "datapackage.json"}


def test_chinese_headers_and_sheets(con, tmp_path):
    run(con, tmp_path, "xlsx", "zh", counties=("新化县",))
    sheet = openpyxl.load_workbook(tmp_path / NAME)["单位年度汇总"]
    assert [cell.value for cell in sheet[1]][:3] == ["单位标识", "报告年度", "报告单位"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_cells(folder, book, tmp_path):
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path / 'profile'}",
            *("--headless", "--norestore", "--convert-to", _CSV_OF_EVERY_SHEET),
            *("--outdir", str(tmp_path / "out"), str(folder / NAME)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    if b"no export filter" in done.stderr:
        pytest.skip("LibreOffice is installed without Calc")
    for sheet in book:
        path = tmp_path / "out" / f"gongkai-{sheet.title}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        for row, cells in zip_longest(rows, cells_of(sheet)):
            for text, value in zip(row, cells, strict=True):
                assert as_excel_has_it(text, value) == value, (sheet.title, text)


def as_excel_has_it(text, value):
    """A cell as LibreOffice prints it, in the type of the same cell in the workbook."""
    if value is None:
        return text or None
    if isinstance(value, bool):
        return {"TRUE": True, "FALSE": False}[text]
    if isinstance(value, datetime.datetime):
        return datetime.datetime.fromisoformat(text)
    if isinstance(value, float | int):
        return pytest.approx(float(text), rel=1e-14, abs=0)
    return text
