"""Layouts that are remembered: the same as reading every table anew, whatever the figures are."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from benchmarks.corpus.files import known_files
from benchmarks.corpus.generate import generate
from benchmarks.inbox import page
from extract import read_document
from extract.document import Block, Cell, Table
from flows.reference import load_reference
from transform import tables
from transform.tables import recognise_anew, recognise_tables
from transform.values import is_value_like

SEED, FILES = 20261126, 90
ODD_FIGURES = (
    "0", "7", "007", "1234567", "3.5", "1,234", "12件", "０", "-3", "减少5", "", "/", "无",
    "不适用", "999999999999999", "9" * 14, "12?", "1,23",
)  # fmt: skip


@cache
def documents() -> tuple[tuple[Block, ...], ...]:
    """Documents of every format, damaged ones too, but PDF, which takes long to read."""
    files = known_files(SEED, FILES, converts=False)
    return tuple(
        read_document(file.data).blocks for file in files if file.dress.format not in ("pdf", "zip")
    )


def with_other_figures(blocks: tuple[Block, ...], random: Random) -> tuple[Block, ...]:
    """Print other figures where figures stand, and blanks for some, in every table."""
    return tuple(
        replace(block, cells=tuple(other(cell, random) for cell in block.cells))
        if isinstance(block, Table)
        else block
        for block in blocks
    )


def other(cell: Cell, random: Random) -> Cell:
    is_figure = cell.text and is_value_like(cell.text)
    return cell._replace(text=random.choice(ODD_FIGURES)) if is_figure else cell


@pytest.mark.parametrize("number", range(len(documents())))
def test_a_layout_gives_what_reading_anew_gives_for_any_figures(number):
    reference, random = load_reference(), Random(number)
    blocks = documents()[number]
    assert recognise_tables(blocks, reference) == recognise_anew(blocks, reference)
    for _ in range(4):
        changed = with_other_figures(blocks, random)
        assert recognise_tables(changed, reference) == recognise_anew(changed, reference)


def test_most_documents_are_read_by_their_layout(monkeypatch):
    clean = [
        blocks for blocks in documents() if not recognise_anew(blocks, load_reference()).findings
    ]
    for blocks in clean:
        recognise_tables(blocks, load_reference())
    monkeypatch.setattr(tables, "recognise_anew", None)
    read = 0
    for blocks in clean:
        try:
            recognise_tables(with_plain_figures(blocks), load_reference())
            read += 1
        except TypeError:
            continue
    assert read > 0.6 * len(clean)


def with_plain_figures(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Print another number for each bare number."""
    return tuple(
        replace(block, cells=tuple(plain(cell) for cell in block.cells))
        if isinstance(block, Table)
        else block
        for block in blocks
    )


def plain(cell: Cell) -> Cell:
    return cell._replace(text=str(int(cell.text) + 3)) if cell.text.isdecimal() else cell


Lines = dict[float, list[Cell]]


@cache
def clean_report() -> tuple[Block, ...]:
    """The blocks of a page of a portal without anything odd, in the older format."""
    for report in generate(SEED, 40, formats=("2019",)):
        blocks = read_document(page(report, 1)).blocks
        if not recognise_anew(blocks, load_reference()).findings:
            return blocks
    raise AssertionError("no clean report")


def changed(table: int, change: Callable[[Lines], None]) -> list[Block]:
    """Give the clean report with the rows of one of its tables changed."""
    blocks: list[Block] = []
    for block in clean_report():
        if isinstance(block, Table):
            table -= 1
        if isinstance(block, Table) and table == -1:
            lines = dict(enumerate(block.rows()))
            change(lines)
            cells = [
                cell._replace(row=row, column=column)
                for row, (_, line) in enumerate(sorted(lines.items()))
                for column, cell in enumerate(line)
            ]
            blocks.append(Table(tuple(cells), has_grid=False))
        else:
            blocks.append(block)
    return blocks


def texts(*printed: str) -> list[Cell]:
    return [Cell(text, 0, 0) for text in printed]


def again(lines: Lines, figure: str) -> None:
    """Print the row of regulations again at the end."""
    lines[max(lines) + 1] = [*lines[2][:-1], lines[2][-1]._replace(text=figure)]


def numbered(lines: Lines, number: str) -> None:
    """Put a column of running numbers in front."""
    for line in lines.values():
        line[:0] = texts(number if is_value_like(line[0].text) else "序号")


def in_yuan(lines: Lines, figure: str) -> None:
    """State the unit of the last column in its header, above the last row."""
    *_, header, row = lines.values()
    header[-1] = header[-1]._replace(text=f"{header[-1].text}（单位：元）")
    row[-1] = row[-1]._replace(text=figure)


TRAPS = {
    "a row stands twice": (
        lambda rows: again(rows, rows[2][-1].text),
        lambda rows: again(rows, "77"),
    ),
    "another row has figures": (
        lambda rows: rows.update({99: texts("网站访问次数", "5", "6", "7")}),
        lambda rows: rows.update({99: texts("网站访问次数", "8", "6", "7")}),
    ),
    "a figure too many": (
        lambda rows: rows[2].append(*texts("")),
        lambda rows: rows[2].append(*texts("4")),
    ),
    "no figures in a row whose label is in doubt": (
        lambda rows: rows.update({3: texts("本年新收信息公开量", *"1234567")}),
        lambda rows: rows.update({3: texts("本年新收信息公开量", *[""] * 7)}),
    ),
    "a row that is none of the form's": (
        lambda rows: rows.update({3.5: texts("网站访问次数", *"1234567")}),
        lambda rows: rows.update({3.5: texts("网站访问次数", *"7654321")}),
    ),
    "numbered rows": (lambda rows: numbered(rows, "1"), lambda rows: numbered(rows, "/")),
    "a figure as long as those that stand in": (
        lambda rows: rows.update({2: texts(rows[2][0].text, "1", "2", "3")}),
        lambda rows: rows.update({2: texts(rows[2][0].text, str(9 * 10**14), "2", "3")}),
    ),
    "a number before a label": (
        lambda rows: rows.update({2: texts("1", *(cell.text for cell in rows[2]))}),
        lambda rows: rows.update({2: texts("2", *(cell.text for cell in rows[2]))}),
    ),
    "money in yuan": (
        lambda rows: in_yuan(rows, "10000"),
        lambda rows: in_yuan(rows, "25000"),
    ),
}


@pytest.mark.parametrize("table", [0, 1, 2])
@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_what_figures_decide_is_not_remembered(trap, table):
    reference = load_reference()
    for change in (*trap, trap[0]):
        blocks = changed(table, change)
        assert recognise_tables(blocks, reference) == recognise_anew(blocks, reference)


def test_findings_that_quote_figures_are_not_remembered():
    """A row of the first table stands in the second: it is a fact, and found in the wrong place."""
    row, header = "政府集中采购", ("信息内容", "采购项目数量", "采购总金额")
    for figure in ("4", "5", "4"):
        printed = {3.4: texts(*header), 3.5: texts(row, figure, "0")}
        blocks = changed(1, lambda rows, printed=printed: rows.update(printed))
        first = next(at for at, block in enumerate(blocks) if isinstance(block, Table))
        blocks[first] = without_row(blocks[first], row)
        read = recognise_tables(blocks, load_reference())
        assert any(f"{row} {figure}" in finding.message for finding in read.findings)
        assert read == recognise_anew(blocks, load_reference())


def without_row(block: Block, label: str) -> Table:
    assert isinstance(block, Table)
    rows = [row for row in block.rows() if not any(label in cell.text for cell in row)]
    return Table(tuple(cell for row in rows for cell in row), block.has_grid)
