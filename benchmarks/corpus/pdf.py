"""PDF as offices publish it: printed from Word or WPS, or exported from a website or a sheet.

| style | what it is like in the wild |
|---|---|
| `ruled` | Word or WPS saved as PDF: every cell has its border; rows are kept whole at page ends |
| `repeated` | the same, long tables with their header again on each page, running title on top |
| `torn` | the same, a row may be torn: its label goes on on the next page |
| `level` | typeset by a printing house: a rule between rows, none between columns |
| `three_rules` | the same, a rule above, one below the header, one at the end |
| `shaded` | a website printed from a browser: every second row is grey, no rules |
| `unruled` | a converter that lost all drawing: nothing but text at its place |
| `tight` | the same, no more room between rows than between the lines of a label |
| `shuffled` | some PDF printers: pieces of text are drawn in no order |
| `bold` | headings and table text drawn twice, a hair apart, for want of a bold font |
| `landscape` | wide tables on sheets turned by `/Rotate 90`, as Excel and scanners' printers do |
| `open_sided` | ruled, but without the outer lines left and right |
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from random import Random
from typing import NamedTuple

from benchmarks.corpus.pdf_paper import Line, Shade, Sheet, Text, broken, printed, width_of
from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid, column_count, spread
from benchmarks.corpus.text_layouts import signature, with_breaks

_A4 = (595.0, 842.0)
_MARGIN = 72.0
_BODY, _TITLE, _TABLE = 16.0, 22.0, 10.5
_STEP = _TABLE * 1.4
# Shares of the table's width, by column count; a further column is as wide as the last.
_WIDTHS = {4: (40, 20, 20, 20), 10: (11, 12, 26, *(7,) * 6, 9), 15: (1,) * 15}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks. `rules` is one of `all`, `open`, `level`, `three`, `none`."""

    rules: str = "all"
    padding: float = 4.0
    shaded: bool = False
    repeats_header: bool = False
    tears_rows: bool = False
    bold: bool = False
    shuffled: bool = False
    turned: bool = False
    running_title: bool = False
    labels_left: bool = False
    broken_heads: bool = False
    page_number: str = "— {page} —"


_PLAIN = Style()


class _Cell(NamedTuple):
    """A cell of a table where it would stand on an endless sheet; y counts from the table's top."""

    text: str
    lines: list[str]
    x0: float
    x1: float
    y0: float
    y1: float
    is_value: bool


class _Press:
    """Sets blocks one below the other, sheet after sheet."""

    def __init__(self, style: Style, title: str) -> None:
        self.style, self.title = style, title
        self.width, self.height = _A4[::-1] if style.turned else _A4
        self.sheets: list[Sheet] = []
        self.y = 0.0
        # How many lines of a cell are set already, for cells that go on on the next sheet.
        self._set: dict[int, int] = {}
        self._new_sheet()

    @property
    def _measure(self) -> float:
        return self.width - 2 * _MARGIN

    @property
    def _floor(self) -> float:
        return self.height - _MARGIN

    def _new_sheet(self) -> None:
        self.sheets.append([])
        self.y = _MARGIN
        if self.style.running_title:
            self._centred(self.title, 40, 9)
            self.sheets[-1].append(Line(_MARGIN, 45, self.width - _MARGIN, 45))

    def _centred(self, text: str, y: float, size: float, *, bold: bool = False) -> None:
        x = (self.width - width_of(text, size)) / 2
        self.sheets[-1].append(Text(x, y, text, size, bold))

    def number_sheets(self) -> None:
        """Put page numbers at the foot, when it is known how many there are."""
        for number, sheet in enumerate(self.sheets, start=1):
            text = self.style.page_number.format(page=number, pages=len(self.sheets))
            x = (self.width - width_of(text, 12)) / 2
            sheet.append(Text(x, self.height - 40, text, 12))

    def headline(self, text: str) -> None:
        """Set the title: large and centred, over as many lines as it takes."""
        for line in broken(text, _TITLE, self._measure):
            self.y += _TITLE * 1.4
            self._centred(line, self.y, _TITLE, bold=self.style.bold)
        self.y += _TITLE

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """Set prose: the first line indented by two characters."""
        for at, line in enumerate(broken(text, _BODY, self._measure, 2 * _BODY)):
            self._line(line, _MARGIN + (0 if at else 2 * _BODY), bold=bold)

    def signature(self, text: str) -> None:
        """Set a line that ends near the right edge."""
        self._line(text, self.width - _MARGIN - 2 * _BODY - width_of(text, _BODY))

    def _line(self, text: str, x: float, *, bold: bool = False) -> None:
        if self.y + _BODY * 1.75 > self._floor:
            self._new_sheet()
        self.y += _BODY * 1.75
        self.sheets[-1].append(Text(x, self.y, text, _BODY, bold))

    def table(self, grid: Grid) -> None:
        """Set a table, over as many sheets as it takes."""
        xs = self._edges(column_count(grid))
        ys, cells = _laid_out(grid, xs, self.style.padding)
        header = ys[next(at for at, row in enumerate(grid) if any(cell.key for cell in row))]
        self.y += 10
        start = 0.0
        while start < ys[-1]:
            end = self._cut(ys, start)
            if self.style.repeats_header and start == 0 and end <= header < ys[-1]:
                end = start
            if end > start:
                self._part(cells, ys, start, end)
            if end < ys[-1]:
                self._new_sheet()
                if self.style.repeats_header and end > header:
                    self._part(cells, ys, 0, header)
            start = end
        self.y += 12

    def _edges(self, count: int) -> list[float]:
        known = _WIDTHS.get(count) or (*_WIDTHS[count - 1], _WIDTHS[count - 1][-1])
        edges = [_MARGIN]
        for share in known:
            edges.append(edges[-1] + share * self._measure / sum(known))
        return edges

    def _cut(self, ys: list[float], start: float) -> float:
        """Where a sheet ends: behind the last row that fits, or a line further inside the next."""
        reach = start + self._floor - self.y
        if ys[-1] <= reach:
            return ys[-1]
        edge = max((y for y in ys if start < y <= reach), default=start)
        below = min(y for y in ys if y > reach)
        line = edge + self.style.padding + _STEP + 1
        is_tall = below - edge > 2 * _STEP + 2 * self.style.padding - 0.1
        return line if self.style.tears_rows and is_tall and line <= reach else edge

    def _part(self, cells: list[_Cell], ys: list[float], start: float, end: float) -> None:
        """Set what a table has between two heights."""
        sheet, top = self.sheets[-1], self.y - start
        if self.style.shaded:
            for at, (y0, y1) in enumerate(pairwise(ys)):
                if at % 2 and start <= y0 and y1 <= end:
                    sheet.append(Shade(_MARGIN, top + y0, self._measure, y1 - y0))
        for cell in cells:
            y0, y1 = max(cell.y0, start), min(cell.y1, end)
            if y0 < y1:
                sheet += self._rules((cell.x0, top + y0, cell.x1, top + y1))
                sheet += self._texts(cell, top + y0, top + y1, self._lines_here(cell, y0, y1))
        if self.style.rules == "three":
            header = min(cell.y0 for cell in cells if cell.is_value)
            for y in {start, min(max(header, start), end), end}:
                sheet.append(Line(_MARGIN, top + y, self.width - _MARGIN, top + y))
        self.y = top + end

    def _lines_here(self, cell: _Cell, y0: float, y1: float) -> list[str]:
        """The lines of a cell that stand in this part of it: as many as fit, from the first on."""
        if y0 == cell.y0:
            self._set[id(cell)] = 0
        done = self._set[id(cell)]
        room = int((y1 - y0 - 2 * self.style.padding + 0.1) // _STEP)
        lines = cell.lines[done:] if y1 == cell.y1 else cell.lines[done : done + max(room, 0)]
        self._set[id(cell)] = done + len(lines)
        return lines

    def _rules(self, box: tuple[float, float, float, float]) -> list[Line]:
        x0, y0, x1, y1 = box
        level = [Line(x0, y0, x1, y0), Line(x0, y1, x1, y1)]
        upright = [
            Line(x, y0, x, y1)
            for x in (x0, x1)
            if self.style.rules == "all" or _MARGIN + 1 < x < self.width - _MARGIN - 1
        ]
        if self.style.rules in ("none", "three"):
            return []
        return level if self.style.rules == "level" else level + upright

    def _texts(self, cell: _Cell, y0: float, y1: float, lines: list[str]) -> Iterator[Text]:
        y = (y0 + y1 - len(lines) * _STEP) / 2 + _TABLE * 1.05
        for at, line in enumerate(lines):
            wide = width_of(line, _TABLE)
            is_row_label = not cell.is_value and cell.x0 < _MARGIN + 0.3 * self._measure
            is_left = self.style.labels_left and is_row_label
            x = cell.x0 + 3 if is_left else (cell.x0 + cell.x1 - wide) / 2
            yield Text(x, y + at * _STEP, line, _TABLE, self.style.bold)


def _laid_out(grid: Grid, xs: list[float], padding: float) -> tuple[list[float], list[_Cell]]:
    """Give the heights at which rows begin and end, and all cells in their places."""
    placed = []
    for row, cells in enumerate(spread(grid)):
        column = 0
        for cell, begins in cells:
            if begins:
                x0, x1 = xs[column], xs[column + cell.col_span]
                lines = broken(cell.text, _TABLE, x1 - x0 - 6) if cell.text else []
                placed.append((row, cell, lines, x0, x1))
            column += cell.col_span
    heights = [_STEP + 2 * padding] * len(grid)
    for row, cell, lines, _, _ in sorted(placed, key=lambda place: place[1].row_span):
        missing = len(lines) * _STEP + 2 * padding - sum(heights[row : row + cell.row_span])
        heights[row + cell.row_span - 1] += max(missing, 0)
    ys = [0.0, *accumulate(heights)]
    return ys, [
        _Cell(cell.text, lines, x0, x1, ys[row], ys[row + cell.row_span], bool(cell.key))
        for row, cell, lines, x0, x1 in placed
    ]


def pdf(report: KnownReport, *, style: Style = _PLAIN) -> bytes:
    """Render a report as a PDF of one style."""
    press = _Press(style, report.title)
    press.headline(report.title)
    for text in report.preamble:
        press.paragraph(text)
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        press.paragraph(f"{NUMERALS[number - 1]}、{heading}", bold=style.bold)
        grid = report.section_table(number)
        if grid:
            press.table(with_breaks(grid) if style.broken_heads else grid)
        for text in report.sections[number - 1]:
            press.paragraph(text)
    for text in signature(report):
        press.signature(text)
    press.number_sheets()
    return printed(
        press.sheets,
        (press.width, press.height),
        title=report.title,
        shuffled=Random(report.township_code) if style.shuffled else None,
        turned=style.turned,
    )


_STYLES = {
    "ruled": _PLAIN,
    "repeated": Style(
        repeats_header=True, running_title=True, page_number="第{page}页 共{pages}页"
    ),
    "torn": Style(tears_rows=True, labels_left=True, page_number="- {page} -"),
    "level": Style(rules="level", labels_left=True, page_number="{page}"),
    "three_rules": Style(rules="three", repeats_header=True),
    "shaded": Style(rules="none", shaded=True, labels_left=True, page_number="{page}/{pages}"),
    "unruled": Style(rules="none", page_number="{page}"),
    "tight": Style(rules="none", padding=0.0, labels_left=True),
    "shuffled": Style(shuffled=True, broken_heads=True),
    "bold": Style(bold=True, broken_heads=True, running_title=True),
    "landscape": Style(turned=True),
    "open_sided": Style(rules="open", labels_left=True),
}

STYLES: dict[str, Callable[[KnownReport], bytes]] = {
    name: partial(pdf, style=style) for name, style in _STYLES.items()
}
