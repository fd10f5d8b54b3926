"""A report as Word prints it: the way the other styles of `benchmarks.corpus.docx` depart from."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from xml.sax.saxutils import escape

from benchmarks.corpus.docx_parts import package
from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.template import Grid, GridCell, column_count, spread
from benchmarks.corpus.text_layouts import signature, with_breaks

PAGE_WIDTH = 8845
# Column widths in twentieths of a point, by the number of columns.
WIDTHS = {
    4: (2245, 2200, 2200, 2200),
    10: (620, 800, 2525, 700, 700, 700, 700, 700, 700, 700),
    15: (589,) * 14 + (599,),
}
FONTS = {"title": "方正小标宋_GBK", "heading": "黑体", "prose": "仿宋_GB2312", "cell": "宋体"}
_SIZES = {"title": 44, "heading": 32, "prose": 32, "cell": 21}

Line = list[tuple[GridCell, bool]]
"""The cells a row shows, and whether each begins in it or hangs in from above."""


class Word:
    """Word's own way; the other styles change single steps of it."""

    vertical_rest = "<w:vMerge/>"

    def __init__(self, report: KnownReport) -> None:
        self.report = report
        self.random = Random(f"{report.township_code}{type(self).__name__}")

    def file(self) -> bytes:
        """Give the whole file."""
        title = self.report.title
        return package("".join(self.body()), title=title, header=self.report.issuer)

    def body(self) -> Iterator[str]:
        """Give title, preamble, sections and signature."""
        yield self.paragraph(self.report.title, "title")
        yield self.paragraph("", "prose")
        for text in self.report.preamble:
            yield self.paragraph(text, "prose")
        for number, heading in enumerate(SECTION_HEADINGS, start=1):
            yield self.heading(number, heading)
            grid = self.report.section_table(number)
            if grid:
                yield self.table(grid)
            for text in self.report.sections[number - 1]:
                yield self.paragraph(text, "prose")
        for text in signature(self.report):
            yield self.paragraph(text, "prose", alignment="right")

    def heading(self, number: int, text: str) -> str:
        """Give the heading of a section, 1 to 6."""
        return self.paragraph(f"{NUMERALS[number - 1]}、{text}", "heading")

    def paragraph(self, text: str, kind: str, *, alignment: str = "", more: str = "") -> str:
        """Give a paragraph of one of the kinds of `FONTS`; `more` are further properties."""
        centred = "center" if kind in {"title", "cell"} else "both"
        indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if kind == "prose" else ""
        return (
            f"<w:p>{self.properties(f'{more}{indent}<w:jc w:val={alignment or centred!r}/>')}"
            f"{self.runs(text, kind)}</w:p>"
        ).replace("'", '"')

    def properties(self, inner: str) -> str:
        """Give the properties of a paragraph."""
        return f"<w:pPr>{inner}</w:pPr>"

    def runs(self, text: str, kind: str) -> str:
        """Give the text of a paragraph."""
        return "<w:r><w:br/></w:r>".join(self.run(line, kind) for line in text.split("\n"))

    def run(self, text: str, kind: str, tag: str = "t", more: str = "") -> str:
        """Give text of one look; `more` are further properties."""
        if not text:
            return ""
        fonts = f'<w:rFonts w:ascii="{FONTS[kind]}" w:eastAsia="{FONTS[kind]}"/>'
        properties = f'<w:rPr>{fonts}{more}<w:sz w:val="{_SIZES[kind]}"/></w:rPr>'
        return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'

    def table(self, grid: Grid) -> str:
        """Give an official table."""
        grid = with_breaks(grid)
        edges = edges_of(widths_of(grid))
        lines = list(spread(grid))
        rows = self.rows(lines, [edges] * len(lines))
        return self.framed("".join(rows), edges)

    def framed(self, rows: str, edges: Sequence[int]) -> str:
        """Put rows into a table with these grid lines."""
        columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="5000" w:type="pct"/>'
            f'<w:jc w:val="center"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
        )

    def rows(self, lines: Sequence[Line], edges: Sequence[Sequence[int]]) -> Iterator[str]:
        """Give rows; `edges` are where the column borders of each stand."""
        grid = sorted({edge for row in edges for edge in row})
        for line, row_edges in zip(lines, edges, strict=True):
            cells = "".join(self.cells(line, row_edges, grid))
            yield f'<w:tr><w:trPr><w:trHeight w:val="454"/></w:trPr>{cells}</w:tr>'

    def cells(self, line: Line, edges: Sequence[int], grid: Sequence[int]) -> Iterator[str]:
        """Give the cells of a row, merged ones again in each row they reach into."""
        column = 0
        for cell, begins in line:
            left, right = edges[column], edges[column + cell.col_span]
            span = grid.index(right) - grid.index(left)
            column += cell.col_span
            merge = '<w:vMerge w:val="restart"/>' if cell.row_span > 1 else ""
            spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            properties = (
                f'<w:tcPr><w:tcW w:w="{right - left}" w:type="dxa"/>{spans}'
                f'{merge if begins else self.vertical_rest}<w:vAlign w:val="center"/></w:tcPr>'
            )
            content = self.content(cell) if begins else self.paragraph("", "cell")
            yield f"<w:tc>{properties}{content}</w:tc>"

    def content(self, cell: GridCell) -> str:
        """Give the paragraphs of a cell."""
        return self.paragraph(cell.text, "cell")


def edges_of(widths: Sequence[int]) -> list[int]:
    """Give the borders of columns of these widths."""
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def widths_of(grid: Grid) -> Sequence[int]:
    """Give the widths of a table's columns."""
    columns = column_count(grid)
    return WIDTHS.get(columns) or (PAGE_WIDTH // columns,) * columns
