"""A report as today's government portals print it: 30 KiB, half of which is not the report.

Styles, scripts, two menus, links to neighbours and a footer stand around the article, as in the
pages that a nightly run over a country reads by the ten thousand.
"""

from html import escape

from benchmarks.corpus.html_page_parts import article, links
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.template import Grid, GridCell
from benchmarks.corpus.text_layouts import with_breaks

_MENU = {
    "走进本地": ("概况", "历史沿革", "行政区划", "人口民族", "名胜古迹", "城市名片", "图说"),
    "新闻中心": ("要闻", "部门动态", "乡镇动态", "公告公示", "媒体聚焦", "视频新闻", "专题"),
    "政务公开": ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"),
    "政务服务": ("个人办事", "法人办事", "部门窗口", "便民服务", "结果公示", "办件统计"),
    "互动交流": ("领导信箱", "在线访谈", "民意征集", "网上调查", "新闻发布会", "常见问题"),
}
# fmt: off
_BUREAUS = (
    "发展和改革局", "教育局", "科学技术局", "公安局", "民政局", "司法局", "财政局",
    "自然资源局", "生态环境局", "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "商务局",
    "文化和旅游局", "卫生健康局", "应急管理局", "审计局", "统计局", "医疗保障局",
)
_CLASSES = (
    "wrap", "header", "logo", "banner", "nav", "sub", "crumb", "main", "left", "right", "xl-title",
    "xl-info", "share", "ewm", "foot",
)
# fmt: on
_CSS = "\n".join(
    f".{name} {{ margin: 0 auto; padding: {at}px 12px; font-size: 14px; color: #33{at:02}66; "
    "line-height: 1.8; background: url(/images/bg.png) repeat-x; }}"
    for at, name in enumerate(_CLASSES)
)
_SCRIPT = "\n".join(
    f"function f{at}(id, cls) {{ var node = document.getElementById(id); if (!node) return; "
    f'node.className = cls + " s{at}"; node.innerHTML = "<td>" + node.innerHTML + "</td>"; }}'
    for at in range(8)
)
_CELL = "border: 1pt solid; padding: 0 5pt"


def portal(report: KnownReport, *, charset: str = "utf-8") -> str:
    """Render as a portal that declares `charset`, whatever it is encoded in."""
    site = f"{report.county_name}人民政府"
    menu = "".join(
        f'<li class="nav-item"><a href="/{at}/">{name}</a><ul class="sub">{links(below)}</ul></li>'
        for at, (name, below) in enumerate(_MENU.items())
    )
    bureaus = links(report.county_name + name for name in _BUREAUS)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}">
<meta name="SiteName" content="{site}"><meta name="ColumnName" content="政府信息公开年报">
<meta name="ArticleTitle" content="{escape(report.title)}">
<meta name="PubDate" content="{report.published_on} 09:30">
<meta name="ContentSource" content="{report.issuer}">
<title>{escape(report.title)}_{site}</title><style>{_CSS}</style></head>
<body><div class="header"><div class="logo"><a href="/">{site}</a></div>
<div class="nav"><ul>{menu}</ul></div></div>
<div class="crumb">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
<a href="/zwgk/nb/">政府信息公开年报</a></div>
<div class="wrap"><div class="xl-title"><h2>{escape(report.title)}</h2></div>
<div class="xl-info">发布日期：{report.published_on} 信息来源：{report.issuer}
浏览次数：<span id="hits">128</span> <a href="#">[打印]</a> <a href="#">[关闭]</a></div>
<div id="zoom" class="TRS_Editor">{article(report, paragraph=_paragraph, render=_table)}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="ewm">扫一扫在手机打开当前页<img src="/images/qr.png" alt=""></div></div>
<div class="foot"><ul class="links">{bureaus}</ul>
<p>主办：{site}办公室 承办：{site}政务公开办公室</p>
<p>网站标识码：0000000000 ICP备00000000号 公网安备00000000000000号</p>
<p><a href="/map/">网站地图</a> <a href="/about/">关于我们</a></p></div>
<script>{_SCRIPT}</script></body></html>"""


def _paragraph(text: str) -> str:
    return (
        '<p style="text-indent: 2em; line-height: 2; font-size: 16pt">'
        f'<span style="font-family: 仿宋_GB2312">{text}</span></p>'
    )


def _table(grid: Grid) -> list[str]:
    rows = (f"<tr>{''.join(map(_cell, row))}</tr>" for row in with_breaks(grid))
    return [
        '<table class="MsoNormalTable" border="1" cellspacing="0"><tbody>',
        *rows,
        "</tbody></table>",
    ]


def _cell(cell: GridCell) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    text = escape(cell.text).replace("\n", "<br>") or "&nbsp;"
    return f'<td{spans} style="{_CELL}"><p><span>{text}</span></p></td>'
