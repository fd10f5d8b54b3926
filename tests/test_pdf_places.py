"""Where words stand on a page of a PDF: headings below full lines, heads between columns."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from benchmarks.corpus.pdf_paper import FONT
from extract.document import Cell, Table
from extract.pdf.torn import Part, joined_parts
from tests.test_pdf_reader import drawn, paragraphs, tables

SIZE = 10


def placed(*texts: tuple[float, float, str]) -> bytes:
    """A page with texts centred at (x, y), y downwards from the upper edge."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))

    def draw(canvas):
        canvas.setFont(FONT, SIZE)
        for x, y, text in texts:
            canvas.drawCentredString(x, 842 - y, text)

    return drawn(draw)


def lines(*texts: str) -> bytes:
    """Lines of text that begin at one margin, the usual distance below each other."""
    return placed(
        *((50 + len(text) * SIZE / 2, 100 + at * 1.5 * SIZE, text) for at, text in enumerate(texts))
    )


FULL = "本年度本镇主动公开政府信息三百条按规定发布在县政府网站上并及时更新维护其内容"
ENDED = f"{FULL[:-1]}。"


@pytest.mark.parametrize(
    ("above", "below", "is_one"),
    [
        (ENDED, "一、总体情况", False),
        (ENDED, "四、政府信息公开行政复议、行政诉讼情况", False),
        (ENDED, "（一）主动公开", False),
        (ENDED, "有关情况见附件。", True),
        (FULL, "（一）至（三）项。", True),
        (ENDED, f"（一）{FULL[3:]}", True),
    ],
    ids=["heading", "long heading", "part", "no number", "no sentence ends", "no short line"],
)
def test_a_heading_below_a_line_that_ends_at_the_margin_is_a_paragraph(above, below, is_one):
    expected = [FULL + above + below] if is_one else [FULL + above, below]
    assert paragraphs(lines(FULL, above, below)) == expected


def below_prose(*marks: tuple[float, float, str]) -> bytes:
    """Marks on a page whose prose goes from margin to margin."""
    return placed((297, 60, f"{FULL}并于年底公布"), *marks)


COLUMNS = (250, 330, 410, 490)
ROWS = [
    (x, 160 + row * 20, text)
    for row, name in enumerate(("规章", "规范性文件"))
    for x, text in [(100, name), *((x, str(row + at)) for at, x in enumerate(COLUMNS))]
]
FIGURES = [["规章", "0", "1", "2", "3"], ["规范性文件", "1", "2", "3", "4"]]
HEADS = [(x, 140, head) for x, head in zip(COLUMNS, "甲乙丙丁", strict=True)]


@pytest.mark.parametrize("height", [128, 122, 110], ids=["close above", "above", "far above"])
def test_a_title_between_two_columns_is_over_both(height):
    (table,) = tables(below_prose((370, height, "第（一）项"), *HEADS, *ROWS))
    assert table[1:] == [["甲", "乙", "丙", "丁"], *FIGURES]
    assert "第（一）项" in table[0]


def test_a_title_is_no_part_of_the_head_it_stands_close_above():
    (table,) = tables(below_prose((330, 128, "第（一）项"), *HEADS, *ROWS))
    assert table == [["第（一）项"], ["甲", "乙", "丙", "丁"], *FIGURES]


def test_a_head_of_two_lines_between_others_of_one_is_one_head():
    heads = [HEADS[0], (330, 134, "乙"), (330, 146, "己"), *HEADS[2:]]
    (table,) = tables(below_prose(*heads, *ROWS))
    assert table == [["甲", "乙\n己", "丙", "丁"], *FIGURES]


def test_a_head_between_two_columns_without_heads_of_their_own_may_be_either_ones():
    assert tables(below_prose((370, 140, "甲"), HEADS[0], HEADS[3], *ROWS)) == []


def test_two_columns_beside_a_blank_one_are_no_measure_of_how_far_columns_are_apart():
    heads, rows = HEADS[:3], [mark for mark in ROWS if mark[0] not in COLUMNS[1::2]]
    (table,) = tables(below_prose(*heads, *rows))
    assert table[0] == ["甲", "乙", "丙"]
    assert table[1:] == [["规章", "0", "", "2"], ["规范性文件", "1", "", "3"]]


def narrow(*words: str, gap: float, y: float = 140) -> list[tuple[float, float, str]]:
    """Words on a line with a gap between them, in parts of the font size."""
    marks = []
    x = 40.0
    for word in words:
        width = len(word) * SIZE
        marks.append((x + width / 2, y, word))
        x += width + gap * SIZE
    return marks


WORDS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 2


@pytest.mark.parametrize("gap", [0.4, 0.5, 0.7])
def test_heads_of_narrow_columns_are_heads_each(gap):
    heads = narrow(*WORDS, gap=gap)
    rows = [(x, 160, str(at)) for at, (x, _, _) in enumerate(heads)]
    (table,) = tables(below_prose(*heads, *rows))
    assert table == [[*WORDS], [str(at) for at in range(len(WORDS))]]


@pytest.mark.parametrize("words", ["总计", "自然人", "商业企业"])
def test_a_head_printed_wide_is_one_head(words):
    heads = [*HEADS[:3], *narrow(*words, gap=0.4)]
    step = COLUMNS[3] - (heads[3][0] + heads[-1][0]) / 2
    heads = [*heads[:3], *((x + step, y, word) for x, y, word in heads[3:])]
    (table,) = tables(below_prose(*heads, *ROWS))
    assert table == [["甲", "乙", "丙", words], *FIGURES]


def test_prose_with_a_gap_between_its_words_is_prose():
    words = ("主动公开", "政府信息", "按期答复", "申请事项", "及时更新", "专栏内容") * 2
    marks = [*narrow(*words, gap=0.4), *narrow(*words, gap=0.4, y=155)]
    assert paragraphs(below_prose(*marks))[1:] == ["".join(words) * 2]


BROKEN = ["甲", "乙", "丙", "丁"]


def unruled(*rows: tuple[float, str]) -> bytes:
    """Rows of figures below heads, by their distance from the row above; `.` is a blank."""
    texts: list[tuple[float, float, str]] = [(200 + 60 * at, 140, t) for at, t in enumerate(BROKEN)]
    y = 140.0
    for step, row in rows:
        y += step
        texts += [(200 + 60 * at, y, t) for at, t in enumerate(row.split()) if t != "."]
    return below_prose(*texts)


def test_a_row_without_a_label_may_be_the_ends_of_the_numbers_above():
    labels = [(100.0, y, "规章") for y in (180, 234, 274)]
    figures = [(y, row) for y, row in ((180, "12 10 33 12"), (194, "1 5 6 0"), (234, "0 3 0 11"))]
    texts = [(200.0 + 60 * at, y, t) for y, row in figures for at, t in enumerate(row.split())]
    heads = [(200.0 + 60 * at, 140.0, text) for at, text in enumerate(BROKEN)]
    (table,) = tables(below_prose(*labels, *heads, *texts))
    assert table[1][1:] == ["12\n1", "10\n5", "33\n6", "12\n0"]
    assert table[2][1:] == ["0", "3", "0", "11"]


FULL_ROWS = [(40, "7 10 0 12"), (40, "0 3 0 11"), (40, "1 2 3 4")]


def test_what_may_be_the_end_of_a_broken_number_is_no_figure_of_its_own():
    (table,) = tables(unruled(FULL_ROWS[0], (14, ". 5 . 0"), *FULL_ROWS[1:]))
    assert table[1:] == [
        ["7", "10\n5", "0", "12\n0"],
        ["0", "3", "0", "11"],
        ["1", "2", "3", "4"],
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [FULL_ROWS[0], (40, ". 5 . 0"), *FULL_ROWS[1:]],
        [FULL_ROWS[0], (14, "2 5 . 0"), *FULL_ROWS[1:]],
        [(40, "7 10 0 12"), (14, ". 5 . ."), (40, "0 . . 111"), (40, ". 333 . 4")],
    ],
    ids=["far below", "below a narrow figure", "wider ones above"],
)
def test_rows_with_blanks_stay_rows(rows):
    (table,) = tables(unruled(*rows))
    assert [[text or "." for text in row] for row in table[1:]] == [row.split() for _, row in rows]


def piece(*rows: list[str], size: float) -> Part:
    """A part of a ruled table whose three columns are 36 points wide."""
    cells = [
        Cell(text, at, column) for at, row in enumerate(rows) for column, text in enumerate(row)
    ]
    return Part(Table(tuple(cells), has_grid=True), (0, 36, 72, 108), size)


@pytest.mark.parametrize(
    ("size", "upper", "lower", "whole"),
    [
        (10.5, ["1.信", "2", "3"], ["访类", "", ""], ["1.信\n访类", "2", "3"]),
        (5.5, ["2.其他法", "2", "3"], ["律行政", "", ""], ["2.其他法\n律行政", "2", "3"]),
        (10.5, ["费", "2", "3"], ["用、行", "", ""], ["费\n用、行", "2", "3"]),
        (10.5, ["1.信访", "10", "3"], ["", "5", ""], ["1.信访", "10\n5", "3"]),
        (10.5, ["费", "2", "3"], ["用行", "", ""], None),
        (10.5, ["1.信访", "10", "3"], ["2.重复", "5", ""], None),
        (10.5, ["1.信访", "10", ""], ["", "5", "3"], None),
        (10.5, ["7", "10", "3"], ["", "5", ""], None),
    ],
    ids=[
        "label", "small print", "mark that begins no line", "number", "line with room",
        "row of its own", "other figures below", "no label",
    ],
)  # fmt: skip
def test_what_a_page_end_tears_apart_is_one_row(size, upper, lower, whole):
    table = joined_parts(piece(upper, size=size), piece(lower, ["3.乙", "4", "5"], size=size)).table
    texts = [[cell.text for cell in row] for row in table.rows()]
    assert texts == [*([whole] if whole else [upper, lower]), ["3.乙", "4", "5"]]


@pytest.mark.parametrize(
    ("height", "text"), [(0.35, "��"), (0.0, "12"), (0.9, "12")], ids=["through", "under", "over"]
)
def test_a_line_through_figures_makes_them_unknown(height, text):
    def draw(canvas):
        canvas.setFont(FONT, SIZE)
        canvas.drawString(100, 700, "收到申请件数12")
        canvas.line(95, 700 + height * SIZE, 200, 700 + height * SIZE)

    assert paragraphs(drawn(draw)) == [f"收到申请件数{text}"]


def test_figures_that_lie_beside_upright_ones_are_unknown():
    def draw(canvas):
        canvas.setFont(FONT, SIZE)
        canvas.drawString(100, 700, "收到申请件数7")
        canvas.rotate(90)
        canvas.drawString(600, -300, "20")

    assert "".join(paragraphs(drawn(draw))) == "收到申请件数7��"
