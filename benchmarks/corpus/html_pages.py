"""HTML as other site systems print the same report: older, newer, exported, hidden in a script.

Each maker of `PAGES` takes a report and gives the page of one kind of system, with the furniture
that comes with it. `cut`, `cut_with_header` and `fixed_header` print one official table as two.
"""

import json
from collections.abc import Callable, Iterable
from html import escape

from benchmarks.corpus.html_page_parts import (
    COUNTER,
    SITE_LINKS,
    article,
    divided,
    links,
    plain_table,
    table,
)
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.template import Grid, GridCell

# Where the long table of requests crosses the border of a page.
_CUT_BEFORE_ROW = 12


def modern(report: KnownReport) -> str:
    """Render in nested `div` columns, with menus, a teaser with prose, and related reports."""
    related = "".join(
        f'<li><a href="/xxgk/{year}.html">{escape(report.county_name)}{year}年政府信息公开工作'
        f"年度报告</a><span>{year + 1}-01-20</span></li>"
        for year in range(report.year - 5, report.year)
    )
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(report.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>.fixed{{display:none}} td{{padding:4px}}</style></head>
<body><header class="site-header"><div class="logo"><a href="/">{report.county_name}人民政府</a>
</div><nav><ul>{links(SITE_LINKS)}</ul></nav></header>
<div class="container"><div class="breadcrumb"><a href="/">首页</a> / <a href="/zwgk">政务公开</a>
 / <span>信息公开年报</span></div>
<div class="row"><div class="col-9"><article><h1>{escape(report.title)}</h1>
<div class="meta"><span>发布日期：{report.published_on}</span>\
<span>来源：{report.issuer}</span></div>
<section class="body">{article(report, paragraph=_div, render=plain_table)}</section>
<div class="share"><a href="#">微信</a><a href="#">微博</a></div></article></div>
<aside class="col-3"><h3>热点专题</h3><p>我市召开优化营商环境大会，会议强调要持续深化改革，\
全年办理事项320件，办结率达到98%。</p>{COUNTER}<h3>相关报告</h3><ul>{related}</ul></aside></div></div>
<footer><p>主办：{report.county_name}人民政府办公室</p><p>备案号：ICP备00000000号</p></footer>
<div style="display:none">统计代码 8</div></body></html>"""


def nineties(report: KnownReport) -> str:
    """Render inside layout tables in capitals, without quotes and closing tags."""

    def shouting(grid: Grid) -> Iterable[str]:
        yield "<TABLE BORDER=1 CELLSPACING=0 WIDTH=98%>"
        for row in grid:
            yield "<TR ALIGN=center>" + "".join(
                f"<TD{_spans(cell, quote='').upper()}><FONT SIZE=2>"
                + (escape(cell.text).replace("\n", "<BR>") or "&nbsp;")
                for cell in row
            )
        yield "</TABLE>"

    menu = "".join(f"<TR><TD><A HREF=#>{text}</A>" for text in SITE_LINKS)
    body = article(
        report, paragraph=lambda text: f"<P>&nbsp;&nbsp;<FONT SIZE=3>{text}", render=shouting
    )
    return f"""<HTML><HEAD><TITLE>{escape(report.title)}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF><CENTER><TABLE WIDTH=778 BORDER=0><TR><TD COLSPAN=3><IMG SRC=top.gif>
<TR><TD COLSPAN=3><TABLE><TR>{"".join(f"<TD><A HREF=#>{t}</A>" for t in SITE_LINKS)}</TABLE>
<TR><TD WIDTH=160 VALIGN=top><TABLE BGCOLOR=#EEEEEE>{menu}</TABLE>{COUNTER}
<TD WIDTH=10>&nbsp;<TD VALIGN=top><TABLE WIDTH=100%><TR><TD ALIGN=center>
<FONT COLOR=red SIZE=5><B>{escape(report.title)}</B></FONT>
<TR><TD ALIGN=center>发布日期：{report.published_on} 来源：{report.issuer}
<TR><TD><HR><TR><TD>{body}
</TABLE><TR><TD COLSPAN=3 ALIGN=center>版权所有：{report.county_name}人民政府办公室
</TABLE></CENTER></BODY></HTML>"""


def word(report: KnownReport) -> str:
    """Render as Word saves a web page: conditional comments, VML, a last row of no height."""

    def exported(grid: Grid) -> Iterable[str]:
        columns = sum(cell.col_span for cell in grid[0])
        yield "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border:none;"
        yield " mso-border-alt:solid windowtext .5pt;mso-yfti-tbllook:1184'>"
        for index, row in enumerate(grid):
            yield f" <tr style='mso-yfti-irow:{index};height:1.0cm'>"
            yield from (_word_cell(cell) for cell in row)
            yield " </tr>"
        widths = "\n  <td width=40 style='border:none'></td>" * columns
        yield f" <![if !supportMisalignedColumns]>\n <tr height=0>{widths}\n </tr>\n <![endif]>"
        yield "</table>"

    def paragraph(text: str) -> str:
        head, tail = text[:3], text[3:]
        return (
            "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span\n"
            f"style='font-family:仿宋_GB2312'><![if !supportLists]><span lang=EN-US>{head}</span>"
            f"<![endif]>{tail}<span lang=EN-US><o:p></o:p></span></span></p>"
        )

    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15"><title>{escape(report.title)}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>办公室</o:Author><o:Revision>2</o:Revision>
</o:DocumentProperties></xml><![endif]--><style><!-- @page {{mso-page-orientation:portrait;}} -->
</style></head><body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>
<p class=MsoNormal align=center><b><span style='font-size:22.0pt'>{escape(report.title)}</span></b>
<span style='mso-hide:all'>9</span></p>
<!--[if gte vml 1]><v:shape id="_x0000_s1026" style='position:absolute'><v:textbox><table><tr>
<td>9</td></tr></table></v:textbox></v:shape><![endif]-->
{article(report, paragraph=paragraph, render=exported)}
</div></body></html>"""


def _word_cell(cell: GridCell) -> str:
    text = escape(cell.text).replace("\n", "<br>\n")
    inner = f"<span lang=EN-US>{text}<o:p></o:p></span>" if text else "<o:p>&nbsp;</o:p>"
    return (
        f"  <td width=52 {_spans(cell, quote='')} valign=top style='width:39.0pt;border:solid "
        f"windowtext 1.0pt;mso-border-alt:solid windowtext .5pt'>\n  <p class=MsoNormal "
        f"align=center><span\n  style='font-size:10.5pt'>{inner}</span></p>\n  </td>"
    )


def _spans(cell: GridCell, *, quote: str = '"') -> str:
    rows = f" rowspan={quote}{cell.row_span}{quote}" if cell.row_span > 1 else ""
    return rows + (f" colspan={quote}{cell.col_span}{quote}" if cell.col_span > 1 else "")


def in_field(report: KnownReport) -> str:
    """Render as escaped markup in a hidden field, which a script shows."""
    return _shell(
        report,
        f'<textarea id="txt" style="display:none">{escape(article(report))}</textarea>'
        '<div id="show"></div><script>show.innerHTML = txt.value</script>',
    )


def in_script(report: KnownReport) -> str:
    """Render as a string in a script."""
    markup = json.dumps(article(report)).replace("</", "<\\/")
    return _shell(
        report,
        '<div id="show"></div><script>var id = "20871";\n'
        f"var content = {markup};\ndocument.getElementById('show').innerHTML = content;</script>",
    )


def in_cdata(report: KnownReport) -> str:
    """Render as a data island."""
    return _shell(
        report,
        '<script type="text/xml"><datastore><record><title><![CDATA[年报]]></title>'
        f"<content><![CDATA[{article(report)}]]></content></record></datastore></script>",
    )


def _shell(report: KnownReport, inner: str) -> str:
    return f"""<!DOCTYPE html><html><head><title>{escape(report.title)}</title></head><body>
<div class="nav"><ul>{links(SITE_LINKS)}</ul></div><h2>{escape(report.title)}</h2>
<div class="info">发布时间：{report.published_on}</div><div class="content">{inner}</div>
<div class="bottom">版权所有：{report.county_name}人民政府办公室</div></body></html>"""


def cut(report: KnownReport) -> str:
    """Render the table of requests as two, the second without a header."""
    return _page(report, article(report, render=lambda grid: _cut(grid, repeats=False)))


def cut_with_header(report: KnownReport) -> str:
    """Render the table of requests as two, each with the header."""
    return _page(report, article(report, render=lambda grid: _cut(grid, repeats=True)))


def _cut(grid: Grid, *, repeats: bool) -> list[str]:
    if len(grid) <= _CUT_BEFORE_ROW + 2:
        return [*table(grid)]
    head = max(cell.row_span for cell in grid[0])
    upper, lower = divided(grid, _CUT_BEFORE_ROW)
    return [*table(upper), "<p>&nbsp;</p>", *table((*grid[:head], *lower) if repeats else lower)]


def fixed_header(report: KnownReport) -> str:
    """Render headers in a table of their own, above the rows that scroll below them."""

    def two(grid: Grid) -> list[str]:
        labels = [i for i, row in enumerate(grid) if not any(cell.key for cell in row)]
        head = 1 + max(labels, default=-1)
        if not head or any(cell.key for row in grid[:head] for cell in row):
            return [*table(grid)]
        upper, lower = divided(grid, head)
        return [
            f'<div class="head">{"".join(table(upper))}</div>',
            f'<div class="scroll" style="overflow:auto">{"".join(table(lower))}</div>',
        ]

    return _page(report, article(report, render=two))


def fields(report: KnownReport) -> str:
    """Render figures as the fields of the form they were typed into."""

    def form(cell: GridCell) -> str:
        if cell.key is None:
            return escape(cell.text).replace("\n", "<br/>")
        code = f"{cell.key[0]}_{cell.key[1]}".replace(".", "_")
        hidden = f'<input type="hidden" name="h_{code}" value="1"/>'
        return f'{hidden}<input type="text" name="{code}" value="{escape(cell.text)}" readonly/>'

    body = article(report, render=lambda grid: table(grid, inner=form))
    search = '<div><input type="text" name="q" value="请输入关键字"/><button>搜索</button></div>'
    return _page(report, f'<form id="form1" action="nb.aspx">{search}{body}</form>')


def _page(report: KnownReport, body: str) -> str:
    return f"""<html><head><title>{escape(report.title)}</title></head><body><div class="wrap">
<div class="title">{escape(report.title)}</div>
<div class="info">发布时间：{report.published_on}</div>\
<div class="content">{body}</div></div></body></html>"""


def government(report: KnownReport) -> str:
    """Render as government portals do: metadata, share bar, and figures of the site beside it."""
    metas = {
        "SiteName": f"{report.county_name}人民政府",
        "ColumnName": "政府信息公开年报",
        "ArticleTitle": report.title,
        "PubDate": f"{report.published_on} 09:00",
        "ContentSource": report.issuer,
    }
    meta = "".join(f'<meta name="{k}" content="{escape(v)}">\n' for k, v in metas.items())
    return f"""<!DOCTYPE html>
<html><head>{meta}<title>{escape(report.title)}_{report.county_name}人民政府</title></head><body>
<div class="top-nav"><ul>{links(SITE_LINKS)}</ul></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a></div>
<div class="wrap"><div class="left-col"><div class="xl-title"><h2>{escape(report.title)}</h2></div>
<div class="xl-info">发布日期：{report.published_on} 信息来源：{report.issuer}
浏览次数：<span>128</span><a href="#">[打印]</a></div>
<div id="UCAP-CONTENT" class="view TRS_UEDITOR">
{article(report)}</div><div class="ewm">扫一扫在手机打开当前页<img src="qr.png"></div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="prev">上一篇：<a href="1.html">关于表彰先进的决定</a></div></div>
<div class="right-col">{COUNTER}</div></div>
<div class="foot">主办：{report.county_name}人民政府办公室 技术支持：某公司</div></body></html>"""


def excel(report: KnownReport) -> str:
    """Render as Excel saves a web page: one table, prose in merged rows, helper rows hidden."""

    def sheet(grid: Grid) -> Iterable[str]:
        columns = sum(cell.col_span for cell in grid[0])
        yield f"<table x:str border=0 cellpadding=0 cellspacing=0 width={columns * 72}>"
        yield f" <col width=72 span={columns} style='mso-width-source:userset'>"
        hidden = "".join("<td class=xl24 x:num>7</td>" for _ in range(columns))
        yield f" <tr height=0 style='display:none'>{hidden}</tr>"
        for row in grid:
            cells = "".join(
                f"\n  <td{_spans(cell, quote='')} class=xl2{4 + bool(cell.key)}"
                f"{' x:num' * cell.text.isdigit()}>"
                f"{escape(cell.text).replace(chr(10), '<br>')}</td>"
                for cell in row
            )
            yield f" <tr height=19 style='height:14.25pt'>{cells}\n </tr>"
        yield " <![if supportMisalignedColumns]>\n <tr height=0 style='display:none'>"
        yield "  <td width=72 style='width:54pt'></td>\n </tr>\n <![endif]>\n</table>"

    return f"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta name=ProgId content=Excel.Sheet><title>{escape(report.title)}</title>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ActiveSheet>0</x:ActiveSheet></x:ExcelWorkbook></xml>
<![endif]--></head><body link=blue vlink=purple><p>{escape(report.title)}</p>
{article(report, render=sheet)}</body></html>"""


def _div(text: str) -> str:
    return f"<div class=p><span>{text[:9]}</span><span>{text[9:]}</span></div>"


PAGES: dict[str, Callable[[KnownReport], str]] = {
    "modern": modern,
    "nineties": nineties,
    "word": word,
    "in_field": in_field,
    "in_script": in_script,
    "in_cdata": in_cdata,
    "cut": cut,
    "cut_with_header": cut_with_header,
    "fixed_header": fixed_header,
    "fields": fields,
    "government": government,
    "excel": excel,
}
# Pages that print one official table as two: a reader gives what is printed.
CUT_PAGES = ("cut", "cut_with_header", "fixed_header")
