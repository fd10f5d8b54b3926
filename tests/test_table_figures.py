"""Figures under the wrong heads, of two rows, or in units the header states: no guess is made."""

import pytest

from extract.document import Table
from tests.test_tables import (
    DISCLOSURE,
    DISPUTES,
    REQUESTS,
    changed,
    read,
    row_of,
    statuses,
    values,
    with_text,
)


def printed_in(block: Table, row: int, column: int, texts: list[str]) -> Table:
    for at, text in enumerate(texts, start=column):
        block = with_text(block, row, at, text)
    return block


# Seven figures of a row, the last of them the total; whether they stand under the right heads.
TOTALS = {
    "as the form has it": ("2 0 0 0 0 1 3", True),
    "total not filled in": ("2 0 0 0 0 1 -", True),
    "one kind only": ("0 0 0 0 0 7 -", True),
    "a zero lost": ("2 0 0 0 1 3 -", False),
    "a number lost": ("2 0 0 0 0 5 -", False),
    "nothing filled in": ("0 0 0 0 0 0 -", True),
}


@pytest.mark.parametrize(("figures", "is_read"), TOTALS.values(), ids=TOTALS)
def test_a_row_with_its_sum_before_the_cell_of_the_sum_is_unreadable(figures, is_read):
    texts = ["" if text == "-" else text for text in figures.split()]
    for number, label, column, start, count in (
        (REQUESTS, "属于国家秘密", 3, "requests.denied.state_secret", 7),
        (DISPUTES, "", 0, "disputes.review", 5),
    ):

        def change(block: Table, label=label, column=column, count=count) -> Table:
            row = row_of(block, label) if label else max(cell.row for cell in block.cells)
            own = texts if count == len(texts) else [texts[0], *texts[1 - count :]]
            return printed_in(block, row, column, own)

        found = statuses(read(changed(number, change)), start)
        assert found <= ({"reported", "blank"} if is_read else {"unreadable"})


def tall(block: Table, label: str, text: str, *, is_blank_below: bool = False) -> Table:
    """Merge the first figure of a row with that of the row below, or with a row of nothing."""
    row = row_of(block, label)
    if is_blank_below:
        cells = [c._replace(row=c.row + 1) if c.row > row else c for c in block.cells]
    else:
        cells = [c for c in block.cells if (c.row, c.column) != (row + 1, 3)]
    cells = [
        c._replace(text=text, row_span=2) if (c.row, c.column) == (row, 3) else c for c in cells
    ]
    return Table(tuple(cells), block.has_grid)


def test_a_figure_merged_with_that_of_the_row_below_is_that_of_neither():
    label, own = "属于国家秘密", ("requests.denied.state_secret", "natural_person")
    found = read(changed(REQUESTS, lambda block: tall(block, label, "5")))
    assert values(found)[own] is None
    assert statuses(found, "requests.denied.prohibited_by_law") == {"unreadable"}
    found = read(changed(REQUESTS, lambda block: tall(block, label, "5", is_blank_below=True)))
    assert values(found)[own] == 5


# What stands above the last column, and what 251000 is there in 万元.
STATED = {
    "本年收费金额（单位：万元）": 251000, "本年收费金额（元）": 25.1, "本年收费金额/元": 25.1,
    "本年收费金额 单位 元": 25.1, "本年收费金额（单位：人民币元）": 25.1, "本年收费金额": 251000,
    "本年收费金额（百元）": 2510, "本年收费金额（元/万元）": None,
}  # fmt: skip


@pytest.mark.parametrize("header", STATED)
def test_the_unit_of_money_is_read_however_the_header_sets_it_apart(header):
    def change(block: Table) -> Table:
        row = row_of(block, "行政事业性收费")
        return with_text(with_text(block, row - 1, 1, header), row, 1, "251000")

    found = values(read(changed(DISCLOSURE, change)))["disclosure.fees.amount", None]
    assert (found and float(found)) == STATED[header]
