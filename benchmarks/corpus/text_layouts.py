r"""Plain text as it is left when published reports are copied or scraped, in six layouts.

Every renderer takes a `KnownReport` and gives text with `\n` line ends; encode it as needed.

| layout | a cell is | found in |
|---|---|---|
| `tab` | a line behind a tab; blank line after each row | copies out of Word |
| `split` | as `tab`, header cells torn over several rows, rows of nothing | copies out of Word |
| `pipe` | text, line end, bar; bars fill each row but the last to the full width | web scrapers |
| `pipe_rows` | `label | 1 | 0 |`, a line a row | web scrapers |
| `markdown` | `| label | 1 | 0 |` with `|---|` below the first row | converters |
| `lines` | a paragraph; blank cells are lost | copies out of PDF and browsers |
"""

import re
from collections.abc import Callable, Iterable

from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid, GridCell, column_count, spread

TableRenderer = Callable[[Grid], list[str]]

REQUEST_COLUMNS = 10
DISPUTE_COLUMNS = 15
# Column heads that are narrow in print: four characters break in half, 本年新… after three.
_NARROW_HEAD = re.compile(r"^(本年新|..(?=..$))")
# Rows of nothing that a merged and broken header of disputes leaves behind itself, per row.
_EMPTY_ROWS_AFTER_HEADER = {1: 2, 2: 3}


def tab(report: KnownReport, *, broken_heads: bool = True) -> str:
    """Render as Word text: a cell a line behind a tab, merged cells continued by a lone tab.

    A line without a tab continues the cell above; `broken_heads` breaks narrow column heads.
    """

    def table(grid: Grid) -> list[str]:
        rows = _texts(with_breaks(grid) if broken_heads else grid)
        return [*_tab_lines(rows), "", ""]

    return _document(report, table)


def split(report: KnownReport) -> str:
    """Render as `tab`, with header cells torn over rows, headings indented, the first bare."""
    return _document(report, _split_table, spaced=True, indent="    ", first_bare=True)


def pipe(report: KnownReport, *, loses_second_lines: bool = False) -> str:
    """Render as web scrapers do: each cell closed by a bar, each row filled up with bars.

    A label stands on a line of its own above its bar, a value in front of it. A cell merged
    downwards stands in its first row only. The last row of a table has no fill. With
    `loses_second_lines` what follows a line break in the header of disputes is gone.
    """

    def table(grid: Grid) -> list[str]:
        return _pipe_table(grid, loses_second_lines=loses_second_lines)

    return _document(report, table, title_gap=False)


def pipe_rows(report: KnownReport) -> str:
    """Render each table row as one line `label | 1 | 0 |`; merged cells stand once."""
    return _document(report, _pipe_row_table)


def markdown(report: KnownReport) -> str:
    """Render tables in Markdown; what a merged cell covers is blank."""
    return _document(report, _markdown_table, spaced=True)


def lines(report: KnownReport) -> str:
    """Render every cell that is not blank as a paragraph of its own."""
    return _document(report, _line_table, spaced=True)


LAYOUTS: dict[str, Callable[[KnownReport], str]] = {
    "tab": tab,
    "split": split,
    "pipe": pipe,
    "pipe_rows": pipe_rows,
    "markdown": markdown,
    "lines": lines,
}


def _document(
    report: KnownReport,
    table: TableRenderer,
    *,
    spaced: bool = False,
    indent: str = "",
    first_bare: bool = False,
    title_gap: bool = True,
) -> str:
    """Put title, preamble, sections and signature together; `spaced` parts paragraphs."""
    gap = [""] if spaced else []
    out = [report.title, *([""] if title_gap else [])]
    for paragraph in report.preamble:
        out += [paragraph, *gap]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        bare = first_bare and number == 1
        out += [heading if bare else f"{indent}{NUMERALS[number - 1]}、{heading}", *gap]
        grid = report.section_table(number)
        if grid:
            out += table(grid)
        for paragraph in report.sections[number - 1]:
            out += [paragraph, *gap]
    out += signature(report)
    return "\n".join(out) + "\n"


def signature(report: KnownReport) -> list[str]:
    """Give the lines that close a report: who and when, if it is dated."""
    day = report.published_on
    return [report.issuer, f"{day.year}年{day.month}月{day.day}日"] if day else []


def with_breaks(grid: Grid) -> Grid:
    """Break the narrow column heads of a table in two lines, as the printed form does.

    The leftmost column is wide enough: 信息内容 and the first 结果维持 stay whole.
    """
    return tuple(
        row if any(cell.key for cell in row) else _broken(row, column_count(grid)) for row in grid
    )


def _broken(row: tuple[GridCell, ...], width: int) -> tuple[GridCell, ...]:
    whole = 1 if sum(cell.col_span for cell in row) == width else 0
    heads = (
        cell._replace(text=_NARROW_HEAD.sub("\\1\n", cell.text).replace("\n\n", "\n"))
        if cell.col_span == 1
        else cell
        for cell in row[whole:]
    )
    return (*row[:whole], *heads)


def _texts(grid: Grid) -> list[list[str]]:
    """Give each row with a blank for every cell that hangs in from above."""
    return [[cell.text if begins else "" for cell, begins in row] for row in spread(grid)]


def _tab_lines(rows: Iterable[list[str]]) -> list[str]:
    return [line for row in rows for line in [*(f"\t{text}" for text in row), ""]]


def _split_table(grid: Grid) -> list[str]:
    rows = _texts(grid)
    if column_count(grid) == DISPUTE_COLUMNS:
        rows = _tear_disputes(rows)
    elif column_count(grid) == REQUEST_COLUMNS:
        rows = [*rows[:2], *_tear_applicants(rows[2]), *rows[3:]]
    return [*_tab_lines(rows), ""]


def _tear_applicants(row: list[str]) -> list[list[str]]:
    """Tear four-character heads over two rows; longer ones break into lines of two."""
    torn = [len(text) == 4 for text in row]
    pairs = ["\n".join(re.findall("..?", text)) if len(text) > 4 else text for text in row]
    upper = [text[:2] if is_torn else text for text, is_torn in zip(pairs, torn, strict=True)]
    lower = [text[2:] if is_torn else "" for text, is_torn in zip(row, torn, strict=True)]
    return [upper, lower]


def _tear_disputes(rows: list[list[str]]) -> list[list[str]]:
    """Set the heads upright, a character a line, with rows of nothing behind each header row."""
    out = []
    for index, row in enumerate(rows):
        upright = index in _EMPTY_ROWS_AFTER_HEADER
        out.append(["\n".join(t) if upright and len(t) <= 4 else t for t in row])
        out += [[""] * len(row) for _ in range(_EMPTY_ROWS_AFTER_HEADER.get(index, 0))]
    return out


def _pipe_table(grid: Grid, *, loses_second_lines: bool) -> list[str]:
    width = column_count(grid)
    keeps_all = not loses_second_lines or width != DISPUTE_COLUMNS
    out: list[str] = []
    for row in with_breaks(grid):
        for cell in row:
            text = cell.text if keeps_all else cell.text.split("\n")[0]
            out.append(f"{text} |".lstrip(" ") if cell.key else f"{text}\n|")
        out.append("|" * (width - len(row)))
    return [line for line in out[:-1] if line]


def _pipe_row_table(grid: Grid) -> list[str]:
    return ["".join(f"{cell.text} | " for cell in row).rstrip() for row in grid]


def _markdown_table(grid: Grid) -> list[str]:
    rows = []
    for row in spread(grid):
        texts: list[str] = []
        for cell, begins in row:
            texts += [cell.text if begins else "", *[""] * (cell.col_span - 1)]
        rows.append(f"| {' | '.join(texts)} |")
    return [rows[0], "|" + "---|" * column_count(grid), *rows[1:], ""]


def _line_table(grid: Grid) -> list[str]:
    texts = [cell.text for row in grid for cell in row if cell.text.strip()]
    return [line for text in texts for line in (text, "")]
