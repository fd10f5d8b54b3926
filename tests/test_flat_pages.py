"""Pages as programs flatten them: heads broken over lines, other bars and tabs, all in one line."""

from collections.abc import Iterable

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid
from benchmarks.corpus.text_layouts import pipe_rows, signature, with_breaks
from extract.document import Paragraph, Table
from extract.text import read_text
from flows.reference import load_reference
from tests.support import cells, report_of
from transform.sections import split_sections
from transform.unlaid import without_layout

HEADINGS = load_reference().headings


def known(report_format: str) -> KnownReport:
    """Give a report without blank cells: most of these layouts lose them."""
    some = generate(20240131, 40, formats=(report_format,))
    return next(report for report in some if all(report.values.values()))


REPORTS = {name: known(name) for name in ("2019", "2021")}


def truth(report: KnownReport):
    return {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}


def bare_bars(grid: Grid) -> Iterable[str]:
    """Print Markdown without bars around rows, line breaks of cells as they are."""
    first, *rows = [" | ".join(cell.text for cell in row) + "  " for row in with_breaks(grid)]
    return [first, "---|---", *rows, ""]


def two_tabs(grid: Grid) -> Iterable[str]:
    return ["\t\t".join(cell.text for cell in row) for row in with_breaks(grid)]


def lines(grid: Grid) -> Iterable[str]:
    return [line for row in with_breaks(grid) for cell in row for line in cell.text.split("\n")]


def tabs_in_front(grid: Grid) -> Iterable[str]:
    return ["\t" + "\t".join(cell.text.replace("\n", "") for cell in row) for row in grid]


def printed(report: KnownReport, table, mark: str = "") -> str:
    out = [report.title, *report.preamble]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        out.append(f"{mark}{NUMERALS[number - 1]}、{heading}")
        grid = report.section_table(number)
        out += table(grid) if grid else []
        out += [mark + text for text in report.sections[number - 1]]
    return "\n".join([*out, *signature(report)])


@pytest.mark.parametrize("report_format", REPORTS)
@pytest.mark.parametrize("table", [bare_bars, two_tabs, lines, tabs_in_front])
def test_heads_and_cells_in_other_styles(report_format, table):
    report = REPORTS[report_format]
    assert cells(report_of(printed(report, table).encode())) == truth(report)


@pytest.mark.parametrize("report_format", REPORTS)
def test_a_report_indented_by_tabs_keeps_its_sections(report_format):
    report = REPORTS[report_format]
    read = report_of(printed(report, tabs_in_front, mark="\t").encode())
    assert cells(read) == truth(report)
    assert [section.section_no for section in read.sections] == [1, 2, 3, 4, 5, 6]
    assert read.sections[0].body == "\n".join(report.sections[0])


@pytest.mark.parametrize("report_format", REPORTS)
def test_a_report_in_one_line(report_format):
    report = REPORTS[report_format]
    read = report_of(" ".join(printed(report, lines).split("\n")).encode())
    assert cells(read) == truth(report)
    assert read.title == report.title
    assert [section.section_no for section in read.sections] == [1, 2, 3, 4, 5, 6]
    assert read.narrative_facts == report_of(pipe_rows(report).encode()).narrative_facts


def test_a_figure_that_is_blank_in_the_first_column_stays_there():
    report = REPORTS["2021"]
    text = printed(report, tabs_in_front).replace("\t规章\t0", "\t规章\t")
    read = cells(report_of(text.encode()))
    assert read["disclosure.regulations.issued", None] == (None, "blank")
    assert read["disclosure.regulations.repealed", None] == (0, "reported")


class TestLayoutTables:
    def read(self, *rows: str):
        blocks = read_text("\n".join(rows))
        return [
            block.text if isinstance(block, Paragraph) else [c.text for c in block.cells]
            for block in without_layout(blocks, HEADINGS)
        ]

    def test_prose_and_title_come_out_of_a_table_of_one_column(self):
        title, prose = "兴坪镇2021年政府信息公开工作年度报告", "全年公开信息12条。"
        assert self.read(f"{title} |||", "2022-01-20 作者 |||", f"{prose} |||") == [
            title,
            "2022-01-20 作者",
            prose,
        ]

    def test_a_table_of_figures_stays_whole(self):
        rows = "| 第二十条第（一）项 |||", "| 规章 | 0 | 1 |", "| （合计与总计相等。） |||"
        assert isinstance(without_layout(read_text("\n".join(rows)), HEADINGS)[0], Table)
        assert len(self.read(*rows)) == 1

    def test_a_heading_alone_above_a_bar_is_no_cell(self):
        text = "一、总体情况\n公开12条。\n二、主动公开政府信息情况\n|\n规章\n|\n0 |\n0 |\n0\n"
        paragraphs = [b.text for b in read_text(text) if isinstance(b, Paragraph)]
        assert "二、主动公开政府信息情况" in paragraphs

    def test_prose_with_a_numeral_or_two_is_not_cut(self):
        line = "一、抓学习 二、抓落实，" + "全年公开各类信息并及时更新。" * 20
        assert self.read(line) == [line]


class TestHeadings:
    def numbers(self, *lines: str) -> list[int]:
        known = load_reference().known_labels
        blocks = [Paragraph(line) for line in lines]
        return [section.section_no for section in split_sections(blocks, HEADINGS, known).sections]

    def test_a_sentence_is_none_however_short(self):
        assert self.numbers("一、总体情况", "2021年我镇主动公开政府信息3条。") == [1]
        assert self.numbers("一、总体情况", "未发生政府信息公开行政复议、行政诉讼") == [1]

    def test_a_word_of_the_navigation_is_none(self):
        assert self.numbers("政府信息公开", "行政复议", "一、总体情况") == [1]

    def test_a_lower_heading_is_none_where_the_section_has_one(self):
        assert self.numbers(
            "一、总体情况", "1、主动公开政府信息情况", "二、主动公开政府信息情况"
        ) == [1, 2]

    def test_prose_behind_a_heading_is_its_body(self):
        blocks = [Paragraph("五、存在的主要问题及改进情况：栏目更新不及时。")]
        (section,) = split_sections(blocks, HEADINGS, frozenset()).sections
        assert (section.heading, section.body) == (
            "五、存在的主要问题及改进情况",
            "栏目更新不及时。",
        )
