"""Tables that print more, fewer or other cells than the form: read beyond doubt or not at all."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.report import KnownReport
from extract import read_document
from extract.document import Block, Cell, Paragraph, Table
from flows.reference import load_reference
from transform.tables import Tables, recognise_anew, recognise_tables

DISCLOSURE, REQUESTS, DISPUTES = range(3)
Key = tuple[str, str | None]
Change = Callable[[Table], Table]


@cache
def known(name: str) -> KnownReport:
    """A report whose figures are all printed as plain numbers."""
    reports = generate(7, 40, formats=(name,))
    return next(
        report
        for report in reports
        if all(fact.value_status == "reported" for fact in report.truth())
    )


def printed(name: str = "2021") -> list[Block]:
    return list(read_document(html(known(name)).encode()).blocks)


def truth(name: str = "2021", start: str = "") -> dict[Key, object]:
    report = known(name).truth()
    return {(r.indicator, r.applicant): r.value for r in report if r.indicator.startswith(start)}


def place(blocks: list[Block], number: int) -> int:
    return [at for at, block in enumerate(blocks) if isinstance(block, Table)][number]


def table(blocks: list[Block], number: int) -> Table:
    found = blocks[place(blocks, number)]
    assert isinstance(found, Table)
    return found


def changed(number: int, change: Change, name: str = "2021") -> list[Block]:
    blocks = printed(name)
    blocks[place(blocks, number)] = change(table(blocks, number))
    return blocks


def read(blocks: list[Block]) -> Tables:
    """Read tables; what is remembered of layouts must make no difference."""
    reference = load_reference()
    found = recognise_anew(blocks, reference)
    assert recognise_tables(blocks, reference) == found
    assert recognise_tables(printed(), reference) == recognise_anew(printed(), reference)
    return found


def values(tables: Tables, start: str = "") -> dict[Key, object]:
    return {
        (fact.indicator, fact.applicant): fact.value
        for fact in tables.facts
        if fact.indicator.startswith(start)
    }


def statuses(tables: Tables, start: str) -> set[str]:
    return {fact.value_status for fact in tables.facts if fact.indicator.startswith(start)}


def rules(tables: Tables) -> list[str]:
    return [finding.rule for finding in tables.findings]


def row_of(block: Table, label: str) -> int:
    return next(cell.row for cell in block.cells if label in cell.text)


def with_cell(block: Table, row: int, column: int, text: str) -> Table:
    """Print one cell more in a row: those behind it stand one column further right."""
    cells = [
        cell._replace(column=cell.column + 1) if cell.row == row and cell.column >= column else cell
        for cell in block.cells
    ]
    cells.append(Cell(text, row, column))
    return Table(tuple(sorted(cells, key=lambda cell: cell[1:3])), block.has_grid)


def with_text(block: Table, row: int, column: int, text: str) -> Table:
    cells = [
        cell._replace(text=text) if (cell.row, cell.column) == (row, column) else cell
        for cell in block.cells
    ]
    return Table(tuple(cells), block.has_grid)


def last_years(block: Table) -> Table:
    """The same table with other figures."""
    row = max(cell.row for cell in block.cells)
    return with_text(block, row, 0, "7")


def beside_disputes(blocks: list[Block], other: Table, offset: int) -> list[Block]:
    """Print another table before (0) or behind (1) that of disputes, with a line between them."""
    at = place(blocks, DISPUTES)
    between = blocks[at - 1]
    between_and_other = [between, other] if offset else [other, between]
    return [*blocks[: at + offset], *between_and_other, *blocks[at + offset :]]


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_the_report_as_it_is(name):
    found = read(printed(name))
    assert values(found) == truth(name)
    assert not found.findings


@pytest.mark.parametrize("offset", [0, 1], ids=["before", "behind"])
def test_two_tables_of_disputes_with_other_figures_are_no_guess(offset):
    blocks = printed()
    found = read(beside_disputes(blocks, last_years(table(blocks, DISPUTES)), offset))
    assert statuses(found, "disputes.") == {"unreadable"}
    assert rules(found) == ["row_ambiguous"]
    assert values(found, "requests.") == truth(start="requests.")


def test_a_second_table_that_cannot_be_read_is_one_all_the_same():
    blocks = printed()
    cut = table(blocks, DISPUTES).cells[:-2]
    found = read(beside_disputes(blocks, Table(cut, has_grid=True), 0))
    assert statuses(found, "disputes.") == {"unreadable"}
    assert rules(found) == ["row_ambiguous"]


def test_the_table_of_disputes_printed_twice_is_read_once():
    blocks = printed()
    found = read(beside_disputes(blocks, table(blocks, DISPUTES), 0))
    assert values(found) == truth()
    assert not found.findings


@pytest.mark.parametrize("offset", [0, 1], ids=["before", "behind"])
def test_a_table_like_that_of_disputes_is_none(offset):
    """Other statistics name reviews and lawsuits too."""
    texts = (("指标", "行政复议", "行政诉讼", "结果维持", "尚未审结"), ("数量", "4", "2", "1", "0"))
    cells = [
        Cell(t, row, column) for row, line in enumerate(texts) for column, t in enumerate(line)
    ]
    found = read(beside_disputes(printed(), Table(tuple(cells), has_grid=True), offset))
    assert values(found) == truth()
    assert not found.findings


LEAVES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")


def disputes_of(*groups: str, figures: list[str], leaves: tuple[str, ...] = LEAVES) -> list[Cell]:
    """The groups of the table side by side: a row of groups, one of columns, one of figures."""
    heads = [Cell(group, 0, 5 * at, column_span=5) for at, group in enumerate(groups)]
    columns = [Cell(leaf, 1, at) for at, leaf in enumerate(leaves * len(groups))]
    return [*heads, *columns, *(Cell(text, 2, at) for at, text in enumerate(figures))]


def one_below_the_other(*parts: list[Cell]) -> Table:
    cells = [c._replace(row=c.row + 3 * at) for at, part in enumerate(parts) for c in part]
    return Table(tuple(cells), has_grid=True)


def with_disputes(*tables: Table) -> list[Block]:
    blocks = printed()
    at = place(blocks, DISPUTES)
    between = blocks[at - 1]
    return [*blocks[:at], *(b for block in tables for b in (block, between)), *blocks[at + 1 :]]


def figures_of_disputes() -> list[str]:
    return [f"{value:f}" for value in truth(start="disputes.").values()]


def test_groups_of_disputes_that_stand_apart_are_one_table():
    figures = figures_of_disputes()
    review = disputes_of(GROUPS[0], figures=figures[:5])
    lawsuits = disputes_of(*GROUPS[1:], figures=figures[5:])
    stacked = read(with_disputes(one_below_the_other(review, lawsuits)))
    apart = read(with_disputes(one_below_the_other(review), one_below_the_other(lawsuits)))
    assert values(stacked) == values(apart) == truth()
    assert not stacked.findings
    assert not apart.findings


@pytest.mark.parametrize("repeats", [False, True], ids=["merged", "repeated"])
def test_a_table_of_disputes_that_stands_upright_is_read(repeats):
    cells = []
    for at, figure in enumerate(figures_of_disputes()):
        group, leaf = divmod(at, 5)
        heads = [Cell("行政诉讼" if group else GROUPS[0], at, 0), Cell(GROUPS[group], at, 1)]
        cells += heads if repeats or not leaf else []
        cells += [Cell(LEAVES[leaf], at, 2), Cell(figure, at, 3)]
    found = read(with_disputes(Table(tuple(cells), has_grid=True)))
    assert values(found) == truth()
    assert not found.findings
    swapped = [c._replace(text=LEAVES[1]) if c.text == LEAVES[0] else c for c in cells]
    found = read(with_disputes(Table(tuple(swapped), has_grid=True)))
    assert statuses(found, "disputes.") == {"unreadable"}


NOT_APART = {
    "a group is missing": lambda f: [((GROUPS[0],), f[:5], LEAVES), (GROUPS[1:2], f[5:10], LEAVES)],
    "a group stands twice": lambda f: [((GROUPS[0],), f[:5], LEAVES), (GROUPS[:2], f[5:], LEAVES)],
    "a figure is missing": lambda f: [((GROUPS[0],), f[:4], LEAVES), (GROUPS[1:], f[5:], LEAVES)],
    "a column is in doubt": lambda f: [
        ((GROUPS[0],), f[:5], (*LEAVES[:3], "未结", "总计")),
        (GROUPS[1:], f[5:], LEAVES),
    ],
}


@pytest.mark.parametrize("parts", NOT_APART.values(), ids=NOT_APART)
def test_groups_of_disputes_are_no_table_unless_all_is_told(parts):
    printed_parts = [
        disputes_of(*groups, figures=figures, leaves=leaves)
        for groups, figures, leaves in parts(figures_of_disputes())
    ]
    found = read(with_disputes(one_below_the_other(*printed_parts)))
    assert statuses(found, "disputes.") == {"unreadable"}


SHIFTED = {
    "third of a group": (
        REQUESTS,
        "其他法律行政法规禁止公开",
        3,
        "requests.denied.prohibited_by_law",
    ),
    "new requests": (REQUESTS, "本年新收", 3, "requests.received_new"),
    "disputes": (DISPUTES, "", 0, "disputes."),
}


def shifted(number: int, label: str, column: int, total: str | None = None) -> list[Block]:
    """Print a blank cell before the figures of a row, and another total in the last of them."""

    def change(block: Table) -> Table:
        row = row_of(block, label) if label else max(cell.row for cell in block.cells)
        last = max(cell.column for cell in block.cells if cell.row == row)
        block = with_text(block, row, last, total) if total else block
        return with_cell(block, row, column, "")

    return changed(number, change)


@pytest.mark.parametrize(("number", "label", "column", "start"), SHIFTED.values(), ids=SHIFTED)
def test_a_row_behind_a_blank_cell_too_many_is_read_where_sums_prove_it(
    number, label, column, start
):
    found = read(shifted(number, label, column))
    assert values(found) == truth()
    found = read(shifted(number, label, column, "998"))
    assert statuses(found, start) == {"unreadable"}


def test_a_shifted_row_without_sums_is_unreadable():
    def change(block: Table) -> Table:
        return with_cell(block, row_of(block, "规章"), 1, "")

    found = read(changed(DISCLOSURE, change))
    assert statuses(found, "disclosure.regulations.") == {"unreadable"}
    assert values(found, "disclosure.lic") == truth(start="disclosure.lic")


def test_a_figure_too_many_makes_a_row_unreadable():
    def change(block: Table) -> Table:
        return with_cell(block, row_of(block, "本年新收"), 3, "3")

    found = read(changed(REQUESTS, change))
    assert statuses(found, "requests.received_new") == {"unreadable"}


def test_a_column_of_its_own_for_remarks_shifts_nothing():
    """Its header claims what stands in it."""

    def change(block: Table) -> Table:
        edge = max(cell.column + cell.column_span for cell in block.cells)
        remarks = [Cell("备注", 0, edge), Cell("含转办2件", row_of(block, "本年新收"), edge)]
        cells = sorted([*block.cells, *remarks], key=lambda cell: cell[1:3])
        return Table(tuple(cells), block.has_grid)

    found = read(changed(REQUESTS, change))
    assert values(found) == truth()


ODD_FIGURES = (
    "1 357 件", "12①", "12¹", "3（其中网上2）", "3查看", "5↑2", "50%", "l2", "⑦", "两", "约12件",
    "12人次", "3个项目，12.5万元",
)  # fmt: skip


@pytest.mark.parametrize("text", ODD_FIGURES)
@pytest.mark.parametrize(
    ("number", "label", "column", "indicator"),
    [
        (DISCLOSURE, "行政许可", 1, "disclosure.licensing.decisions"),
        (REQUESTS, "属于国家秘密", 3, "requests.denied.state_secret"),
        (DISPUTES, "", 0, "disputes.review.upheld"),
    ],
    ids=["the only figure", "the first of a row", "the first without a label"],
)
def test_an_odd_figure_costs_its_own_cell_only(number, label, column, indicator, text):
    def change(block: Table) -> Table:
        row = row_of(block, label) if label else max(cell.row for cell in block.cells)
        return with_text(block, row, column, text)

    found = read(changed(number, change))
    unread = [fact for fact in found.facts if fact.value_status == "unreadable"]
    assert [(fact.indicator, fact.raw_text) for fact in unread] == [(indicator, text)]
    assert not found.findings
    left = {key: value for key, value in values(found).items() if value is not None}
    assert left.items() <= truth().items()
    assert len(left) == len(truth()) - 1


NO_FIGURES = {
    "a damaged label behind its group": ("1.属于国家秘密", "1属於国家秘宓"),
    "a damaged label with its number": ("1.信访举报投诉类申请", "1.信访挙报投诉类申清"),
    "a header with its day": ("现行有效件数", "截至2023年12月31日现行有效件数"),
    "a header with a footnote": ("自然人", "自然人①"),
}


@pytest.mark.parametrize(("label", "other"), NO_FIGURES.values(), ids=NO_FIGURES)
def test_a_label_with_a_number_stays_a_label(label, other):
    blocks = [
        Table(
            tuple(cell._replace(text=cell.text.replace(label, other)) for cell in block.cells),
            block.has_grid,
        )
        if isinstance(block, Table)
        else block
        for block in printed()
    ]
    found = read(blocks)
    assert values(found) == truth()
    assert not found.findings


def test_the_number_of_a_line_is_no_figure_of_it():
    """Above the figures of the disputes stands 序号."""

    def change(block: Table) -> Table:
        row = max(cell.row for cell in block.cells)
        cells = [cell._replace(column=cell.column + 1) for cell in block.cells]
        cells += [Cell("序号", 0, 0, row_span=row), Cell("1", row, 0)]
        return Table(tuple(sorted(cells, key=lambda cell: cell[1:3])), block.has_grid)

    assert values(read(changed(DISPUTES, change))) == truth()


def merged(block: Table, row: int, first: int, last: int, text: str) -> Table:
    """Merge the cells of a row in some columns, with one text."""
    cells = [c for c in block.cells if c.row != row or not first <= c.column <= last]
    cells.append(Cell(text, row, first, column_span=last - first + 1))
    return Table(tuple(sorted(cells, key=lambda cell: cell[1:3])), block.has_grid)


MERGED = {
    "requests": (REQUESTS, "属于国家秘密", 3, 9, "requests.denied.state_secret"),
    "requests of organisations": (REQUESTS, "属于国家秘密", 4, 8, "requests.denied.state_secret"),
    "disclosure": (DISCLOSURE, "规章", 1, 3, "disclosure.regulations."),
    "disputes": (DISPUTES, "", 0, 14, "disputes."),
}


@pytest.mark.parametrize(("number", "label", "first", "last", "start"), MERGED.values(), ids=MERGED)
def test_a_slash_over_several_columns_stands_in_each_and_a_figure_in_none(
    number, label, first, last, start
):
    def with_merged(text: str) -> list[Block]:
        block = table(printed(), number)
        row = row_of(block, label) if label else max(cell.row for cell in block.cells)
        return changed(number, lambda block: merged(block, row, first, last, text))

    found = read(with_merged("/"))
    slashes = [fact for fact in found.facts if fact.value_status == "not_applicable"]
    assert len(slashes) == last - first + 1
    assert all(fact.indicator.startswith(start) for fact in slashes)
    assert {key: value for key, value in values(found).items() if value is not None}.items() <= (
        truth().items()
    )
    assert statuses(read(with_merged("5")), start) == {"unreadable"}


def with_columns(block: Table, label: str, header: tuple[str, ...]) -> Table:
    """Print other labels above the three columns of a row."""
    row = row_of(block, label) - 1
    for column, text in enumerate(header, start=1):
        block = with_text(block, row, column, text)
    return block


def test_columns_in_another_order_are_read_by_labels_beyond_doubt():
    order = ("现行有效件数", "本年制发件数", "本年废止件数")
    found = read(changed(DISCLOSURE, lambda block: with_columns(block, "规章", order)))
    name = "disclosure.regulations."
    was = [truth()[f"{name}{leaf}", None] for leaf in ("issued", "repealed", "in_force")]
    now = [values(found)[f"{name}{leaf}", None] for leaf in ("in_force", "issued", "repealed")]
    assert now == was
    damaged = ("现行件数", "本年制发件数", "本年废止件数")
    found = read(changed(DISCLOSURE, lambda block: with_columns(block, "规章", damaged)))
    assert statuses(found, name) == {"unreadable"}


def test_a_table_that_was_cut_off_is_in_no_other_format():
    """Of the rows behind the cut the newer form has more, and all are missing."""

    def cut(block: Table) -> Table:
        last = row_of(block, "信访举报")
        return Table(tuple(c for c in block.cells if c.row < last), block.has_grid)

    found = read(changed(REQUESTS, cut))
    assert set(rules(found)) == {"row_missing"}
    assert found.format == "2021"


def two_tables_of_requests(change: Change) -> list[Block]:
    """The report's own table of requests, changed, and that of last year behind it."""
    blocks = changed(REQUESTS, change)
    cells = table(printed(), REQUESTS).cells
    other = Table(
        tuple(cell._replace(text="7") if cell.text.isdecimal() else cell for cell in cells), True
    )
    at = place(blocks, REQUESTS) + 1
    return [*blocks[:at], Paragraph("去年的数据如下，供对比。" * 8), other, *blocks[at:]]


def garbled(block: Table) -> Table:
    cells = [cell if cell.text.isdecimal() else cell._replace(text="锟斤") for cell in block.cells]
    return replace(block, cells=tuple(cells))


def test_a_row_with_a_damaged_label_is_not_taken_from_another_table():
    label = "1.属于国家秘密"
    found = read(two_tables_of_requests(lambda b: with_text(b, row_of(b, label), 2, "1.属干囯宋")))
    assert statuses(found, "requests.denied.state_secret") == {"unreadable"}


def test_a_table_beside_one_of_which_no_label_is_left_gives_no_figures():
    found = read(two_tables_of_requests(garbled))
    assert statuses(found, "requests.") == {"unreadable"}
    assert statuses(found, "disclosure.") == {"reported"}
