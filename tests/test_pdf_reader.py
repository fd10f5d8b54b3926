"""PDFs of every style give the figures they print, or say that they cannot be read."""

import io
import random
import shutil
import zlib
from functools import cache

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.corpus.damage import damaged
from benchmarks.corpus.docx import docx
from benchmarks.corpus.generate import generate
from benchmarks.corpus.office import converted
from benchmarks.corpus.pdf import STYLES
from benchmarks.corpus.pdf_paper import FONT
from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS, KnownReport
from benchmarks.corpus.text_layouts import signature
from extract.document import Document, Paragraph, Table
from extract.exceptions import UnreadableFileError
from extract.pdf.read import read_pdf
from flows.reference import load_reference
from tests.support import cells
from transform.records import Report, Source
from transform.report import build_report

RULED = ["ruled", "repeated", "torn", "shuffled", "bold", "landscape", "open_sided"]
UNRULED = ["level", "three_rules", "shaded", "unruled", "tight"]
UNREADABLE = (None, "unreadable")


@cache
def known() -> tuple[KnownReport, ...]:
    """Two reports of each format, the second with odd spellings and blank cells."""
    chosen: list[KnownReport] = []
    for report_format in ("2019", "2021"):
        some = list(generate(20240131, 40, formats=(report_format,)))
        chosen += [some[0], max(some, key=lambda report: len(report.readings))]
    return tuple(chosen)


@pytest.fixture(params=range(4), ids=["2019", "2019-odd", "2021", "2021-odd"])
def report(request) -> KnownReport:
    return known()[request.param]


def recognised(data: bytes) -> Report:
    content = read_pdf(data)
    document = Document(content.blocks, "pdf", metadata=content.metadata)
    return build_report(document, Source("report.pdf", "0" * 64, len(data)), load_reference())


def truth(report: KnownReport):
    return {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}


def paragraphs(data: bytes) -> list[str]:
    return [block.text for block in read_pdf(data).blocks if isinstance(block, Paragraph)]


def tables(data: bytes) -> list[list[list[str]]]:
    found = [block for block in read_pdf(data).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows()] for table in found]


def drawn(*pages, size=(595, 842), **options) -> bytes:
    """A PDF whose pages are drawn by functions that take a canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, **options)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def bare(stream: bytes, font: bytes = b"/Subtype/Type1/BaseFont/Helvetica") -> bytes:
    """A PDF of one page around a packed content stream."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font%s>>" % font,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + head + table + tail


@pytest.mark.parametrize("style", RULED)
def test_ruled_tables_give_every_figure(report, style):
    read = recognised(STYLES[style](report))
    assert cells(read) == truth(report)
    assert (read.status, read.format) == ("complete", report.format)
    assert read.identity.township_code == report.township_code
    assert len(read.sections) == 6


@pytest.mark.parametrize("style", UNRULED)
def test_without_rulings_figures_are_right_or_missed(style):
    right = total = 0
    for report in (*known(), *generate(7, 4)):
        expected = truth(report)
        read = recognised(STYLES[style](report))
        found = cells(read)
        assert not [key for key, cell in found.items() if cell not in (expected[key], UNREADABLE)]
        assert expected.keys() == found.keys() or read.status == "partial"
        right += sum(found.get(key) == cell for key, cell in expected.items())
        total += len(expected)
    assert right >= 0.999 * total


def test_every_style_is_tested():
    assert {*RULED, *UNRULED} == {*STYLES}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("report", known()[1:3], ids=["2019-odd", "2021"])
def test_prose_is_whole_and_page_furniture_is_not_in_it(report, style):
    expected = [report.title, *report.preamble]
    for number, heading in enumerate(SECTION_HEADINGS, start=1):
        expected += [f"{NUMERALS[number - 1]}、{heading}", *report.sections[number - 1]]
    expected += signature(report)
    # A line across the table (第二十条第（一）项) may stand alone where nothing is ruled.
    found = [text for text in paragraphs(STYLES[style](report)) if "第二十条" not in text]
    assert [text for text in found if text in expected] == expected
    assert not [text for text in found if "页" in text or text.strip("-— 0123456789/") == ""]


@pytest.mark.parametrize("style", UNRULED)
@pytest.mark.parametrize("damage", ["torn_labels", "spaced_labels", "row_numbers", "missing_row"])
def test_without_rulings_nothing_is_guessed(style, damage):
    for report in generate(21, 2):
        expected = truth(report)
        for key, cell in cells(recognised(STYLES[style](damaged(report, damage)))).items():
            assert cell in (expected[key], UNREADABLE), (key, cell)


def test_merged_and_blank_cells_have_their_places():
    report = known()[3]
    blocks = read_pdf(STYLES["landscape"](report)).blocks
    table = next(b for b in blocks if isinstance(b, Table) and len(b.rows()) == 4)
    assert table.has_grid
    spans = [[(c.column, c.row_span, c.column_span) for c in row] for row in table.rows()]
    assert spans[0] == [(0, 1, 5), (5, 1, 10)]
    assert spans[1] == [*((at, 2, 1) for at in range(5)), (5, 1, 5), (10, 1, 5)]
    assert spans[2] == [(at, 1, 1) for at in range(5, 15)]
    assert spans[3] == [(at, 1, 1) for at in range(15)]


def test_a_row_torn_by_a_page_end_is_one_row():
    torn = 0
    for report in generate(7, 6):
        blocks = read_pdf(STYLES["torn"](report)).blocks
        texts = {"".join(c.text.split()) for b in blocks if isinstance(b, Table) for c in b.cells}
        pages = read_pdf(STYLES["landscape"](report)).blocks
        whole = {"".join(c.text.split()) for b in pages if isinstance(b, Table) for c in b.cells}
        torn += len(texts) > 0
        assert {text for text in whole if text[:1].isdigit() and len(text) > 12} <= texts
    assert torn == 6


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_is_read_the_way_its_text_stands(turns):
    """Tables typeset sideways stand on pages that are not turned, and the other way round."""
    data = STYLES["landscape"](known()[0])
    turned = data.replace(b"/Rotate 90", b"/Rotate %d" % turns)
    assert turns == 90 or turned != data
    assert read_pdf(turned).blocks == read_pdf(data).blocks


def boxed(*texts: str, at=(50, 700), width=60) -> object:
    """A ruled row of cells, all texts centred."""

    def draw(canvas):
        x, y = at
        for index, text in enumerate(texts):
            canvas.rect(x + index * width, y, width, 20)
            canvas.drawCentredString(x + index * width + width / 2, y + 6, text)

    return draw


def test_a_number_too_wide_for_its_cell_stays_whole_and_leaves_its_neighbours_alone():
    whole = 0
    for width in range(40, 70, 2):
        upper = boxed("1", "2", "3", width=width)
        lower = boxed("4", "123,456,789.12", "6", at=(50, 680), width=width)
        (table,) = tables(drawn(lambda canvas, rows=(upper, lower): [row(canvas) for row in rows]))
        left, middle, right = table[1]
        assert (left, right) == ("4", "6")
        # Where a border falls between two figures nobody can tell one number from two.
        assert middle == "123,456,789.12" or "\ufffd" in middle
        whole += middle == "123,456,789.12"
    assert whole >= 6


@pytest.mark.parametrize(
    ("width", "lines", "expected"),
    [
        (28, ("136", "12"), "13612"),
        (28, ("1,23", "4.5"), "1,234.5"),
        (28, ("1", "2"), "1\n2"),
        (60, ("136", "12"), "136\n12"),
        (28, ("136", "ab"), "136\nab"),
    ],
    ids=["broken", "broken with marks", "short", "room left", "no number"],
)
def test_a_number_broken_by_a_narrow_cell_is_whole_again(width, lines, expected):
    def narrow(canvas):
        canvas.rect(50, 700, width, 40)
        canvas.rect(50 + width, 700, 60, 40)
        for row, text in enumerate(lines):
            canvas.drawCentredString(50 + width / 2, 724 - 14 * row, text)

    assert tables(drawn(narrow)) == [[[expected, ""]]]


def test_two_numbers_in_one_place_are_no_number():
    def both(canvas):
        boxed("3", "5")(canvas)
        canvas.drawCentredString(80, 706, "8")

    assert tables(drawn(both)) == [[["\ufffd", "5"]]]


def test_a_number_drawn_twice_counts_once_and_11_stays_11():
    def twice(canvas):
        for shift in (0, 0.3):
            canvas.saveState()
            canvas.translate(shift, 0)
            boxed("11", "200")(canvas)
            canvas.restoreState()

    assert tables(drawn(twice)) == [[["11", "200"]]]


def test_numbers_that_stand_apart_are_not_put_together():
    assert tables(drawn(boxed("1 2", "3"))) == [[["1 2", "3"]]]

    def apart(canvas):
        boxed("", "3")(canvas)
        canvas.drawString(60, 706, "1")
        canvas.drawString(75, 706, "2")

    assert tables(drawn(apart)) == [[["1 2", "3"]]]


def test_watermarks_and_invisible_text_are_not_read():
    def marked(canvas):
        boxed("12", "34")(canvas)
        canvas.saveState()
        canvas.translate(55, 690)
        canvas.rotate(30)
        canvas.drawString(0, 0, "9 9 9 9 9 9 9 9")
        canvas.restoreState()
        hidden = canvas.beginText(60, 706)
        hidden.setTextRenderMode(3)
        hidden.textOut("77")
        canvas.drawText(hidden)

    assert tables(drawn(marked)) == [[["12", "34"]]]


def test_what_only_frames_text_is_no_table():
    def framed(canvas):
        canvas.rect(40, 40, 515, 762)
        canvas.line(40, 400, 555, 400)
        canvas.drawString(60, 700, "Some text in a frame.")

    assert paragraphs(drawn(framed)) == ["Some text in a frame."]


def test_a_column_without_a_single_figure_keeps_its_place():
    def unruled(canvas):
        for column, head in enumerate(("A head", "B head", "C head", "D head")):
            canvas.drawCentredString(250 + column * 80, 700, head)
        for row in range(4):
            canvas.drawString(50, 675 - row * 25, f"Label {'abcd'[row]}")
            for column in (0, 1, 3):
                canvas.drawCentredString(250 + column * 80, 675 - row * 25, str(row + column))

    (table,) = tables(drawn(unruled))
    assert table[0] == ["A head", "B head", "C head", "D head"]
    assert table[1:] == [
        [f"Label {'abcd'[n]}", f"{n}", f"{n + 1}", "", f"{n + 3}"] for n in range(4)
    ]


def test_a_figure_halfway_between_two_columns_is_left_as_text():
    def unruled(canvas):
        for row in range(5):
            canvas.drawString(50, 675 - row * 25, f"Label {'abcde'[row]}")
            for column in (0, 1, 2):
                x = 250 + column * 80
                # The last row has one figure only, between the second column and the third.
                if row < 4:
                    canvas.drawCentredString(x, 675 - row * 25, str(row + column))
                elif column == 1:
                    canvas.drawCentredString(x + 40, 675 - row * 25, "7")

    assert tables(drawn(unruled)) == []
    assert "Label e 7" in "".join(paragraphs(drawn(unruled)))


def test_title_and_empty_title():
    assert read_pdf(STYLES["ruled"](known()[0])).metadata == (("title", known()[0].title),)
    assert ("title", "") not in read_pdf(drawn(boxed("1", "2"))).metadata


def picture(canvas):
    from PIL import Image  # noqa: PLC0415 - it comes along with reportlab

    canvas.drawImage(ImageReader(Image.effect_noise((200, 280), 90)), 0, 0, 595, 842)


def recognised_scan(canvas):
    picture(canvas)
    text = canvas.beginText(50, 700)
    text.setTextRenderMode(3)
    for _ in range(30):
        text.textLine("what some program believed to see 12345")
    canvas.drawText(text)


def many_lines(canvas):
    for n in range(150):
        canvas.line(0, n * 5, 595, n * 5)
        canvas.line(n * 4, 0, n * 4, 842)
    canvas.drawString(50, 50, "text")


def unmapped() -> bytes:
    """A font that numbers its glyphs and names no characters."""
    text = b"BT /F 12 Tf 50 700 Td <" + b"00210022" * 40 + b"> Tj ET"
    font = (
        b"/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/ABCDEF+Own/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>>>]"
    )
    return bare(zlib.compress(text), font)


def half_named() -> bytes:
    """Text of which a font names some glyphs as letters that Chinese has not, and others not."""
    return b"BT /F 12 Tf 50 700 Td (" + b"\xc4\xc5\xc7\xe9\x01\x02\x03" * 20 + b") Tj ET"


@cache
def ruled() -> bytes:
    return STYLES["ruled"](known()[0])


TINY = "1234567890" * 100
REFUSED = {
    "scan": ("ScannedPdf", lambda: drawn(picture, picture)),
    "scan with text behind it": ("ScannedPdf", lambda: drawn(recognised_scan)),
    "nothing on the page": ("ScannedPdf", lambda: drawn(lambda canvas: None)),
    "password": (
        "PasswordNeeded",
        lambda: drawn(boxed("1", "2"), encrypt=StandardEncryption("user", "owner")),
    ),
    "no characters for glyphs": ("NoTextMap", unmapped),
    "wrong characters for some glyphs": ("NoTextMap", lambda: bare(zlib.compress(half_named()))),
    "no PDF inside": ("DamagedFile", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40),
    "bad check sum": (
        "DamagedFile",
        lambda: bare(zlib.compress(b"BT /F 12 Tf (1) Tj ET")[:-1] + b"\0"),
    ),
    "301 pages": ("TooComplex", lambda: drawn(*[boxed("1", "2")] * 301)),
    "200,000 lines": (
        "TooComplex",
        lambda: bare(zlib.compress(b"1 1 m 9 9 l S " * 200_000)),
    ),
    "a lattice": ("TooComplex", lambda: drawn(many_lines)),
    "a million characters": (
        "TooComplex",
        lambda: bare(
            zlib.compress(b"BT /F 1 Tf 1 1 Td " + b"(%s) Tj 0 .8 Td " % TINY.encode() * 1000)
        ),
    ),
    "unpacks to a gigabyte": ("TooComplex", lambda: bare(zlib.compress(bytes(300_000_000)))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(name):
    error, make = REFUSED[name]
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(make())
    assert caught.value.error == error
    assert caught.value.reason
    assert caught.value.advice


@pytest.mark.parametrize(
    ("page", "reason"),
    [(recognised_scan, "a program's guess"), (picture, "holds no text")],
    ids=["text behind it", "no text behind it"],
)
def test_a_scan_says_whether_there_is_text_behind_it(page, reason):
    with pytest.raises(UnreadableFileError, match=reason):
        read_pdf(drawn(page))


def test_no_password_to_open_is_no_obstacle():
    data = drawn(boxed("1", "2"), encrypt=StandardEncryption("", "owner", canPrint=0))
    assert tables(data) == [[["1", "2"]]]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.4, 0.7, 0.95, 0.999])
def test_a_file_cut_short_is_never_half_read(share):
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(ruled()[: int(len(ruled()) * share)])
    assert caught.value.error == "DamagedFile"


def test_broken_bytes_never_become_other_figures():
    expected = truth(known()[0])
    chance = random.Random(5)
    refused = 0
    for _ in range(60):
        data = bytearray(ruled())
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read = recognised(bytes(data))
        except UnreadableFileError:
            refused += 1
            continue
        for key, (value, status) in cells(read).items():
            assert status != "reported" or expected[key] == (value, status)
    assert 30 < refused < 60


def test_the_corpus_needs_no_font_files():
    assert FONT.encode() in ruled()
    assert b"/FontFile" not in ruled()


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-writer"
)
def test_word_files_printed_by_libreoffice():
    reports = known()[1], known()[2]
    for report, data in zip(reports, converted([*map(docx, reports)], "docx", "pdf"), strict=True):
        read = recognised(data)
        assert cells(read) == truth(report)
        assert (read.status, len(read.sections)) == ("complete", 6)
