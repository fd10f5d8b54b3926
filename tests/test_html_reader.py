"""HTML to blocks: broken markup, layout, what is not shown, the article among the furniture."""

import base64
import json
import subprocess
import sys
import urllib.parse

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html_page_parts import COUNTER
from benchmarks.corpus.html_pages import CUT_PAGES, PAGES
from benchmarks.corpus.text_layouts import signature, with_breaks
from extract.document import Content, Document, Paragraph, Table
from extract.exceptions import UnreadableFileError
from extract.html.read import read_html
from flows.reference import load_reference
from tests.support import REPO, cells
from transform.records import Source
from transform.report import build_report

DATA = "<table><tr><td>项目</td><td>数量</td></tr><tr><td>规章</td><td>3</td></tr></table>"
READ_DATA = [["项目", "数量"], ["规章", "3"]]
PROSE = "本年度通过网站公开信息三十条，其中通知公告十条，政务动态二十条，办理依申请公开三件。"
ARTICLE = "".join(f"<p>{n}、{PROSE}</p>" for n in "一二三四五六") + DATA
READ_ARTICLE = [*(f"{n}、{PROSE}" for n in "一二三四五六"), READ_DATA]


def shown(content: Content) -> list[str | list[list[str]]]:
    """Paragraphs as text, tables as rows of texts."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text for cell in row] for row in block.rows()]
        for block in content.blocks
    ]


# What is broken, the markup, the blocks.
BROKEN = {
    "ends_missing": (
        "<table><tr><td>项目<td>数量<tr><td>规章<td>3</table><p>完",
        [READ_DATA, "完"],
    ),
    "table_in_paragraph": (f"<p>前{DATA}后</p>", ["前", READ_DATA, "后"]),
    "table_in_font": (f"<font><b>{DATA}</font></b>后", [READ_DATA, "后"]),
    "rows_without_table": (
        f"<p>前</p>{DATA[7:-8]}<p>后</p>",
        ["前", READ_DATA, "后"],
    ),
    "rows_without_table_or_ends": (
        "<div>前<tr><td>项目<td>数量<tr><td>规章<td>3</div>后",
        ["前", READ_DATA, "后"],
    ),
    "table_begins_nowhere": (f"<p>前</p>{DATA[7:]}<p>后</p>", ["前", READ_DATA, "后"]),
    "script_holds_rows": (f"<script>x = '<tr><td>9'</script>{DATA}", [READ_DATA]),
    "comment_holds_end_of_table": (
        DATA.replace("<tr><td>规章", "<!-- </table> --><tr><td>规章"),
        [READ_DATA],
    ),
    "comment_never_ends": (f"<p>前</p><!-- 注 -- >{DATA}", ["前", READ_DATA]),
    "stray_ends": (f"</td></div></p>{DATA}</table></span>后", [READ_DATA, "后"]),
    "no_html_element": (f"\ufeff\n前{DATA}", ["前", READ_DATA]),
    "byte_order_mark_inside": (f"<p>前</p>\ufeff<p>\ufeff</p>{DATA}", ["前", READ_DATA]),
    "xhtml_empty_script": (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a"/>'
        f"<title/></head><body><p>甲<![CDATA[<乙>]]></p>{DATA}</body></html>",
        ["甲<乙>", READ_DATA],
    ),
    "page_in_form": (f"<form action=a><p>前</p>{DATA}</form>", ["前", READ_DATA]),
    "font_never_ends": ("<p><font a=1>前<p><font a=2>后", ["前", "后"]),
}

TEXT = {
    "spans_join": ("<p>政<span>府</span><b>信</b>息<o:p></o:p></p>", ["政府信息"]),
    "word_smart_tags_join": ("<p><st1:date>2022年1月</st1:date>20日</p>", ["2022年1月20日"]),
    "break_ends_paragraph": ("<p>一<br>二<div>三</div>四", ["一", "二", "三", "四"]),
    "ruby": ("<p><ruby>政<rp>(</rp><rt>zhèng</rt><rp>)</rp></ruby>府", ["政府"]),
    "zero_width_stays": ("<p>政\u200b府", ["政\u200b府"]),
    "word_list_number": ("<p><![if !supportLists]><span>一、</span><![endif]>总体", ["一、总体"]),
    "hidden": (
        "<p style='DISPLAY: none'>1<p style='mso-hide:all'>2<p hidden>3"
        "<p style='visibility:hidden'>4<p style='overflow:hidden'>留",
        ["留"],
    ),
    "not_text": (
        "<p><noscript>1</noscript><iframe>2</iframe><xml><w:x>3</w:x></xml><button>4</button>"
        "<svg><text>5</text></svg><template>6</template><textarea>7</textarea><p>留",
        ["留"],
    ),
    "preformatted": (
        "<pre>一、总体\n\n| 项目 | 数量 |\n|---|---|\n| 规章 | 3 |\n</pre>",
        ["一、总体", READ_DATA],
    ),
    "preformatted_with_elements": ("<pre>一\n二<br>三<b>\n四</b></pre>", ["一", "二", "三", "四"]),
    "caption": (DATA.replace("<table>", "<table><caption>表一</caption>"), ["表一", READ_DATA]),
    "search_field": ("<div><input value=关键词></div><p>留", ["留"]),
    "struck_prose": ("<p>甲<span style='text-decoration:line-through'>乙</span>丙", ["甲乙丙"]),
    "struck_line": ("<p><span style='text-decoration:line-through'>乙</span></p>", ["乙"]),
    "no_size_in_prose": ("<p>公<font style='font-size:0px;color:#fff'>7</font>开", ["公开"]),
    "transparent_box": ("<div style='opacity:0'>甲</div>", ["甲"]),
    "field_in_prose": ("<p>收到申请<input value=3 readonly>件", ["收到申请3件"]),
}

# A cell of a data table, and its text.
CELLS = {
    "blank": ("&nbsp;", ""),
    "full_width_space": ("\u3000\u30000", "0"),
    "zero_width": ("\u200b0", "\u200b0"),
    "lines": ("<p>商业</p><p>企业</p>", "商业\n企业"),
    "break": ("商业<br/>企业", "商业\n企业"),
    "runs": ("1<b>2</b>", "12"),
    "white_space": ("\n  <p>\n 3 </p>\n", "3"),
    "field": ("<input type=text value=3>", "3"),
    "hidden_field": ("<input type=hidden value=9>3", "3"),
    "text_field": ("<textarea>3</textarea>", "3"),
    "chosen": ("<select><option>1<option selected>3</select>", "3"),
    "footnote_mark": ("3<sup>1</sup>", "3"),
    "superscript_alone": ("<sup>3</sup>", "3"),
    "subscript": ("3<sub>1</sub>", "3"),
    "raised_by_style": ("3<span style='vertical-align: super'>1</span>", "3"),
    "aligned": ("1<span style='vertical-align:middle'>2</span>", "12"),
    "struck": ("<s>8</s><del>7</del>3", "3"),
    "struck_by_style": ("<span style='text-decoration:line-through'>8</span>3", "3"),
    "struck_paragraph": ("<p><span style='TEXT-DECORATION: line-through'>8</span></p><p>3", "3"),
    "all_struck_by_style": (
        "<span style='color:red;text-decoration-line:line-through'>8</span>",
        "",
    ),
    "no_size": ("<font style='color:red;font-size:0px'>9</font>3", "3"),
    "no_size_alone": ("<span style='font-size:0'>9</span>", ""),
    "size_of_its_own": ("<span style='font-size:0'><b style='font-size:9pt'>3</b></span>", "3"),
    "size_of_its_own_in_a_run": (
        "<b style='font-size:0'>9<i style='font-size:.5em'>3</i></b>",
        "",
    ),
    "small": ("<span style='font-size:0.8em'>1</span>2", "12"),
    "transparent": ("<span style='opacity:0'>9</span>3", "3"),
    "half_transparent": ("<span style='opacity:0.5'>1</span>2", "12"),
    "beyond_the_edge": ("<i style='position: absolute; left: -9999px'>9</i>3", "3"),
    "moved": ("<i style='position:relative;left:-9px'>1</i>2", "12"),
    "picture_beyond_the_edge": ("<img style='position:absolute;left:-999px'>3", "3"),
    "field_repeats": ("<span>3</span><input value=3>", "3"),
    "field_is_repeated": ("<input value=3><span>3</span>", "3"),
    "field_says_otherwise": ("<span>3</span><input value=4>", "3 4"),
    "field_before_another": ("<input value=3>4", "3 4"),
    "field_before_hidden": ("<input value=3><i style='display:none'>3</i>", "3"),
    "field_in_words": ("第<input value=3>项", "第3项"),
    "hidden_run": ("<span style='display:none'>9</span>3", "3"),
    "script": ("<script>document.write(9)</script>3", "3"),
    "comment": ("<!--9-->3", "3"),
    "small_table": ("<table><tr><td>甲<td>乙</table>", "甲\n乙"),
    "layout_table": ("<table><tr><td>3</table>", "3"),
}

# A table, and where its cells stand: (row, column, rows, columns) by text.
GRIDS = {
    "zero_row_span": (
        "<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d",
        {"a": (0, 0, 3, 1), "c": (1, 1, 1, 1), "d": (2, 1, 1, 1)},
    ),
    "no_numbers": (
        "<tr><td rowspan=-2 colspan=x>a<td colspan=0>b<tr><td rowspan='2.5'>c<td>d<tr><td>e",
        {"a": (0, 0, 1, 1), "b": (0, 1, 1, 1), "c": (1, 0, 2, 1), "e": (2, 1, 1, 1)},
    ),
    "far_too_wide": (
        "<tr><td colspan=99999>a<tr><td>b<td>c<td colspan=2>d",
        {"a": (0, 0, 1, 4), "d": (1, 2, 1, 2)},
    ),
    "far_too_high": (
        "<tr><td rowspan=99999>a<td>b<tr><td>c",
        {"a": (0, 0, 2, 1), "c": (1, 1, 1, 1)},
    ),
    "overlapping": (
        "<tr><td>a<td rowspan=2>b<td>c<tr><td colspan=2>d<td>e",
        {"b": (0, 1, 2, 1), "d": (1, 0, 1, 2), "e": (1, 2, 1, 1)},
    ),
    "span_ends_with_row_group": (
        "<thead><tr><td rowspan=9>a<td>b</thead><tbody><tr><td>c<td>d</tbody>",
        {"a": (0, 0, 1, 1), "c": (1, 0, 1, 1), "d": (1, 1, 1, 1)},
    ),
    "foot_before_body": (
        "<tfoot><tr><td>f<td>g</tfoot><tbody><tr><td>b<td>c</tbody>",
        {"b": (0, 0, 1, 1), "f": (1, 0, 1, 1)},
    ),
    "hidden_cell_and_row": (
        "<tr><td>a<td style='display:none'>x<td>b<tr hidden><td>y<td>z<tr><td>c<td>d",
        {"b": (0, 1, 1, 1), "c": (1, 0, 1, 1), "d": (1, 1, 1, 1)},
    ),
    "row_of_no_height": (
        "<tr><td colspan=2>a<td>b<![if !supportMisalignedColumns]><tr height=0><td><td><td>"
        "<![endif]>",
        {"a": (0, 0, 1, 2), "b": (0, 2, 1, 1)},
    ),
}


@pytest.mark.parametrize("case", [*BROKEN.items(), *TEXT.items()], ids=lambda case: case[0])
def test_blocks(case):
    markup, expected = case[1]
    assert shown(read_html(markup)) == expected


@pytest.mark.parametrize("name", CELLS)
def test_cell(name):
    inner, expected = CELLS[name]
    rows = "".join(f"<tr><td>甲{n}</td><td>乙{n}</td></tr>" for n in range(4))
    (table,) = shown(read_html(f"<table>{rows}<tr><td>规章</td><td>{inner}</td></tr></table>"))
    assert table[-1] == ["规章", expected]
    assert len(table) == 5


@pytest.mark.parametrize("name", GRIDS)
def test_grid(name):
    rows, expected = GRIDS[name]
    (table,) = read_html(f"<table>{rows}</table>").blocks
    assert isinstance(table, Table)
    assert table.has_grid
    places = {cell.text: tuple(cell[1:]) for cell in table.cells}
    assert {text: places[text] for text in expected} == expected
    assert not places.keys() & {"x", "y", "z", ""}


def test_layout_tables_are_walked_through_at_any_depth():
    wrapped = f"前{DATA}后"
    for _ in range(30):
        wrapped = f"<table><tr><td>&nbsp;<td>{wrapped}<td></table>"
    assert shown(read_html(wrapped)) == ["前", READ_DATA, "后"]


def test_prose_rows_part_a_table():
    prose = f"<tr><td colspan=2>{PROSE * 12}</td></tr>"
    rows = DATA[7:-8]
    read = shown(read_html(f"<table>{rows}{prose}{rows}{prose}</table>"))
    assert read == [READ_DATA, PROSE * 12, READ_DATA, PROSE * 12]


def test_tables_cut_in_two_stay_two():
    assert shown(read_html(f"{DATA}{DATA}")) == [READ_DATA, READ_DATA]


COLUMNS = {
    "named": f"<div><div>{ARTICLE}</div><div class=sidebar>{COUNTER}</div></div>",
    "aside": f"<main>{ARTICLE}</main><aside>{COUNTER}</aside>",
    "right": f"<div><div class=left>{ARTICLE}</div><div class='right fr'>{COUNTER}</div></div>",
    "unnamed_cell": f"<table><tr><td>{COUNTER}<td>{ARTICLE}</table>",
    "unnamed_cell_behind": f"<table><tr><td>{ARTICLE}<td>{COUNTER}</table>",
    "calendar": f"<div><div>{ARTICLE}</div><div><table>{'<tr><td>1<td>2' * 9}</table></div></div>",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_beside_the_article_are_no_part_of_it(name):
    assert shown(read_html(COLUMNS[name])) == READ_ARTICLE


def test_furniture_is_left_out_and_remembered():
    page = f"""<title>甲镇2022年度报告</title><div class=top><ul><li><a href=/>首页</a></ul></div>
        <div class=position>当前位置：<a href=/>首页</a> &gt; 年报</div><div class=banner-title>
        甲镇2022年度报告</div><div class=info>发布时间：2023-01-10 来源：甲镇</div>
        <div class=wrap><div>{ARTICLE}</div><div>上一篇：<a href=1>乙</a></div></div>
        <ul class=related>{"<li><a href=2>乙镇2022年度报告</a> 2023-01-09" * 5}</ul>
        <div>主办：某县人民政府办公室</div>"""
    content = read_html(page)
    assert shown(content) == ["甲镇2022年度报告", "发布时间：2023-01-10 来源：甲镇", *READ_ARTICLE]
    furniture = dict(content.metadata)["page_furniture"]
    assert "主办：某县人民政府办公室" in furniture
    assert "首页" in furniture


# Nothing of these may be lost, whatever stands around it.
KEPT = {
    "sections_in_boxes": "".join(
        f"<div class=s><h3>{n}、</h3><div>{PROSE}</div></div>" for n in "一二三四"
    )
    + f"<div>{DATA}</div><div>{PROSE}</div>",
    "prose_beside": f"<div><div>{ARTICLE}</div><div>{PROSE}</div></div>",
    "two_editors": f"<div class=TRS_Editor>{ARTICLE}</div><div class=TRS_Editor>{PROSE}</div>",
    "large_table_behind": f"<div class=TRS_Editor>{ARTICLE}</div><div>"
    f"<table>{'<tr><td>行政规范性文件<td>制发件数<td>2' * 9}</table></div>",
    "signature": f"<div>{ARTICLE}</div><div class=right>甲镇人民政府</div><div>2023年1月10日</div>",
    "named_like_furniture": f"<div class=nav-content><div class=sidebar>{ARTICLE}</div></div>",
    "short": f"<p>前</p>{DATA}<p>主要工作</p>",
    "links_only": "<ul><li><a href=1>甲镇</a><li><a href=2>乙镇</a><li><a href=3>丙镇</a></ul>",
    "all_one_link": f"<a href=#>{ARTICLE}",
}


@pytest.mark.parametrize("name", KEPT)
def test_when_in_doubt_all_is_kept(name):
    read = json.dumps(shown(read_html(KEPT[name])), ensure_ascii=False)
    wanted = ("一、", "二、", "四、", PROSE, "规章", "行政规范性文件", "甲镇", "2023年1月10日")
    assert [text for text in wanted if text in KEPT[name] and text not in read] == []
    assert read.count(PROSE) == KEPT[name].count(PROSE)


MARKUP = ARTICLE.replace("'", "")
HALVES = MARKUP[:300], MARKUP[300:]
ELSEWHERE = {
    "hidden_element": f"<div id=src style='display:none'>{ARTICLE}</div>",
    "noscript": f"<noscript>{ARTICLE}</noscript>",
    "hidden_field": f"<input type=hidden value='{MARKUP.replace('<', '&lt;')}'>",
    "shown_escaped": f"<div>{MARKUP.replace('<', '&lt;')}</div>",
    "json": f"<script type='application/json'>{json.dumps({'id': 1, 'text': MARKUP})}</script>",
    "joined_strings": f"<script>var a = '{HALVES[0]}' +\n'{HALVES[1]}';</script>",
    "written_in_steps": f"<script>var a = '{HALVES[0]}';\na += '{HALVES[1]}';</script>",
    "percent": f"<script>var a = unescape('{urllib.parse.quote(MARKUP)}');</script>",
    "base64": f"<script>show('{base64.b64encode(MARKUP.encode()).decode()}')</script>",
    "template_script": f"<script type='text/html'>{ARTICLE}</script>",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_article_that_is_not_shown(name):
    page = f"<ul><li><a href=/>首页</a></ul><h1>年度报告</h1>{ELSEWHERE[name]}"
    assert shown(read_html(page)) == ["年度报告", *READ_ARTICLE]


def test_hidden_text_is_not_read_where_the_page_shows_its_article():
    hidden = f"<textarea style='display:none'>&lt;p&gt;{PROSE * 9}</textarea>"
    assert shown(read_html(f"{ARTICLE}{hidden}")) == READ_ARTICLE


NO_CONTENT = {
    "frameset": ("<frameset><frame src=a.htm><frame src=b.htm></frameset>", "a.htm, b.htm.*frame"),
    "frame_only": ("<body><iframe src=a.htm></iframe></body>", "a.htm.*frame"),
    "refresh": ("<meta http-equiv=Refresh content='0;url=b.html'>", "b.html.*leads to"),
    "script_redirect": ("<script>location.href = 'b.html'</script>", "another.*leads to"),
    "nothing": ("<html><head><title>年报</title></head><body>&nbsp;</body></html>", "browser"),
    "empty_table": ("<table><tr><td><td></table>", "no text"),
}


@pytest.mark.parametrize("name", NO_CONTENT)
def test_pages_without_text(name):
    markup, message = NO_CONTENT[name]
    with pytest.raises(UnreadableFileError, match=message) as caught:
        read_html(markup)
    assert caught.value.error == "NoContent"


def read_report(page: str):
    content = read_html(page)
    document = Document(content.blocks, "html", metadata=content.metadata)
    return build_report(document, Source("a.html", "0" * 64, 1), load_reference())


REPORTS = [*generate(7, 2, formats=("2019",)), *generate(11, 2, formats=("2021",))]


@pytest.mark.parametrize("name", [name for name in PAGES if name not in CUT_PAGES])
@pytest.mark.parametrize("index", range(len(REPORTS)))
def test_every_site_system_gives_the_truth(name, index):
    known = REPORTS[index]
    read = read_report(PAGES[name](known))
    truth = {(r.indicator, r.applicant): (r.value, r.value_status) for r in known.truth()}
    assert cells(read) == truth
    assert read.status == "complete"
    assert read.identity.township_code == known.township_code
    assert read.period.published_on == known.published_on
    assert [s.body for s in read.sections[:5]] == [
        "\n".join(text.strip() for text in section) for section in known.sections[:5]
    ]
    # What stands behind the last section is the signature, and no footer.
    ending = [*(text.strip() for text in known.sections[5]), *signature(known)]
    assert read.sections[5].body.split("\n") == ending


@pytest.mark.parametrize("name", CUT_PAGES)
def test_tables_printed_as_two_come_as_two(name):
    """The first two tables of a report are long enough to be cut; only two have header rows."""
    known = REPORTS[0]
    tables = [b for b in read_html(PAGES[name](known)).blocks if isinstance(b, Table)]
    assert len(tables) == 5
    grids = [known.section_table(number) or () for number in (2, 3, 4)]
    printed = {cell.text for table in tables for cell in table.cells} - {""}
    assert printed == {
        cell.text.strip() for grid in grids for row in with_breaks(grid) for cell in row
    } - {""}
    widths = [max(cell.column + cell.column_span for cell in table.cells) for table in tables]
    assert widths == ([4, 10, 10, 15, 15] if name == "fixed_header" else [4, 4, 10, 10, 15])


# Markup that wants time or memory without bounds, and what must come of it.
HOSTILE = {
    "rowspan_on_every_cell": (
        "'<table>' + ('<tr>' + '<td rowspan=99999 colspan=99999>1' * 20) * 2500",
        "read",
    ),
    "colspans": ("'<table>' + '<tr><td colspan=99999>1<td rowspan=99999>2' * 15000", "read"),
    "tables_nested": ("'<table><tr><td>a<td>' * 2000 + 'x' + '</table>' * 2000", "read"),
    "tables_nested_and_open": ("'<table><tr><td>' * 2000 + 'x'", "read"),
    "tables_nested_too_deep": ("'<table><tr><td>' * 100000 + 'x'", "TooLarge"),
    "divs_nested": ("'<div>x' * 4900", "read"),
    "divs_nested_too_deep": ("'<div>' * 50000 + 'x'", "TooLarge"),
    "divs_with_ends_of_others": ("'<div></x>' * 100000", "TooLarge"),
    "many_small_cells": ("'<table>' + '<tr><td>1</td><td>2</td></tr>' * 1700000", "TooLarge"),
    "most_cells": ("'<table>' + '<tr><td>1<td>2' * 70000", "read"),
    "million_cells_in_a_row": ("'<table><tr>' + '<td>1' * 1000000", "TooLarge"),
    "one_large_attribute": ("'<p title=\"' + 'x' * 50000000 + '\">x'", "TooLarge"),
    "one_large_picture": ("'x<img src=\"data:a/b;base64,' + 'x' * 50000000 + '\">x'", "read"),
    "one_large_script": ("'x<script>' + 'x<' * 25000000 + '</script>x'", "read"),
    "one_large_cell": ("'<table><tr><td>a<td>' + '文' * 10000000", "read"),
    "many_attributes": ("'<p ' + ' '.join(f'a{i}=1' for i in range(100000)) + '>x'", "TooLarge"),
    "fonts_opened_anew": ("''.join(f'<p><font a={i}>x</p>' for i in range(50000))", "read"),
    "choices": ("'<select>' + '<option>x' * 250000 + '</select>x'", "read"),
    "comments_open": ("'<p>x<!--' * 150000", "read"),
    "rows_without_tables": ("'<tr><td>1</table>' * 15000", "read"),
    "hidden_in_hidden": ("'<div hidden>' * 1000 + '<p>x' * 50000", "NoContent"),
    "hidden_by_rule_in_hidden": (
        "'<style>div{display:none}</style>' + '<div>' * 1000 + '<p>x' * 50000",
        "NoContent",
    ),
    "rules_deep_inside": (
        "'<style>div div div div i,div b{display:none}</style>' + '<div>' * 4900 "
        "+ '<i>x</i><b>x</b>' * 20000",
        "NoContent",
    ),
    "rules_without_end": (
        "'<style>' + 'p{display:none}i{display:block}' * 50000 + '/*' * 500000 + '</style>' "
        "+ '<p>x' * 20000",
        "read",
    ),
    "cdata_open": ("'<?xml ?><p>x' + '<![CDATA[' * 500000", "read"),
    "half_strings_in_script": ("'x<script>' + '\"\\'`' * 700000 + '</script>'", "read"),
}
_MEASURED = """
import re, sys, time
from extract.exceptions import UnreadableFileError
from extract.html.read import read_html
markup = eval(sys.argv[1])
begin = time.perf_counter()
try:
    outcome = "read" if read_html(markup).blocks else "empty"
except UnreadableFileError as error:
    outcome = error.error
# The peak of this program alone: what getrusage gives may be that of the process it came from.
memory = re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]
print(outcome, time.perf_counter() - begin, memory)
"""
_MOST_SECONDS = 20
_MOST_KILOBYTES = 1_000_000


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_ends_soon_and_in_bounded_memory(name):
    expression, expected = HOSTILE[name]
    command = [sys.executable, "-c", _MEASURED, expression]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=60, check=True)
    outcome, seconds, kilobytes = done.stdout.split()
    assert outcome == expected
    assert float(seconds) < _MOST_SECONDS
    assert int(kilobytes) < _MOST_KILOBYTES


def outcome(markup: str) -> str:
    try:
        return "read" if read_html(markup).blocks else "nothing"
    except UnreadableFileError as error:
        return error.error


ODD = {
    "empty": ("", "NoContent"),
    "bracket": ("<", "read"),
    "zero": ("\0", "NoContent"),
    "half_character": ("<p>甲\ud800乙", "read"),
    "cell_in_formula": ("<math><td>x<tr><p>y", "read"),
    "table_in_drawing": ("<table><svg><td>y", "NoContent"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_markup(name):
    markup, expected = ODD[name]
    assert outcome(markup) == expected
