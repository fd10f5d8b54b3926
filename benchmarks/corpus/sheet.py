"""Workbooks as offices make them: the form typed into Excel, figures as numbers.

| style | what is special |
|---|---|
| `one_sheet` | title, prose and the three tables one below another, blank rows between |
| `dense` | the same without a blank row |
| `sheets` | a sheet for each table, the prose around them; a hidden one with other figures |
| `texts` | as `one_sheet`, every figure typed as text, away from the first column |
| `unmerged` | as `one_sheet`, no cell merged but the texts centred over blank ones |
"""

import io
import re
from collections.abc import Callable, Iterator
from functools import partial

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid, GridCell, spread
from benchmarks.corpus.text_layouts import signature, with_breaks

_PAGE_COLUMNS = 10
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_TITLE, _HEADING, _PROSE = (
    Font(name="方正小标宋简体", size=20),
    Font(name="黑体", size=16),
    Font(name="仿宋", size=14),
)


class _Page:
    """Writes on one sheet, from the top down."""

    def __init__(
        self,
        sheet: Worksheet,
        *,
        left: int = 1,
        gap: int = 1,
        numbers: bool = True,
        merges: bool = True,
    ) -> None:
        self.sheet = sheet
        self.left = left
        self.gap = gap
        self.numbers = numbers
        self.merges = merges
        self.row = 1

    def line(self, text: str, font: Font = _PROSE, column: int = 0) -> None:
        cell = self.sheet.cell(self.row, self.left + column, text)
        cell.font, cell.alignment = font, _WRAPPED
        if self.merges and not column:
            self._merge(self.row, self.left, 1, _PAGE_COLUMNS)
        self.row += 1

    def table(self, grid: Grid) -> None:
        self.row += self.gap
        for line in spread(with_breaks(grid)):
            column = self.left
            for cell, begins in line:
                if begins:
                    self._cell(cell, column)
                column += cell.col_span
            self.row += 1
        self.row += self.gap

    def _cell(self, cell: GridCell, column: int) -> None:
        for row in range(self.row, self.row + cell.row_span):
            for at in range(column, column + cell.col_span):
                self.sheet.cell(row, at).border = _BOX
        place = self.sheet.cell(self.row, column)
        place.alignment = _CENTRED
        place.value = self._value(cell.text) if cell.key else cell.text or None
        if self.merges:
            self._merge(self.row, column, cell.row_span, cell.col_span)

    def _value(self, text: str) -> str | float | None:
        if self.numbers and _PLAIN_NUMBER.fullmatch(text):
            return float(text) if "." in text else int(text)
        return text or None

    def _merge(self, row: int, column: int, height: int, width: int) -> None:
        if height > 1 or width > 1:
            self.sheet.merge_cells(None, row, column, row + height - 1, column + width - 1)


def _on_one_sheet(report: KnownReport, page: _Page) -> None:
    page.line(report.title, _TITLE)
    page.row += page.gap
    for text in report.preamble:
        page.line(text)
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        page.line(f"{NUMERALS[number - 1]}、{heading}", _HEADING)
        grid = report.section_table(number)
        if grid:
            page.table(grid)
        for text in report.sections[number - 1]:
            page.line(text)
    for text in signature(report):
        page.line(text, column=_PAGE_COLUMNS - 2)


def _on_sheets(report: KnownReport, book: Workbook) -> None:
    page = _Page(book.active)
    book.active.title = "总体情况"
    page.line(report.title, _TITLE)
    for text in report.preamble:
        page.line(text)
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        if number in {2, 3, 4, 5}:
            page = _Page(book.create_sheet(f"第{NUMERALS[number - 1]}部分"))
        page.line(f"{NUMERALS[number - 1]}、{heading}", _HEADING)
        grid = report.section_table(number)
        if grid:
            page.table(grid)
        for text in report.sections[number - 1]:
            page.line(text)
    for text in signature(report):
        page.line(text, column=_PAGE_COLUMNS - 2)
    hidden = _Page(book.create_sheet("上年"))
    hidden.table(tuple(map(tuple, _with_other_figures(report.table("requests")))))
    book["上年"].sheet_state = "hidden"


def _with_other_figures(grid: Grid) -> Iterator[list[GridCell]]:
    for row in grid:
        yield [cell._replace(text="9") if cell.key else cell for cell in row]


def xlsx(
    report: KnownReport,
    one_sheet: bool = True,
    *,
    left: int = 1,
    gap: int = 1,
    numbers: bool = True,
    merges: bool = True,
) -> bytes:
    """Render as a workbook, on one sheet or on several.

    `left` is the first column, `gap` the blank rows around a table; figures are numbers where
    they are printed as such and `numbers` is set.
    """
    book = Workbook()
    if one_sheet:
        page = _Page(book.active, left=left, gap=gap, numbers=numbers, merges=merges)
        _on_one_sheet(report, page)
    else:
        _on_sheets(report, book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


STYLES: dict[str, Callable[[KnownReport], bytes]] = {
    "one_sheet": xlsx,
    "dense": partial(xlsx, gap=0),
    "sheets": partial(xlsx, one_sheet=False),
    "texts": partial(xlsx, numbers=False, left=2),
    "unmerged": partial(xlsx, merges=False),
}
