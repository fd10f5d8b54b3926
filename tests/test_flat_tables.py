"""Tables as flattened text: what a row is when marks, blank cells or columns are lost."""

import pytest

from extract.document import Paragraph, Table
from extract.text import read_text
from flows.reference import load_reference
from tests.support import cells, report_of
from transform.pieces import is_page_mark
from transform.spaced_rows import with_parted_rows

DISCLOSURE = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n"
REQUESTS = (
    "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n"
    "社会公益组织\n法律服务机构\n其他\n"
)
DISPUTES = (
    "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n"
    + "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n" * 3
)
NORMATIVE = "disclosure.normative_documents"
REGULATIONS = "disclosure.regulations"


def read(text: str) -> dict[str, list[int | None]]:
    """Give the numbers of each indicator, in the order of the form's columns."""
    found: dict[str, list[int | None]] = {}
    for (indicator, applicant), (value, _) in cells(report_of(text.encode())).items():
        key = indicator if applicant else indicator.rpartition(".")[0]
        found.setdefault(key, []).append(None if value is None else int(value))
    return found


def found_in_order(text: str, indicator: str) -> list[int]:
    """Give the numbers of a row by applicant, in the order of the form."""
    found = cells(report_of(text.encode()))
    applicants = [applicant.code for applicant in load_reference().applicants]
    return [int(found[indicator, applicant][0]) for applicant in applicants]


def row(label: str, *figures: int) -> str:
    return "\n".join([label, *map(str, figures)]) + "\n"


class TestBareCells:
    def test_a_row_that_lost_all_cells_takes_none_of_the_next(self):
        found = read(DISCLOSURE + "规章\n" + row("行政规范性文件", 3, 1, 11))
        assert REGULATIONS not in found
        assert found[NORMATIVE] == [3, 1, 11]

    def test_the_label_above_a_torn_one_is_no_row(self):
        torn = "（三）不予公开\n1.属于国\n家秘密"
        found = read(
            REQUESTS + row("一、本年新收政府信息公开申请数量", *range(7)) + row(torn, *[0] * 7)
        )
        assert found["requests.denied.state_secret"] == [0] * 7

    def test_a_label_of_the_table_above_is_none_of_the_header(self):
        rows = row("规章", 0, 0, 0) + row("其他", 1, 2, 3)
        figures = (1, 2, 3, 4, 5, 6, 21)
        text = DISCLOSURE + rows + REQUESTS + row("一、本年新收政府信息公开申请数量", *figures)
        assert found_in_order(text, "requests.received_new") == list(figures)

    @pytest.mark.parametrize("lines", ["100 200\n0", "0\n100 200", "1 2\n3\n4"])
    def test_a_figure_with_a_blank_in_it_is_not_two_figures(self, lines):
        """Nor is the next one dropped, which would make the number of cells right."""
        found = read(DISCLOSURE + row("规章", 0, 0, 0) + f"行政规范性文件\n{lines}\n")
        assert found.pop(REGULATIONS) == [0, 0, 0]
        assert set(found.get(NORMATIVE, [None])) == {None}

    def test_figures_on_a_line_of_their_own_are_figures(self):
        found = read(DISCLOSURE + row("规章", 0, 0, 0) + "行政规范性文件\n100 200 0\n")
        assert found[NORMATIVE] == [100, 200, 0]

    def test_the_total_of_reviews_is_no_row_of_requests(self):
        text = (
            "二、主动公开\n" + DISCLOSURE + row("规章", 0, 0, 0) + row("行政规范性文件", 0, 0, 0)
            + REQUESTS + row("一、本年新收政府信息公开申请数量", 1, 2, 1, 2, 0, 0, 6)
            + row("二、上年结转政府信息公开申请数量", 0, 0, 0, 0, 0, 0, 0)
            + row("三、本年度办理结果\n（一）予以公开", 1, 2, 1, 2, 0, 0, 6)
            + "（七）总计\n四、结转下年度继续办理\n" + DISPUTES + "1\n2\n1\n2\n0\n0\n6\n"
        )  # fmt: skip
        found = read(text)
        assert found["requests.granted"] == [1, 2, 1, 2, 0, 0, 6]
        assert not {"requests.processed_total", "requests.carried_out"} & found.keys()


FIRST, SECOND = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
HEADS = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
HEADING = "三、收到和处理政府信息公开申请情况"


def tabbed(heads: str, *rows: str) -> str:
    return "\n".join([HEADING, heads, *rows, "", "五、存在的主要问题及改进情况"])


class TestTabs:
    def test_one_row_a_line_of_browsers(self):
        """One tab is enough beside rows of more, and a short line between them is one of them."""
        found = read(
            "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t\t3\n"
            "行政规范性文件\t1\t2\t3\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t12\n"
        )
        assert found[REGULATIONS] == [0, None, 3]
        assert found[NORMATIVE] == [1, 2, 3]
        assert found["disclosure.licensing"] == [12]

    def test_rows_of_one_width_keep_their_columns(self):
        heads = f"申请人情况\t\t{HEADS}"
        found = read(tabbed(heads, f"{FIRST}\t\t\t1\t2\t3\t4\t5\t", f"{SECOND}{8 * chr(9)}"))
        assert found["requests.received_new"] == [None, 1, 2, 3, 4, 5, None]

    @pytest.mark.parametrize("end", ["\t", ""])
    def test_a_blank_in_front_may_be_what_a_label_covers(self, end):
        """The second row says so; the first, whose last figure is blank, is read as neither."""
        rows = [f"{FIRST}\t\t1\t2\t3\t4\t5\t6{end}", f"{SECOND}\t\t1\t1\t1\t1\t1\t1\t6"]
        found = read(tabbed(HEADS, *rows))
        assert found["requests.received_new"] == [None] * 7

    def test_blanks_behind_the_figures_move_nothing(self):
        rows = [f"{FIRST}\t\t2\t3\t4\t5\t6\t20\t\t", f"{SECOND}\t1\t1\t1\t1\t1\t1\t6\t\t"]
        found = read(tabbed(HEADS, *rows))
        assert found["requests.received_new"] == [None, 2, 3, 4, 5, 6, 20]

    def test_a_tab_alone_makes_no_table(self):
        lines = [
            "一、\t总体情况",
            "某路1号\t电话：1",
            "邮编：1",
            f"{HEADING}\t\t",
            "甲\t1\t2",
            "五、问题\t",
        ]
        kinds = [isinstance(block, Table) for block in read_text("\n".join(lines))]
        assert kinds == [False, False, False, False, True, False]


SPACED_HEADS = (
    f"{HEADING}\n申请人情况\n自然人 法人或其他组织 总计\n"
    "商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
)


class TestSpaces:
    @pytest.mark.parametrize("gap", [" ", "      ", "\u3000\u3000", "\xa0"])
    def test_one_row_a_line(self, gap):
        text = (
            "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 3\n"
            "行政规范性文件 1 2 3\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 12\n"
            + SPACED_HEADS
            + f"{FIRST} 1 2 3 4 5 6 21\n\n— 1 —\n\n{SECOND} 0 0 0 0 0 0 1\n"
            + "三、本年度办理结果 （一）予以公开 1 0 0 0 0 0 1\n"
            + "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n"
            + " ".join(["结果维持 结果纠正 其他结果 尚未审结 总计"] * 3)
            + f"\n{' '.join(map(str, range(15)))}\n"
        )
        found = read(text.replace(" ", gap))
        assert (found[REGULATIONS], found[NORMATIVE]) == ([0, 0, 3], [1, 2, 3])
        assert found["disclosure.licensing"] == [12]
        assert found["requests.received_new"] == [1, 2, 3, 4, 5, 6, 21]
        assert found["requests.carried_in"] == [0, 0, 0, 0, 0, 0, 1]
        assert found["requests.granted"] == [1, 0, 0, 0, 0, 0, 1]
        assert found["disputes.litigation_direct"] == [5, 6, 7, 8, 9]

    @pytest.mark.parametrize("behind", ["3", "0 21", "— 3 —"])
    def test_figures_behind_a_row_that_lacks_some_are_not_its_own(self, behind):
        """They may be the number of a page, and a blank cell stand where the row lacks one."""
        found = read(f"{SPACED_HEADS}{FIRST} 1 2 3 4 5 6\n{behind}\n{SECOND} 0 0 0 0 0 0 1\n")
        assert found["requests.received_new"] == [None] * 7
        assert found["requests.carried_in"] == [0, 0, 0, 0, 0, 0, 1]

    def test_figures_below_their_label(self):
        found = read(f"{SPACED_HEADS}{FIRST}\n1 2 3 4 5 6 21\n{SECOND}\n0 0 0 0 0 0 1\n")
        assert found["requests.received_new"] == [1, 2, 3, 4, 5, 6, 21]

    def test_a_space_between_all_characters(self):
        rows = FIRST, SECOND, "四、结转下年度继续办理"
        text = SPACED_HEADS + "".join(f"{label}①\n" for label in rows)
        found = read(" ".join(text).replace("\n ", "\n").replace(" ①", " 1 2 3 4 5 6 21"))
        assert found["requests.received_new"] == [1, 2, 3, 4, 5, 6, 21]

    @pytest.mark.parametrize(
        "line",
        ["行政许可 5件 行政处罚 3件", "邮编 741000", "本年 12 月", "全年公开 3 0 1", "0 1 2"],
    )
    def test_prose_is_left_alone(self, line):
        blocks = [Paragraph("甲镇2021年政府信息公开工作年度报告"), Paragraph(line)]
        assert with_parted_rows(blocks, load_reference().known_labels) == blocks


class TestBars:
    @pytest.mark.parametrize("bar", "|│┃║")
    @pytest.mark.parametrize("rule", ["+----+--+--+--+", "├────┼──┼──┼──┤", "════╪══╪══╪══", ""])
    def test_drawn_tables(self, bar, rule):
        rows = [
            "信息内容|本年制发件数|本年废止件数|现行有效件数",
            "规章| |0|3",
            "行政规范性文件|1|2|3",
        ]
        lines = [line for text in rows for line in (f"|{text}|".replace("|", bar), rule)]
        found = read("\n".join(["二、主动公开政府信息情况", rule, *lines, "三、收到"]))
        assert (found[REGULATIONS], found[NORMATIVE]) == ([None, 0, 3], [1, 2, 3])
        assert [type(block) for block in read_text("\n".join([rule, *lines, rule]))] == [Table]

    @pytest.mark.parametrize(
        "line", ["首页│公开│年报", "──", "+-", "-----", "───甲───", "a+----+b"]
    )
    def test_what_is_not_drawn_stays(self, line):
        assert read_text(line) == (Paragraph(line),)

    def test_a_row_that_lost_a_cell_is_too_short_and_the_others_are_whole(self):
        rows = [["", *HEADS.split("\t")], [FIRST, *"1234567"], [SECOND, *"1000001"]]
        rows += [["（七）总计", *"1234567"], ["四、结转下年度继续办理", *"0000000"]]
        marked = [[*row, "", ""] for row in rows]
        del marked[1][4]
        text = "\n|\n".join(["", *("\n|\n".join(row[:-2]) + "\n|||" for row in marked)])
        found = read(f"{HEADING}{text}\n五、存在")
        assert found["requests.received_new"] == [None] * 7
        assert found["requests.carried_in"] == [1, 0, 0, 0, 0, 0, 1]

    @pytest.mark.parametrize("figure", ["0", "7"])
    def test_labels_repeated_where_they_are_merged(self, figure):
        label, heads = "三、本年度办理结果", HEADS.replace("\t", "|")
        rows = [
            f"申请人情况|申请人情况|申请人情况|{heads}",
            f"{FIRST}|{FIRST}|{FIRST}|1|2|3|4|5|6|21",
            f"{label}|（三）不予公开|1.属于国家秘密|1|0|0|0|0|0|1",
            f"{label}|（七）总计|（七）总计|{'|'.join([figure] * 7)}",
        ]
        found = read("\n".join([HEADING, *(f"|{text}|" for text in rows), "五、存在"]))
        assert found["requests.received_new"] == [1, 2, 3, 4, 5, 6, 21]
        assert found["requests.denied.state_secret"] == [1, 0, 0, 0, 0, 0, 1]
        assert found["requests.processed_total"] == [int(figure)] * 7


class TestTornRows:
    """A page ends inside a row: one piece has the figures, the other the rest of the label."""

    @pytest.mark.parametrize("is_upper", [True, False], ids=["figures above", "figures below"])
    def test_are_one_row(self, is_upper):
        figures, blank = "\t".join("1000001"), "\t" * 6
        above, below = (figures, blank) if is_upper else (blank, figures)
        rows = [f"\t\t2.其他法\t{above}", f"\t\t律行政法规禁止公开\t{below}"]
        found = read(tabbed(f"\t\t\t{HEADS}", f"{FIRST}\t\t\t{figures}", *rows))
        assert found["requests.denied.prohibited_by_law"] == [1, 0, 0, 0, 0, 0, 1]

    @pytest.mark.parametrize(
        "rows",
        [
            ("\t\t2.重复申请\t1\t0\t0\t0\t0\t0\t1", "\t\t3.要求提供公开出版物" + 7 * "\t"),
            ("\t\t2.其他法\t1\t0\t0\t0\t0\t0\t1", "\t\t律行政法规禁止公开\t1\t0\t0\t0\t0\t0\t1"),
        ],
        ids=["two official labels", "figures in both"],
    )
    def test_others_stay_two(self, rows):
        found = read(tabbed(f"\t\t\t{HEADS}", f"{FIRST}\t\t\t" + "\t".join("1000001"), *rows))
        assert found.get("requests.not_handled.publication", [None] * 7) == [None] * 7
        assert found.get("requests.denied.prohibited_by_law", [1])[0] == 1


def test_page_numbers_between_bare_cells_are_no_figures():
    rows = row(FIRST, 1, 2, 3, 4, 5, 6) + "— 4 —\n21\n" + row(SECOND, *[0] * 4) + "第5页\n0\n0\n1\n"
    found = read(REQUESTS + rows)
    assert found["requests.received_new"] == [1, 2, 3, 4, 5, 6, 21]
    assert found["requests.carried_in"] == [0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("text", ["-4", "4", "—", "--", "4-", "2021年"])
def test_figures_are_no_page_numbers(text):
    assert not is_page_mark(text)
