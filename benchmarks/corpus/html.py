"""HTML as government sites print reports: the form inside navigation, styles and footers."""

from html import escape

from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid, GridCell
from benchmarks.corpus.text_layouts import signature, with_breaks

_BODY_STYLE = "font-family: 仿宋_GB2312; font-size: 16pt; line-height: 2"
_CELL_STYLE = "border: windowtext 1pt solid; padding: 0cm 5.4pt"

_PAGE = """\
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
{declaration}<title>{title}-{site}</title>
<meta name="SiteName" content="{site}" />
<meta name="ColumnName" content="政府信息公开年报" />
<meta name="ArticleTitle" content="{title}" />
<meta name="PubDate" content="{published}" />
<style type="text/css">td p {{ margin: 0; text-align: center }}</style>
<script type="text/javascript">var col = "<td>0</td>"; document.title = document.title;</script>
</head>
<body>
<div class="top"><ul class="nav"><li><a href="/">首页</a></li>\
<li><a href="/zwgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li>\
<li><a href="/hdjl/">互动交流</a></li></ul></div>
<div class="location">当前位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/zwgk/">政务公开</a>\
&nbsp;&gt;&nbsp;政府信息公开年报</div>
<div class="main">
<h1 class="arc-title">{title}</h1>
<div class="arc-info">发布时间：{published}&nbsp;&nbsp;来源：{issuer}&nbsp;&nbsp;字体：\
[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div>
<div id="zoom" class="TRS_Editor">
{body}
</div>
<div class="tools"><a href="#">打印本页</a>&nbsp;<a href="#">关闭窗口</a></div>
</div>
<div class="footer"><p>主办：{county}人民政府办公室&nbsp;&nbsp;版权所有</p>\
<p>网站地图 | 联系我们 | 网站声明</p></div>
</body>
</html>
"""


def html(report: KnownReport, *, charset: str | None = "utf-8", short_meta: bool = False) -> str:
    """Render as a page that declares `charset` (None: nothing), whatever it is encoded in.

    `short_meta` writes `<meta charset>` instead of `http-equiv`. Merged cells are row and
    column spans, blank cells a no-break space.
    """
    day = report.published_on
    return _PAGE.format(
        declaration=_declaration(charset, short=short_meta),
        title=escape(report.title),
        site=f"{report.county_name}人民政府门户网站",
        county=report.county_name,
        issuer=report.issuer,
        published=f"{day:%Y-%m-%d} 10:26" if day else "",
        body="\n".join(_body(report)),
    )


def _declaration(charset: str | None, *, short: bool) -> str:
    if charset is None:
        return ""
    if short:
        return f'<meta charset="{charset}" />\n'
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}" />\n'


def _body(report: KnownReport) -> list[str]:
    out = [_paragraph(text) for text in report.preamble]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        text = f"{NUMERALS[number - 1]}、{heading}"
        out.append(f'<p style="text-indent: 32pt"><font face="黑体"><b>{text}</b></font></p>')
        grid = report.section_table(number)
        if grid:
            out += _table(grid)
        out += [_paragraph(text) for text in report.sections[number - 1]]
    out += [f'<p align="right"><span>{escape(text)}</span></p>' for text in signature(report)]
    return out


def _paragraph(text: str) -> str:
    """Wrap prose as word processors export it: a run in nested tags, two blanks for indent."""
    head, tail = escape(text[:6]), escape(text[6:])
    return (
        f'<p class="MsoNormal" style="{_BODY_STYLE}">&nbsp;&nbsp;&nbsp;&nbsp;'
        f'<span lang="EN-US">{head}</span><font color="#000000"><span>{tail}</span></font></p>'
    )


def _table(grid: Grid) -> list[str]:
    rows = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in with_breaks(grid)]
    attributes = 'class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" align="center"'
    return [f"<table {attributes}>", "<tbody>", *rows, "</tbody>", "</table>"]


def _cell(cell: GridCell) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    text = escape(cell.text).replace("\n", "<br />").replace("\u3000", "&#12288;")
    inner = f'<span style="font-size: 10.5pt"><font>{text or "&nbsp;"}</font></span>'
    return f'<td{spans} style="{_CELL_STYLE}"><p>{inner}</p></td>'
