r"""Markdown: markup taken off, tables of both kinds read, plain text left alone."""

import time

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html_page_parts import table
from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid
from benchmarks.corpus.text_layouts import LAYOUTS, signature
from extract.document import Document, Paragraph
from extract.exceptions import UnreadableFileError
from extract.markdown import is_markdown, plain, read_markdown
from extract.text import read_text
from flows.reference import load_reference
from tests.support import cells, real_reports
from transform.records import Source
from transform.report import build_report

REPORTS = [*generate(7, 2, formats=("2019",)), *generate(11, 2, formats=("2021",))]
HEADINGS = "# 年报\n\n## 一、总体情况\n\n## 二、主动公开\n\n"

# A line of Markdown, and what it says.
LINES = {
    "heading": ("## 二、主动公开 ##", "二、主动公开"),
    "heading_with_name": ("## 二、主动公开 {#two .a}", "二、主动公开"),
    "no_heading": ("#一、总体", "#一、总体"),
    "bold": ("**结果**维持", "结果维持"),
    "bold_underscores": ("__结果__ 维持", "结果 维持"),
    "bold_italic": ("***结果***", "结果"),
    "italic": ("*结果*维持", "结果维持"),
    "unbalanced": ("结果** 维持", "结果** 维持"),
    "footnote_star": ("3* 件", "3* 件"),
    "product": ("3*4*5", "3*4*5"),
    "spaced_product": ("3 * 4 * 5", "3 * 4 * 5"),
    "underscores_in_a_name": ("a_b_c", "a_b_c"),
    "escaped_number": (r"1\. 规章", "1. 规章"),
    "escaped_marks": (r"\*\*3\*\* a\_b\_c \\ \#", r"**3** a_b_c \ #"),
    "escaped_bar": (r"甲\|乙", "甲｜乙"),
    "link": ('[全文](http://a.b/c(1).htm "题")见附件', "全文见附件"),
    "reference_link": ("[全文][1]", "全文"),
    "autolink": ("<http://a.b/c>", "http://a.b/c"),
    "picture": ("![图](a.png)后", "后"),
    "document_number": ("国办公开办函[2021](30号)", "国办公开办函[2021](30号)"),
    "code": ("`3` 件", "3 件"),
    "struck": ("~~旧~~新", "旧新"),
    "quote": ("> > 引用", "引用"),
    "bullet": ("- 项目", "项目"),
    "star_bullet": ("  * 3", "3"),
    "task": ("- [x] 完成", "完成"),
    "negative": ("-4", "-4"),
    "ordered": ("1. 规章", "1. 规章"),
    "entity": ("3&nbsp;件 &lt; 4", "3\xa0件 < 4"),
    "line_break_stays": ("商业<br>企业", "商业<br>企业"),
    "other_tags": ('<u>3</u><span style="a">4</span>', "34"),
    "less_and_more": ("5 < 6 > 4", "5 < 6 > 4"),
    "comment": ("甲<!-- 注 -->乙", "甲乙"),
    "rule": ("* * *", ""),
    "fence": ("```markdown", ""),
    "definition": ("[1]: http://a.b", ""),
    "footnote": ("见注[^1]", "见注"),
    "hard_break": ("甲\\", "甲"),
    "tab_in_front": ("\t甲", "甲"),
    "table_rule": ("|:---|---:|", "|:---|---:|"),
    "row": (r"| **规章**\|甲 | 3* | 5* |", "| 规章｜甲 | 3* | 5* |"),
}


@pytest.mark.parametrize("name", LINES)
def test_line(name):
    line, expected = LINES[name]
    assert plain(f"{HEADINGS}## 三、\n\n{line}\n尾").split("\n")[-2:] == [expected, "尾"]


def test_underlined_headings():
    assert plain(f"{HEADINGS}## 三\n\n甲\n===\n乙\n---\n").split("\n")[-5:] == [
        "甲",
        "",
        "乙",
        "",
        "",
    ]


PLAIN = {
    "hash_signs": "# 甲\n3#楼\n#号\n##",
    "stars": "**3** 件\n* 注：\n*甲*",
    "bars": "一 | 1 | 2 |\n二 | 3 | 4 |",
    "rule_below_text": "甲\n---\n乙",
    "rule_of_dashes": "----------\n甲 | 乙",
    "escapes": "1\\. 甲",
    "html_page": "<html><head></head><pre>\n| a | b |\n|---|---|\n",
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_is_no_markdown(name):
    assert not is_markdown(PLAIN[name])
    assert plain(PLAIN[name]) == PLAIN[name]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_of_plain_text_come_out_unchanged(layout):
    for known in REPORTS:
        text = LAYOUTS[layout](known)
        assert is_markdown(text) == (layout == "markdown")
        assert plain(text) == text


@pytest.mark.parametrize("path", real_reports(), ids=lambda path: path.stem)
def test_real_reports_are_no_markdown(path):
    assert not is_markdown(path.read_bytes().decode("gb18030", "replace"))
    assert not is_markdown(path.read_bytes().decode("utf-8", "replace"))


def test_tables_of_both_kinds_and_fields_in_front():
    content = read_markdown(
        '---\ntitle: "年报"\ndate: 2023-01-10\n---\n```\n# 一\n\n| 项目 | 数量 |\n|---|---|\n'
        "| **规章** | 3 |\n```\n<table><tr><td rowspan=2>甲</td><td>**4**</td></tr>"
        "<tr><td>5</td></tr></table>\n尾 <table><tr><td></td></tr></table>"
    )
    assert content.metadata == (("title", "年报"), ("date", "2023-01-10"))
    first, pipes, merged, last = content.blocks
    assert (first, last) == (Paragraph("一"), Paragraph("尾"))
    assert [cell.text for cell in pipes.cells] == ["项目", "数量", "规章", "3"]
    assert [tuple(cell) for cell in merged.cells] == [
        ("甲", 0, 0, 2, 1),
        ("4", 0, 1, 1, 1),
        ("5", 1, 1, 1, 1),
    ]


@pytest.mark.parametrize("text", ["", "\n---\n", "<!-- -->", "<table></table>"])
def test_no_text(text):
    with pytest.raises(UnreadableFileError, match="no text"):
        read_markdown(text)


def decorated(known: KnownReport, *, as_html: bool) -> str:
    """As converters write: headings, bold labels, escapes, and merged tables as HTML."""

    def pipes(grid: Grid) -> str:
        rows = LAYOUTS["markdown"](known)
        wanted = {grid[0][0].text, grid[-1][0].text}
        blocks = [block for block in rows.split("\n\n") if "|---|" in block.replace(" ", "")]
        return next(block for block in blocks if all(text in block for text in wanted))

    out = [f"# {known.title}"]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        out.append(f"## **{NUMERALS[number - 1]}、{heading}**")
        if grid := known.section_table(number):
            out.append("".join(table(grid)) if as_html else pipes(grid))
        out += [text.replace(".", r"\.").replace("“", "*“") for text in known.sections[number - 1]]
    return "\n\n".join([*out, *(f"> {line}" for line in signature(known))])


@pytest.mark.parametrize("as_html", [True, False])
@pytest.mark.parametrize("index", range(len(REPORTS)))
def test_reports_give_the_truth(index, as_html):
    known = REPORTS[index]
    text = decorated(known, as_html=as_html)
    assert is_markdown(text)
    content = read_markdown(text)
    document = Document(content.blocks, "markdown", metadata=content.metadata)
    read = build_report(document, Source("a.md", "0" * 64, 1), load_reference())
    assert cells(read) == {
        (r.indicator, r.applicant): (r.value, r.value_status) for r in known.truth()
    }
    assert len(read.sections) == 6
    assert read.title == known.title


def test_markdown_without_markup_reads_as_text():
    text = LAYOUTS["markdown"](REPORTS[0])
    assert read_markdown(text).blocks == read_text(text)


HOSTILE = {
    "comments": "<!--" * 1_000_000,
    "spaces": "# x" + " " * 2_000_000 + "y",
    "stars": "*a " * 1_000_000,
    "brackets": "[" * 2_000_000,
    "links": "[a](b(" * 500_000,
    "ticks": "".join("`" * n + "a" for n in range(1, 1500)),
    "underscores": "_a" * 1_000_000,
    "tables": "<table><tr><td>1<td>2</table>\n" * 10_000,
    "open_tables": "<table><tr><td>" * 100_000,
    "tags": "<a " * 1_000_000,
    "bars": "\\|" * 1_000_000,
}


HOSTILE_OUTCOMES = {"open_tables": "TooLarge"}


def outcome(text: str) -> str:
    try:
        return "read" if read_markdown(text).blocks else "nothing"
    except UnreadableFileError as error:
        return error.error


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon(name):
    begin = time.process_time()
    assert outcome(f"{HEADINGS}{HOSTILE[name]}") == HOSTILE_OUTCOMES.get(name, "read")
    assert time.process_time() - begin < 10
