"""What the pages of `html_pages` share: the article, its tables, and furniture."""

from collections.abc import Callable, Iterable
from html import escape

from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid, GridCell, column_count, spread
from benchmarks.corpus.text_layouts import signature, with_breaks

SITE_LINKS = ("首页", "走进本地", "政务公开", "政务服务", "互动交流", "专题专栏")
# Figures of the site itself, under labels that look like those of the report.
COUNTER = (
    '<table class="counter" border="1"><tr><td colspan="2">网站信息公开情况统计</td></tr>'
    + "".join(
        f"<tr><td>{label}</td><td>{figure}</td></tr>"
        for label, figure in (
            ("本年新收政府信息公开申请数量", 871),
            ("上年结转政府信息公开申请数量", 65),
            ("结转下年度继续办理", 43),
            ("规章", 17),
            ("行政规范性文件", 19),
            ("行政许可", 5302),
            ("本站累计访问总计", 8123456),
        )
    )
    + "</table>"
)

Paragraph = Callable[[str], str]
Inner = Callable[[GridCell], str]


def links(texts: Iterable[str]) -> str:
    """Render the items of a menu."""
    return "".join(f'<li><a href="/{i}/">{text}</a></li>' for i, text in enumerate(texts))


def _paragraph(text: str) -> str:
    return f'<p style="text-indent: 2em">{text}</p>'


def _text(cell: GridCell) -> str:
    return escape(cell.text).replace("\n", "<br>") or "&nbsp;"


def table(grid: Grid, *, inner: Inner = _text) -> list[str]:
    """Render a table with borders and a paragraph in each cell."""
    out = ['<table border="1" cellspacing="0" style="border-collapse: collapse">', "<tbody>"]
    for row in grid:
        out += ["<tr>", *(f"<td{_spans(cell)}><p>{inner(cell)}</p></td>" for cell in row), "</tr>"]
    return [*out, "</tbody>", "</table>"]


def plain_table(grid: Grid) -> list[str]:
    """Render a table with a head, as style sheets want it."""
    head = max(cell.row_span for cell in grid[0])
    rows = [
        "".join(f"<{tag}{_spans(cell)}>{_text(cell)}</{tag}>" for cell in row)
        for row, tag in ((row, "th" if i < head else "td") for i, row in enumerate(grid))
    ]
    body = "".join(f"<tr>{row}</tr>\n" for row in rows[head:])
    upper = "".join(f"<tr>{row}</tr>\n" for row in rows[:head])
    return [f'<table class="table"><thead>{upper}</thead><tbody>{body}</tbody></table>']


def _spans(cell: GridCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    return rows + (f' colspan="{cell.col_span}"' if cell.col_span > 1 else "")


def article(
    report: KnownReport,
    *,
    paragraph: Paragraph = _paragraph,
    render: Callable[[Grid], Iterable[str]] = table,
) -> str:
    """Render preamble, sections and signature without the page around them."""
    out = [paragraph(escape(text)) for text in report.preamble]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        out.append(paragraph(f"{NUMERALS[number - 1]}、{heading}"))
        if grid := report.section_table(number):
            out += render(with_breaks(grid))
        out += [paragraph(escape(text)) for text in report.sections[number - 1]]
    out += [paragraph(escape(text)) for text in signature(report)]
    return "\n".join(out)


def divided(grid: Grid, at: int) -> tuple[Grid, Grid]:
    """Cut a table above a row; a cell that hangs over the cut goes on as a blank one."""
    upper = tuple(
        tuple(cell._replace(row_span=min(cell.row_span, at - index)) for cell in row)
        for index, row in enumerate(grid[:at])
    )
    hanging = _hanging(grid, at)
    first: list[GridCell] = []
    for cell, begins in list(spread(grid))[at]:
        first.append(cell if begins else GridCell("", hanging[id(cell)], cell.col_span))
    return upper, (tuple(first), *grid[at + 1 :])


def _hanging(grid: Grid, at: int) -> dict[int, int]:
    """Give how many rows each cell from above goes on below the cut."""
    width = column_count(grid)
    return {
        id(cell): index + cell.row_span - at
        for index, row in enumerate(grid[:at])
        for cell in row
        if index + cell.row_span > at and cell.col_span <= width
    }
