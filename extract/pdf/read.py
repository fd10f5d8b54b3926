"""PDF to blocks: ruled tables by their rulings, others by where words stand, the rest as prose.

Only the geometry of a page counts, never the order in which it was drawn. Scans, locked files and
files cut short end in `UnreadableFileError`: nothing is guessed from pictures or from half a file.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium

from extract.document import Block, Content, Paragraph, Table
from extract.exceptions import UnreadableFileError
from extract.pdf.columns import tables_in
from extract.pdf.file import damaged, opened
from extract.pdf.grid import Grid, distinct_places, grids_of, is_prose, same_width, table_of
from extract.pdf.heads import Column
from extract.pdf.lines import Piece, distinct, lines_of
from extract.pdf.page import NO_CHARACTER, Char, Page, load_page, too_complex
from extract.pdf.prose import Measure, furniture, goes_on, joined, measure_of
from extract.pdf.runs import Line, line_of, runs_of, with_heads
from extract.pdf.torn import Part, joined_parts, without_slivers

_MOST_CHARS = 600_000
# Fewer characters on a page of pictures are a stamp or a page number, no text.
_LEAST_CHARS = 20


class _Ruled(NamedTuple):
    """A ruled table: `table` is what its own columns make of its characters."""

    grid: Grid
    chars: list[Char]
    table: Table


class _Sheet(NamedTuple):
    """A page sorted out: its ruled tables with their characters, and its other lines."""

    page: Page
    grids: list[_Ruled]
    lines: list[Line]


class _Placed(NamedTuple):
    """Something at its height on a page: a block, a part of a ruled table, or a line of prose."""

    top: float
    thing: Block | Part | Piece


def read_pdf(data: bytes) -> Content:
    """Give the blocks of a PDF in reading order, and its title.

    Raises `UnreadableFileError` for what is locked, damaged, scanned, without readable text, or
    larger than any report.
    """
    document = opened(data)
    try:
        pages = list(_pages(document))
        title = _title(document)
    finally:
        document.close()
    _refuse_unreadable(pages)
    sheets = [_sheet(page) for page in pages]
    return Content(tuple(_blocks(sheets)), (("title", title),) if title else ())


def _pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    total = 0
    for index in range(len(document)):
        try:
            page = document[index]
            yield (loaded := load_page(page))
            page.close()
        except pdfium.PdfiumError:
            raise damaged(f"page {index + 1} is broken") from None
        total += len(loaded.chars)
        if total > _MOST_CHARS:
            raise too_complex("more text than any report")


def _title(document: pdfium.PdfDocument) -> str:
    title: str = document.get_metadata_dict(skip_empty=True).get("Title", "")
    return title.strip().strip("\0")


def _refuse_unreadable(pages: Sequence[Page]) -> None:
    printed = [char for page in pages for char in page.chars if not char.text.isspace()]
    unknown = sum(char.text == NO_CHARACTER for char in printed)
    chinese = sum("\u4e00" <= char.text <= "\u9fff" for char in printed)
    bare = [page for page in pages if len(page.chars) < _LEAST_CHARS]
    if not printed or (len(bare) * 2 > len(pages) and any(p.picture_share > 0.3 for p in bare)):
        raise _scanned(has_layer=any(page.is_hidden for page in pages))
    # A font may name characters for some of its glyphs, and wrong ones: Chinese are none of them.
    if unknown > chinese:
        raise UnreadableFileError(
            "NoTextMap",
            "The fonts of this PDF do not say which characters their glyphs are.",
            "Find the report in another format.",
        )


def _scanned(*, has_layer: bool) -> UnreadableFileError:
    """The error for pages of pictures; what a program took them for is not what they print."""
    if has_layer:
        return UnreadableFileError(
            "ScannedPdf",
            "The pages of this PDF are pictures; the text behind them is a program's guess.",
            "Find the report as text, or check that text against the pictures and ingest it.",
        )
    return UnreadableFileError(
        "ScannedPdf",
        "This PDF holds no text: its pages are pictures, or empty.",
        "Text recognition of pictures is not part of gongkai; find the report as text.",
    )


def _sheet(page: Page) -> _Sheet:
    """Sort out which characters stand in ruled tables, small tables inside of large ones first."""
    left = distinct(page.chars)
    grids = []
    for grid in sorted(grids_of(page.rulings), key=_area) if page.rulings else []:
        inside = [char for char in left if grid.holds(char)]
        if not any(not char.text.isspace() for char in inside):
            continue
        # What frames text, or a single column of it, is no table.
        if len(grid.columns) < 3 or is_prose(table := table_of(grid, inside, grid.columns)):
            continue
        grids.append(_Ruled(grid, inside, table))
        left = [char for char in left if not grid.holds(char)]
    grids.sort(key=lambda ruled: ruled.grid.frame[1])
    lines = [line_of(line) for line in lines_of(left)]
    return _Sheet(page, grids, [line for line in lines if line is not None])


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.frame
    return (right - left) * (bottom - top)


def _blocks(sheets: Sequence[_Sheet]) -> Iterator[Block]:
    lines = [[line.whole for line in sheet.lines] for sheet in sheets]
    dropped = furniture(lines, [sheet.page.height for sheet in sheets])
    kept = [
        sheet._replace(lines=[line for line in sheet.lines if id(line.whole) not in dropped])
        for sheet in sheets
    ]
    measure = measure_of(
        (line.whole for sheet in kept for line in sheet.lines if len(line.pieces) == 1),
        max(sheet.page.width for sheet in kept),
    )
    for at in range(1, len(kept)):
        # A ruled table on either page has its heads with it.
        if not kept[at - 1].grids and not kept[at].grids:
            upper, lower = with_heads(kept[at - 1].lines, kept[at].lines, measure)
            kept[at - 1] = kept[at - 1]._replace(lines=upper)
            kept[at] = kept[at]._replace(lines=lower)
    columns = _shared_columns(kept)
    pages: list[list[_Placed]] = []
    before: Sequence[Column] = ()
    for sheet in kept:
        placed, before = _placed(sheet, measure, columns, before)
        pages.append(placed)
    _join(pages)
    yield from _paragraphs(pages, measure)


def _shared_columns(sheets: Sequence[_Sheet]) -> dict[int, list[float]]:
    """Where columns begin, by grid: a page of a long table may lack some that others have."""
    columns = {id(grid): grid.columns for sheet in sheets for grid, *_ in sheet.grids}
    last: list[Grid] = []
    for sheet in sheets:
        grids = [ruled.grid for ruled in sheet.grids]
        bases = [line.whole.base for line in sheet.lines]
        is_first = grids and min(bases, default=1e9) > grids[0].frame[1]
        last = [*last, grids[0]] if is_first and last and same_width(last[-1], grids[0]) else []
        for grid in last:
            columns[id(grid)] = distinct_places(x for one in last for x in one.columns)
        is_last = grids and max(bases, default=0.0) < grids[-1].frame[3]
        last = (last if len(grids) == 1 and last else grids[-1:]) if is_last else []
    return columns


def _placed(
    sheet: _Sheet,
    measure: Measure,
    columns: dict[int, list[float]],
    before: Sequence[Column],
) -> tuple[list[_Placed], Sequence[Column]]:
    """Everything on a page from top to bottom, and the columns of its last unruled table."""
    placed: list[_Placed] = []
    for grid, chars, own in sheet.grids:
        sizes = sorted(char.size for char in chars)
        xs = columns[id(grid)]
        table = own if xs == grid.columns else table_of(grid, chars, xs)
        part = Part(table, xs, sizes[len(sizes) // 2])
        placed.append(_Placed(grid.frame[1], part))
    taken: set[int] = set()
    for run in runs_of(sheet.lines, measure):
        for found in tables_in([line.pieces for line in run], sheet.page.rulings, before):
            before = found.columns
            placed.append(_Placed(found.top, found.block))
            taken |= found.pieces
    for line in sheet.lines:
        left = [piece for piece in line.pieces if id(piece) not in taken]
        rest = [line.whole] if len(left) == len(line.pieces) else left
        placed += (_Placed(piece.base, piece) for piece in rest)
    return sorted(placed, key=lambda item: item.top), before


def _join(pages: list[list[_Placed]]) -> None:
    """Make one table of what a page end has cut in two, torn rows included."""
    upper: list[_Placed] = []
    for page in pages:
        one, other = (end[0].thing if end else None for end in (upper[-1:], page[:1]))
        if isinstance(one, Part) and isinstance(other, Part) and one.columns == other.columns:
            upper[-1] = upper[-1]._replace(thing=joined_parts(one, other))
            del page[0]
        if page:
            upper = page


def _paragraphs(pages: Iterable[Sequence[_Placed]], measure: Measure) -> Iterator[Block]:
    """Give the blocks; lines of prose become paragraphs, over page ends too."""
    lines: list[Piece] = []
    is_next_page = False
    for page in pages:
        for item in page:
            thing = item.thing
            if isinstance(thing, Piece):
                if lines and not goes_on(lines[-1], thing, measure, next_page=is_next_page):
                    yield Paragraph(joined([line.text for line in lines]))
                    lines = []
                lines.append(thing)
            else:
                if lines:
                    yield Paragraph(joined([line.text for line in lines]))
                    lines = []
                yield without_slivers(thing) if isinstance(thing, Part) else thing
            is_next_page = False
        is_next_page = True
    if lines:
        yield Paragraph(joined([line.text for line in lines]))
