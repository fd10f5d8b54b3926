"""Text whose cells are parted by commas and their like: CSV files, rows typed so, and prose."""

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.text_layouts import LAYOUTS
from extract.read import read_document
from extract.separated import read_separated
from tests.support import cells, report_of

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
TITLE = "某镇2022年政府信息公开工作年度报告"
HEADING = "三、收到和处理政府信息公开申请情况"
ROWS = {
    "一、本年新收政府信息公开申请数量": ["1200", "2", "", "4", "5", "6", "1217"],
    "二、上年结转政府信息公开申请数量": ["0", "0", "0", "0", "0", "0", "0"],
    "（七）总计": ["1200", "2", "0", "4", "5", "6", "1217"],
    "（六）其他处理": ["0", "0", "0", "0", "1", "0", "1"],
    "四、结转下年度继续办理": ["0", "0", "0", "0", "0", "0", "0"],
}
EXPECTED = [1200, 2, None, 4, 5, 6, 1217]


def received(data: bytes) -> list[int | None]:
    found = cells(report_of(data))
    values = [value for (name, _), (value, _) in found.items() if name == "requests.received_new"]
    return [None if value is None else int(value) for value in values]


def book(mark: str, quote: str = "", thousands: str = "1200") -> str:
    """The rows as a sheet gives them: all of one width, blanks for what merged cells cover."""
    lines = [[TITLE], [HEADING], ["", "", "", *HEADS]]
    lines += [[label, "", "", *figures] for label, figures in ROWS.items()]
    lines.append(["五、存在的主要问题及改进情况"])
    width = len(lines[2])
    padded = [line + [""] * (width - len(line)) for line in lines]
    text = "\r\n".join(mark.join(f"{quote}{field}{quote}" for field in line) for line in padded)
    return text.replace(f"{quote}1200{quote}", f"{quote}{thousands}{quote}")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_a_csv_is_read_by_its_columns(mark, encoding):
    assert received(book(mark).encode(encoding)) == EXPECTED


def test_a_quoted_number_may_hold_the_mark():
    assert received(book(",", '"', "1,200").encode()) == EXPECTED


def test_a_number_that_the_mark_parts_is_read_as_nothing():
    assert received(book(",", "", "1,200").encode()) == [None] * 7


@pytest.mark.parametrize("change", ["lost", "twice"])
def test_a_row_that_lost_a_field_or_has_one_too_many_has_no_places(change):
    old = ",,,1200,2,,4,5,6,1217"
    new = ",,,1200,2,,4,6,1217" if change == "lost" else ",,,1200,2,2,,4,5,6,1217"
    text = book(",").replace(old, new, 1)
    found = {key: value for key, (value, _) in cells(report_of(text.encode())).items()}
    assert found["requests.received_new", "total"] is None
    assert found["requests.received_new", "natural_person"] is None
    assert found["requests.processed_total", "total"] == 1217


@pytest.mark.parametrize("mark", [",", ";", "｜"])
def test_rows_of_several_widths(mark):
    lines = [TITLE, HEADING, "申请人情况", mark.join(HEADS)]
    lines += [mark.join([label, *figures]) for label, figures in ROWS.items()]
    assert received("\n".join([*lines, "五、存在的主要问题及改进情况"]).encode()) == EXPECTED


def test_a_short_row_and_a_head_stand_among_rows():
    lines = ["二、主动公开政府信息情况", "信息内容,本年制发件数,本年废止件数,现行有效件数"]
    lines += ["规章,0,0,3", "第二十条第（五）项", "信息内容,本年处理决定数量", "行政许可,12"]
    lines += [HEADING, ",".join(HEADS), *(",".join([label, *row]) for label, row in ROWS.items())]
    found = cells(report_of("\n".join([TITLE, *lines]).encode()))
    assert found["disclosure.licensing.decisions", None][0] == 12


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_layouts_are_none(layout):
    (report,) = generate(5, 1)
    assert read_separated(LAYOUTS[layout](report)) is None


def test_prose_full_of_commas_and_figures_is_none():
    line = "全年公开信息12,30,5条,其中政策8条,通知4条,公告3条,解读2条;受理3件,办结3件。"
    assert read_separated("\n".join([line] * 40)) is None


def test_a_line_end_written_as_one_twice_is_one():
    text = "\r\r\n".join([HEADING, "\t自然人", "\t3", ""])
    assert [block.line for block in read_document(text.encode()).blocks] == [0, 1]
