"""What offices, converters and mirrors do to the tables of a report; each kind is one function.

A damage takes a random generator and the grid of a table and gives another grid. Cells that hold
a figure keep their key, so the truth of a damaged report is that of the whole one, less the rows
that are gone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from random import Random
from typing import Any

from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.template import Grid, GridCell

Damage = Callable[[Random, Grid], Grid]

_NUMBERING = re.compile(r"^(（[一二三四五六七]）|[一二三四]、|\d\.)")
_NARROW = str.maketrans("（）“”、", '()"",')
_SHORT_FORMS = {
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期未缴费",
    "5.要求行政机关确认或重新出具已获取信息": "5.确认或重新出具已获取信息",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "一、本年新收政府信息公开申请数量": "一、本年新收",
    "四、结转下年度继续办理": "四、结转下年度",
    "本年收费金额（单位：万元）": "本年收费金额",
}
_CUT_HEADERS = {
    "本年增/减": "本年增/",
    "现行有效件数": "现行有效件",
    "本年制发件数": "制发件数",
    "本年处理决定数量": "处理决定数量",
    "采购总金额": "采购总金额（万元）",
    "申请人情况": "申请人情况（请如实填写）",
}
# A table with fewer rows has a header and little else.
_TALL = 8


def _on_labels(grid: Grid, change: Callable[[str], str]) -> Grid:
    return tuple(
        tuple(
            cell if cell.key or not cell.text else cell._replace(text=change(cell.text))
            for cell in row
        )
        for row in grid
    )


def _half_of(random: Random, change: Callable[[str, int], str]) -> Callable[[str], str]:
    """Change every second label, at a random place; short ones are left whole."""

    def maybe(text: str) -> str:
        if len(text) <= 3 or random.random() < 0.5:
            return text
        return change(text, random.randrange(1, len(text)))

    return maybe


def lost_characters(random: Random, grid: Grid) -> Grid:
    """Half of the labels lose a character."""
    return _on_labels(grid, _half_of(random, lambda text, at: text[:at] + text[at + 1 :]))


def wrong_characters(random: Random, grid: Grid) -> Grid:
    """Half of the labels have a wrong character."""
    return _on_labels(grid, _half_of(random, lambda text, at: text[:at] + "某" + text[at + 1 :]))


def torn_labels(random: Random, grid: Grid) -> Grid:
    """Half of the labels have a line break inside."""
    return _on_labels(grid, _half_of(random, lambda text, at: text[:at] + "\n" + text[at:]))


def spaced_labels(random: Random, grid: Grid) -> Grid:
    """Every character of a label stands apart."""
    return _on_labels(grid, " ".join)


def no_numbering(random: Random, grid: Grid) -> Grid:
    """No label keeps its number."""
    return _on_labels(grid, lambda text: _NUMBERING.sub("", text))


def narrow_punctuation(random: Random, grid: Grid) -> Grid:
    """ASCII brackets, quotes and commas."""
    return _on_labels(grid, lambda text: text.translate(_NARROW))


def short_forms(random: Random, grid: Grid) -> Grid:
    """The abbreviations that offices use."""
    return _on_labels(grid, lambda text: _SHORT_FORMS.get(text, text))


def cut_headers(random: Random, grid: Grid) -> Grid:
    """Column labels cut short, or with units and filling instructions added."""
    return _on_labels(grid, lambda text: _CUT_HEADERS.get(text, text))


def _breaks(grid: Grid) -> list[int]:
    """Rows that no cell from above reaches into: where a table may be cut."""
    free, reach = [], 0
    for at, row in enumerate(grid):
        if at >= reach:
            free.append(at)
        reach = max([reach, *(at + cell.row_span for cell in row)])
    return free


def _figure_rows(grid: Grid) -> list[int]:
    return [
        at
        for at in _breaks(grid)
        if any(cell.key for cell in grid[at]) and all(cell.row_span == 1 for cell in grid[at])
    ]


def missing_row(random: Random, grid: Grid) -> Grid:
    """A row is gone."""
    rows = _figure_rows(grid) if len(grid) > _TALL else []
    gone = random.choice(rows) if rows else -1
    return tuple(row for at, row in enumerate(grid) if at != gone)


def repeated_header(random: Random, grid: Grid) -> Grid:
    """The header stands again where the table crosses a page."""
    places = [at for at in _breaks(grid) if at > 3] if len(grid) > 2 * _TALL else []
    if not places:
        return grid
    at = random.choice(places)
    return grid[:at] + grid[:3] + grid[at:]


def blank_rows(random: Random, grid: Grid) -> Grid:
    """Rows of nothing between the others."""
    width = sum(cell.col_span for cell in grid[0])
    blank = tuple(GridCell("", 1, 1, None) for _ in range(width))
    free = set(_breaks(grid)) - {0}
    return tuple(
        part for at, row in enumerate(grid) for part in ((blank, row) if at in free else (row,))
    )


def swapped_rows(random: Random, grid: Grid) -> Grid:
    """Two neighbouring rows have changed places."""
    rows = [at for at in _figure_rows(grid) if at + 1 in _figure_rows(grid)]
    if not rows:
        return grid
    at = random.choice(rows)
    return (*grid[:at], grid[at + 1], grid[at], *grid[at + 2 :])


def extra_column(random: Random, grid: Grid) -> Grid:
    """A column of remarks behind the last one, all blank but for its header."""
    texts = ["备注"] + [""] * (len(grid) - 1)
    return tuple((*row, GridCell(text, 1, 1, None)) for row, text in zip(grid, texts, strict=True))


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        lost_characters,
        wrong_characters,
        torn_labels,
        spaced_labels,
        no_numbering,
        narrow_punctuation,
        short_forms,
        cut_headers,
        missing_row,
        repeated_header,
        blank_rows,
        swapped_rows,
        extra_column,
    )
}


@dataclass(frozen=True, slots=True)
class DamagedReport(KnownReport):
    """A known report whose tables come out damaged, the same way every time."""

    damage: str = "no_numbering"

    def table(self, name: str) -> Grid:
        """Give one official table with its values, damaged."""
        random = Random(f"{self.township_code}{self.damage}{name}")
        return DAMAGES[self.damage](random, KnownReport.table(self, name))


def damaged(report: KnownReport, damage: str) -> DamagedReport:
    """Give the report as `damage` (a key of `DAMAGES`) leaves it."""
    values: dict[str, Any] = {f.name: getattr(report, f.name) for f in fields(KnownReport)}
    return DamagedReport(**values, damage=damage)
