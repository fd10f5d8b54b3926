"""Word files as offices make them: the form typed in Word or WPS, in the ways people do it.

| style | what is special |
|---|---|
| `word` | as Word writes it: `vMerge` without value, line breaks in column heads |
| `wps` | as WPS writes it: `vMerge="continue"`, text in many runs, a paragraph a line |
| `tracked` | changes not yet accepted: figures, rows and paragraphs deleted, inserted, moved |
| `boxes` | title, one table and signature in text boxes, each twice for old and new Word |
| `layout` | all of it inside the cells of one borderless table |
| `one_table` | headings, prose and the three tables are the rows of one table |
| `numbered` | headings and labels numbered by Word, no text holds the numbers |
| `dragged` | borders moved a little in single rows, so that the grid has slivers |
| `controls` | content controls, fields, links, hidden text, footnotes |
| `strict` | the namespaces of ISO 29500 Strict |
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

from benchmarks.corpus.docx_parts import zipped
from benchmarks.corpus.docx_word import FONTS, PAGE_WIDTH, Line, Word, edges_of, widths_of
from benchmarks.corpus.report import NUMERALS, SECTION_TABLES, KnownReport
from benchmarks.corpus.template import Grid, GridCell, spread
from benchmarks.corpus.text_layouts import with_breaks

_NUMBERED_LABEL = re.compile(r"(?:([一二三四])、|（([一二三四五六七])）|(\d)\.)(?=.)")
_AUTHOR = 'w:id="9" w:author="Administrator" w:date="2024-01-08T09:30:00Z"'


class _Wps(Word):
    vertical_rest = '<w:vMerge w:val="continue"/>'

    def run(self, text: str, kind: str, tag: str = "t", more: str = "") -> str:
        """Put letters and digits in runs of their own, with the marks of a spelling check."""
        parts = re.findall(r"[0-9A-Za-z.,]|[^0-9A-Za-z.,]+", text)
        hint = '<w:rFonts w:hint="eastAsia"/>'
        runs = [super(_Wps, self).run(part, kind, tag, more or hint) for part in parts]
        return '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'.join(runs)

    def content(self, cell: GridCell) -> str:
        return "".join(self.paragraph(line, "cell") for line in cell.text.split("\n"))

    def heading(self, number: int, text: str) -> str:
        break_ = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if number in {3, 4} else ""
        return break_ + super().heading(number, text)


class _Tracked(Word):
    def content(self, cell: GridCell) -> str:
        if not cell.key or self.random.random() < 0.6:
            return super().content(cell)
        gone = self.run(str(self.random.randrange(1, 99)), "cell", "delText")
        new = self.run(cell.text, "cell")
        return (
            f"<w:p><w:pPr><w:rPr><w:rPrChange {_AUTHOR}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
            f"</w:rPr></w:pPr><w:del {_AUTHOR}>{gone}</w:del><w:ins {_AUTHOR}>{new}</w:ins></w:p>"
        )

    def deleted_row(self, line: Line) -> str:
        """Give the row as it once was, with other figures."""
        texts = ("7" if cell.key else cell.text for cell, _ in line)
        spans = (f'<w:gridSpan w:val="{cell.col_span}"/>' for cell, _ in line)
        cells = "".join(
            f"<w:tc><w:tcPr>{span}</w:tcPr><w:p><w:pPr><w:rPr><w:del {_AUTHOR}/></w:rPr></w:pPr>"
            f"<w:del {_AUTHOR}>{self.run(text, 'cell', 'delText')}</w:del></w:p></w:tc>"
            for span, text in zip(spans, texts, strict=True)
        )
        return f"<w:tr><w:trPr><w:del {_AUTHOR}/></w:trPr>{cells}</w:tr>"

    def rows(self, lines: Sequence[Line], edges: Sequence[Sequence[int]]) -> Iterator[str]:
        """Put a deleted row with other figures in front of some rows."""
        for line, row in zip(lines, super().rows(lines, edges), strict=True):
            is_whole = all(begins and cell.row_span == 1 for cell, begins in line)
            if is_whole and any(cell.key for cell, _ in line):
                yield self.deleted_row(line)
            yield row

    def heading(self, number: int, text: str) -> str:
        """Delete a whole paragraph above, and the break that once stood inside the heading."""
        mark = f"<w:pPr><w:rPr><w:del {_AUTHOR}/></w:rPr></w:pPr>"
        old = self.run(f"共收到申请{number}90件。", "prose", "delText")
        moved = self.run("此段移至文末。", "prose")
        head = self.run(f"{NUMERALS[number - 1]}、", "heading")
        return (
            f"<w:p>{mark}<w:del {_AUTHOR}>{old}</w:del></w:p>"
            f"<w:p><w:pPr><w:rPr><w:moveFrom {_AUTHOR}/></w:rPr></w:pPr>"
            f"<w:moveFrom {_AUTHOR}>{moved}</w:moveFrom></w:p>"
            f"<w:p>{mark}{head}</w:p>{self.paragraph(text, 'heading')}"
        )


class _Boxes(Word):
    def body(self) -> Iterator[str]:
        parts = list(super().body())
        boxed = {0, len(parts) - 1, max(i for i, part in enumerate(parts) if "<w:tbl>" in part)}
        for index, part in enumerate(parts):
            yield _boxed(part) if index in boxed else part


class _Layout(Word):
    """One cell a section, the table of the section inside it."""

    def body(self) -> Iterator[str]:
        cells: list[str] = [""]
        for part in super().body():
            if f'"{FONTS["heading"]}"' in part and "<w:tbl>" not in part:
                cells.append("")
            cells[-1] += part
        rows = "".join(
            f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{PAGE_WIDTH}" w:type="dxa"/></w:tcPr>{cell}'
            f"{self.paragraph('', 'prose')}</w:tc></w:tr>"
            for cell in cells
        )
        yield self.framed(rows, (0, PAGE_WIDTH))


class _OneTable(Word):
    """Every paragraph is a row across the whole width, every table more rows."""

    def body(self) -> Iterator[str]:
        tables = filter(None, map(self.report.section_table, SECTION_TABLES))
        edges = [edges_of(_scaled(widths_of(grid))) for grid in tables]
        self._grid = sorted({edge for row in edges for edge in row})
        yield self.framed("".join(map(self._row, super().body())), self._grid)

    def framed(self, rows: str, edges: Sequence[int]) -> str:
        return super().framed(rows, edges) if edges is self._grid else rows

    def table(self, grid: Grid) -> str:
        edges = edges_of(_scaled(widths_of(grid)))
        lines = list(spread(with_breaks(grid)))
        pairs = zip(lines, [edges] * len(lines), strict=True)
        rows = ("".join(self.cells(line, row, self._grid)) for line, row in pairs)
        return "".join(f"<w:tr>{row}</w:tr>" for row in rows)

    def _row(self, part: str) -> str:
        if part.startswith("<w:tr>"):
            return part
        span = f'<w:gridSpan w:val="{len(self._grid) - 1}"/>'
        return f"<w:tr><w:tc><w:tcPr>{span}</w:tcPr>{part}</w:tc></w:tr>"


class _Numbered(Word):
    def heading(self, number: int, text: str) -> str:
        return self.paragraph(text, "heading", more='<w:pStyle w:val="1"/>')

    def content(self, cell: GridCell) -> str:
        match = None if cell.key else _NUMBERED_LABEL.match(cell.text)
        if match is None:
            return super().content(cell)
        level = f'<w:ilvl w:val="{(match.lastindex or 1) - 1}"/>'
        label = f'<w:numPr>{level}<w:numId w:val="2"/></w:numPr>'
        return self.paragraph(cell.text[match.end() :], "cell", more=label)


class _Dragged(Word):
    def table(self, grid: Grid) -> str:
        """Move one border of every third row that no merged cell touches."""
        lines = list(spread(with_breaks(grid)))
        straight = edges_of(widths_of(grid))
        edges = []
        for line in lines:
            row = list(straight)
            inner = {column + cell.col_span for column, cell in _starts(line)} - {len(row) - 1}
            is_free = all(begins and cell.row_span == 1 for cell, begins in line)
            if inner and is_free and self.random.random() < 0.35:
                row[self.random.choice(sorted(inner))] += self.random.choice((-70, -45, 30, 60))
            edges.append(row)
        return self.framed(
            "".join(self.rows(lines, edges)), sorted({e for row in edges for e in row})
        )


class _Controls(Word):
    def runs(self, text: str, kind: str) -> str:
        """Hide a figure in front, print the text as the result of a field, note it below."""
        if not text:
            return super().runs(text, kind)
        field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        code = '<w:r><w:instrText xml:space="preserve"> MERGEFIELD 88 </w:instrText></w:r>'
        return (
            self.run("66", kind, more="<w:vanish/>")
            + field.format("begin")
            + code
            + field.format("separate")
            + f'<w:smartTag w:element="chmetcnv"><w:hyperlink>{super().runs(text, kind)}'
            + f"</w:hyperlink></w:smartTag>{field.format('end')}"
            + ('<w:r><w:footnoteReference w:id="1"/></w:r>' if self.random.random() < 0.05 else "")
        )

    def content(self, cell: GridCell) -> str:
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="55"/></w:sdtPr><w:sdtContent>{super().content(cell)}'
            "</w:sdtContent></w:sdt>"
        )


def _boxed(part: str) -> str:
    """Anchor a text box in an empty paragraph, in a shape of Word 2010 and one of Word 97."""
    shape = (
        '<w:drawing><wp:anchor><wp:extent cx="5400000" cy="900000"/><a:graphic><a:graphicData uri='
        '"http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{part}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing>"
    )
    old = (
        '<w:pict><v:shape style="width:425pt;height:70pt"><v:textbox>'
        f"<w:txbxContent>{part}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _scaled(widths: Sequence[int]) -> list[int]:
    """Stretch columns to the exact width of the page."""
    return [*widths[:-1], PAGE_WIDTH - sum(widths[:-1])]


def _starts(line: Line) -> Iterator[tuple[int, GridCell]]:
    column = 0
    for cell, _ in line:
        yield column, cell
        column += cell.col_span


def docx(report: KnownReport, style: str = "word") -> bytes:
    """Render as a Word file in one of `STYLES`."""
    return STYLES[style](report)


def strict(report: KnownReport) -> bytes:
    """Render in Word's way, then name everything as ISO 29500 Strict does."""
    with zipfile.ZipFile(io.BytesIO(Word(report).file())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    namespace = re.compile(rb"http://schemas\.openxmlformats\.org/(word|office|draw)(\w+)/2006/")
    return zipped(
        {
            name: namespace.sub(rb"http://purl.oclc.org/ooxml/\1\2/", content)
            for name, content in parts.items()
        }
    )


def _style(kind: type[Word]) -> Callable[[KnownReport], bytes]:
    return lambda report: kind(report).file()


STYLES: dict[str, Callable[[KnownReport], bytes]] = {
    "word": _style(Word),
    "wps": _style(_Wps),
    "tracked": _style(_Tracked),
    "boxes": _style(_Boxes),
    "layout": _style(_Layout),
    "one_table": _style(_OneTable),
    "numbered": _style(_Numbered),
    "dragged": _style(_Dragged),
    "controls": _style(_Controls),
    "strict": strict,
}
