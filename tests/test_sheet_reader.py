"""Workbooks: tables, spans and figures as printed; damaged and huge ones end in a reason."""

import datetime
import io
import re
import shutil
import time
import zipfile
from contextlib import suppress
from functools import cache

import pytest
from openpyxl import Workbook

from benchmarks.corpus.docx_parts import zipped
from benchmarks.corpus.generate import generate
from benchmarks.corpus.office import converted
from benchmarks.corpus.sheet import STYLES
from extract.document import Document, Paragraph
from extract.exceptions import UnreadableFileError
from extract.sheet.read import read_sheet
from flows.reference import load_reference
from tests.support import cells
from transform.records import Source
from transform.report import build_report

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice writes the xls and ods files"
)
HEADING = "一、本年度主动公开情况"


def book(values, merged=(), hidden=()):
    """A workbook: (sheet, cell) to value; merged ranges and hidden sheets by name."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for (name, cell), value in values.items():
        sheet = workbook[name] if name in workbook.sheetnames else workbook.create_sheet(name)
        sheet[cell] = value
    for name, area in merged:
        workbook[name].merge_cells(area)
    for name in hidden:
        workbook[name].sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def one(merged=(), **values):
    return book({("S", cell): v for cell, v in values.items()}, [("S", area) for area in merged])


def replaced(data, name, change):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return zipped(parts | {name: change(parts[name])})


def blocks_of(data):
    return [
        block.text if isinstance(block, Paragraph) else [tuple(cell) for cell in block.cells]
        for block in read_sheet(data).blocks
    ]


# Name of the case: workbook, what is read. A table is its (text, row, column, row span, col span).
CASES = {
    "merged_cells": (
        one(["A1:B2", "C2:D2"], A1="a", C1="b", D1="c", C2=1),
        [[("a", 0, 0, 2, 2), ("b", 0, 2, 1, 1), ("c", 0, 3, 1, 1), ("1", 1, 2, 1, 2)]],
    ),
    "blank_cells": (
        one(A1="a", B1="b", A2="c", B3=0, A3="d"),
        [
            [
                ("a", 0, 0, 1, 1),
                ("b", 0, 1, 1, 1),
                ("c", 1, 0, 1, 1),
                ("", 1, 1, 1, 1),
                ("d", 2, 0, 1, 1),
                ("0", 2, 1, 1, 1),
            ]
        ],
    ),
    "away_from_the_corner": (one(C5="a", D5=1), [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]]),
    "blank_rows_part_tables": (
        one(A1="a", B1=1, A3="b", B3=2),
        [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)], [("b", 0, 0, 1, 1), ("2", 0, 1, 1, 1)]],
    ),
    "blank_row_inside_a_merged_cell": (
        one(["A1:A3"], A1="a", B1=1, B3=2),
        [[("a", 0, 0, 3, 1), ("1", 0, 1, 1, 1), ("", 1, 1, 1, 1), ("2", 2, 1, 1, 1)]],
    ),
    "title_and_note_without_gap": (
        one(["A1:B1", "A4:B4"], A1="题", A2="a", B2=1, A3="b", B3=2, A4="注"),
        [
            "题",
            [("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("b", 1, 0, 1, 1), ("2", 1, 1, 1, 1)],
            "注",
        ],
    ),
    "heading_between_tables": (
        one(A1="a", B1=1, A2=HEADING, A3="b", B3=2),
        [
            [("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)],
            HEADING,
            [("b", 0, 0, 1, 1), ("2", 0, 1, 1, 1)],
        ],
    ),
    "row_across_inside_a_table": (
        one(["A2:B2"], A1="a", B1=1, A2="第二十条", A3="b", B3=2),
        [
            [
                ("a", 0, 0, 1, 1),
                ("1", 0, 1, 1, 1),
                ("第二十条", 1, 0, 1, 2),
                ("b", 2, 0, 1, 1),
                ("2", 2, 1, 1, 1),
            ]
        ],
    ),
    "label_whose_merged_values_are_blank": (
        one(["B2:D2"], A1="a", B1=1, C1=2, D1=3, A2=HEADING),
        [
            [
                ("a", 0, 0, 1, 1),
                ("1", 0, 1, 1, 1),
                ("2", 0, 2, 1, 1),
                ("3", 0, 3, 1, 1),
                (HEADING, 1, 0, 1, 1),
                ("", 1, 1, 1, 3),
            ]
        ],
    ),
    "last_label_left_blank": (
        one(A1="a", B1=1, A2="b"),
        [[("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("b", 1, 0, 1, 1), ("", 1, 1, 1, 1)]],
    ),
    "prose_in_lines": (one(A1="甲\n\n 乙 "), ["甲", "乙"]),
    "whole_column_merged": (one(["A1:A1048576"], A1="甲", A2="x"), ["甲"]),
    "sheets_in_order_hidden_left_out": (
        book({("B", "A1"): "乙", ("H", "A1"): "藏", ("A", "A1"): "甲"}, hidden=["H"]),
        ["乙", "甲"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name):
    data, expected = CASES[name]
    assert blocks_of(data) == expected


# Value in the file, what a figure's cell then reads.
PRINTED = [
    (3, "3"),
    (3.0, "3"),
    (-4, "-4"),
    (42.856, "42.856"),
    (1e15, "1000000000000000"),
    ("1,234", "1,234"),
    ("０", "０"),
    (True, "TRUE"),
    (datetime.date(2024, 1, 9), "2024-01-09"),
    (datetime.datetime(2024, 1, 9, 8, 30), "2024-01-09 08:30:00"),  # noqa: DTZ001
    ("=SUM(B1:B2)", "=SUM(B1:B2)"),
]


@pytest.mark.parametrize(("value", "text"), PRINTED)
def test_printed_as(value, text):
    assert blocks_of(one(A1="a", B1=value))[0][1][0] == text


SHEET = "xl/worksheets/sheet1.xml"


def with_cell(inner, attributes=""):
    """A workbook whose cell B1 is this XML."""
    cell = f'<c r="B1"{attributes}>{inner}</c>'.encode()
    return replaced(
        one(A1="a", B1=1, C1="c"), SHEET, lambda x: re.sub(rb'<c r="B1".*?</c>', cell, x)
    )


@pytest.mark.parametrize(
    ("inner", "attributes", "text"),
    [
        ("<v>0.30000000000000004</v>", "", "0.3"),
        ("<v>2.9999999999999996</v>", "", "3"),
        ("<f>1/0</f><v>#DIV/0!</v>", ' t="e"', "#DIV/0!"),
        ("<v>#REF!</v>", ' t="e"', "#REF!"),
        ("<f>A1+1</f><v/>", "", "=A1+1"),
        ("<f>A1+1</f>", "", "=A1+1"),
        ('<f>IF(1,"")</f><v></v>', ' t="str"', ""),
        ("<f>A1+1</f><v>5</v>", "", "5"),
    ],
)
def test_what_a_cell_holds(inner, attributes, text):
    table = blocks_of(with_cell(inner, attributes))[0]
    assert [cell[0] for cell in table] == ["a", text, "c"]


def test_claimed_size_is_not_believed():
    data = one(A1="a", B1=1, C3="c")
    claim = b'<dimension ref="A1:XFD1048576"'
    data = replaced(data, SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', claim, xml))
    start = time.monotonic()
    assert len(blocks_of(data)) == 2
    assert time.monotonic() - start < 2


WHOLE = one(A1="a", B1=1)
HOSTILE = {
    "cells_in_far_corners": (one(A1="a", XFD1048576=1), "TooLarge"),
    "too_many_cells": (one(**{f"CU{row}": 1 for row in range(1, 2500)}, A1=1), "TooLarge"),
    "cut": (WHOLE[: len(WHOLE) // 2], "DamagedFile"),
    "no_workbook": (b"nothing of the kind", "DamagedFile"),
    "ole_of_nothing": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "DamagedFile"),
    "broken_xml": (replaced(WHOLE, SHEET, lambda xml: xml[:-60]), "DamagedFile"),
    "sheet_of_blanks": (
        replaced(WHOLE, SHEET, lambda xml: xml + b" " * (65 * 2**20)),
        "TooLarge",
    ),
    "empty": (one(A1=" "), "EmptyFile"),
}


def filled_in(name, figures, labels=None):
    """A sheet of twelve rows, each a label of the form and its figures."""
    labels = labels or [f"{number}.申请人要求提供的信息" for number in range(12)]
    rows = enumerate(labels, start=1)
    named = {(name, f"A{row}"): label for row, label in rows}
    return named | {(name, f"B{row}"): figure for row, figure in enumerate(figures, start=1)}


def test_a_sheet_a_township_is_several_reports():
    data = book(
        filled_in("刘集镇", range(12)) | filled_in("夏店镇", range(1, 13)) | {("注", "A1"): "x"}
    )
    with pytest.raises(
        UnreadableFileError, match=r"2 sheets .* differently: 刘集镇、夏店镇\."
    ) as raised:
        read_sheet(data)
    assert raised.value.error == "SeveralReports"


@pytest.mark.parametrize(
    "other",
    [
        filled_in("B", range(12)),
        filled_in("B", range(1, 10)),
        filled_in("B", range(1, 13), [f"{number}.当年主动公开的信息" for number in range(12)]),
        filled_in("B", range(1, 13), [f"{number}.其他" for number in range(12)]),
    ],
    ids=["the same again", "few rows", "another form", "labels of any form"],
)
def test_several_sheets_may_be_one_report(other):
    blocks = read_sheet(book(filled_in("A", range(12)) | other)).blocks
    assert len(blocks) == 2


def test_a_sheet_not_filled_in_is_no_report():
    form = {key: value for key, value in filled_in("B", range(12)).items() if "A" in key[1]}
    assert read_sheet(book(filled_in("A", range(12)) | form)).blocks


def test_a_hidden_sheet_of_another_year_is_none():
    data = book(filled_in("A", range(12)) | filled_in("B", range(1, 13)), hidden=["B"])
    assert len(read_sheet(data).blocks) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name):
    data, error = HOSTILE[name]
    start = time.monotonic()
    with pytest.raises(UnreadableFileError) as raised:
        read_sheet(data)
    assert raised.value.error == error
    assert raised.value.reason.endswith(".")
    assert time.monotonic() - start < 3


@cache
def known():
    return [
        max(generate(7, 12, (report_format,)), key=lambda r: len(r.readings))
        for report_format in ("2019", "2021")
    ]


def assert_truth(report, data):
    blocks = read_sheet(data).blocks
    source = Source("report.xlsx", "0" * 64, 1)
    read = build_report(Document(blocks, "sheet"), source, load_reference())
    truth = {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}
    assert cells(read) == truth
    assert (read.status, len(read.sections)) == ("complete", 6)
    assert read.identity.township_code == report.township_code


@pytest.mark.parametrize("style", STYLES)
def test_every_style_gives_the_truth(style):
    for report in known():
        assert_truth(report, STYLES[style](report))


@needs_libreoffice
@pytest.mark.parametrize("target", ["xls", "ods"])
def test_other_formats_give_the_truth(target):
    styles = ["dense", "sheets"]
    made = [(report, STYLES[style](report)) for report in known() for style in styles]
    for (report, _), data in zip(
        made, converted([data for _, data in made], "xlsx", target), strict=True
    ):
        assert_truth(report, data)


@needs_libreoffice
def test_locked_and_garbled_xls():
    data = converted([one(A1="a", B1=1)], "xlsx", "xls")[0]
    # A FILEPASS record in the place of the first record behind the opening one.
    at = data.index(b"\x09\x08\x10\x00") + 20
    with pytest.raises(UnreadableFileError, match="password"):
        read_sheet(data[:at] + b"\x2f\x00" + data[at + 2 :])
    for start in range(512, len(data) - 512, 512):
        with suppress(UnreadableFileError):
            read_sheet(data[:start] + b"\xfe" * 64 + data[start + 64 :])
