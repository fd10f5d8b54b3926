"""Blocks to rows: each printed row of every table as its labels and the values behind them.

Also finds the tables whose cells have become paragraphs: there every run of numbers closes a row,
and blank cells are lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from extract.document import Block, Cell, Paragraph, Table
from transform.labels import LEAST_SIMILARITY, is_like_any, label_key, similarity
from transform.pieces import continued, is_page_mark
from transform.rows import Row
from transform.torn_rows import with_whole_rows
from transform.values import is_value_like

# No official row has more labels in front of its values than a group, a row and a number.
LONGEST_LABEL = 60
# No official header is higher, with a title and a line for the unit above it.
_HIGHEST_HEADER = 6
# A figure with a remark is not longer, and its first digit stands near its beginning.
_LONGEST_FIGURE = 20
_BEFORE_DIGIT = 4
_NUMBERED = re.compile(r"[(（]?\d{1,2}[)）、.．:：,，]\s*(?=[^\d\s])")
_LONE_NUMERAL = re.compile("[一二两三四五六七八九十]")
# What stands above a column of running numbers.
_NUMBER_HEADS = frozenset(["序号", "编号", "行次"])


def rows_of(blocks: Sequence[Block], known: frozenset[str]) -> list[Row]:
    """Give the rows of all tables in document order; `known` are the official label keys.

    A table that was cut in pieces (by a page, by a site's layout) counts as one.
    """
    rows: list[Row] = []
    last: list[Row] = []
    table_index = 0
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        number = table_index + bool(last)
        piece = _rows_of_table(block, number, known)
        joined = continued(last, lines, piece, known) if last else None
        if joined is None:
            found = list(rows_of_lines(lines, number, known))
            if found:
                number += 1
                piece = [replace(row, table_index=number) for row in piece]
            table_index = number
            rows += [*found, *piece]
            last = piece
        else:
            rows += joined
            last = [*last, *joined]
        lines = []
    rows += rows_of_lines(lines, table_index + bool(last), known)
    return with_whole_rows(rows, known)


def _rows_of_table(table: Table, table_index: int, known: frozenset[str]) -> list[Row]:
    printed = [cells for cells in table.rows() if cells]
    is_numbered = any(_is_number_head(cells) for cells in printed[:_HIGHEST_HEADER])
    rows = []
    for cells in printed:
        count = _label_count(cells, known, is_numbered=is_numbered)
        rows.append(Row(table_index, cells[0].row, tuple(cells), count, table.has_grid))
    return rows


def _is_number_head(cells: Sequence[Cell]) -> bool:
    return label_key(next((cell.text for cell in cells if cell.text), "")) in _NUMBER_HEADS


def _label_count(cells: Sequence[Cell], known: frozenset[str], *, is_numbered: bool) -> int:
    """Count the leading cells that are labels.

    They end at the first value, or behind the last cell that carries an official label, and before
    figures in an odd dress. The first cell of a table whose rows are numbered is no value.
    """
    least = int(is_numbered and cells[0].text.isdecimal())
    count = least
    for index, cell in enumerate(cells[count:], start=count):
        if cell.text and is_value_like(cell.text):
            break
        if cell.text:
            count = index + 1
    for index in range(len(cells) - 1, count - 1, -1):
        text = cells[index].text
        if text and not text.isdecimal() and label_key(text) in known:
            return index + 1
    start = count
    while start > least and (not (text := cells[start - 1].text) or _is_odd_figure(text, known)):
        start -= 1
    return start if start < count and _is_row(cells, start, count, known) else count


def _is_row(cells: Sequence[Cell], start: int, count: int, known: frozenset[str]) -> bool:
    """Tell whether a label before odd figures, or a value behind them, makes them a row's figures.

    Each makes its own cell unreadable then; as labels they would take the row its place.
    """
    is_labelled = any(label_key(cell.text) in known for cell in cells[:start])
    return is_labelled or any(cell.text for cell in cells[count:])


@lru_cache(maxsize=8192)
def _is_odd_figure(text: str, known: frozenset[str]) -> bool:
    """Tell what stands in a figure's place though it does not look like one.

    >>> [_is_odd_figure(text, frozenset()) for text in ("12①", "1 357 件", "l2", "两", "1.重复")]
    [True, True, True, True, False]
    """
    key = label_key(text)
    if len(text) > _LONGEST_FIGURE or _NUMBERED.match(text) or "年" in key:
        return False
    if not key or _LONE_NUMERAL.fullmatch(text):
        return True
    is_led = any(sign.isdecimal() for sign in text[:_BEFORE_DIGIT])
    return is_led and all(similarity(key, label) < LEAST_SIMILARITY for label in known)


def rows_of_lines(lines: Sequence[str], table_index: int, known: frozenset[str]) -> Iterable[Row]:
    """Group bare cells into rows: the lines up to and with each run of values.

    A table begins where an official label stands on a line of its own; prose holds none.
    """
    labels: list[str] = []
    values: list[str] = []
    index = 0
    is_inside = False
    short = [text for text in lines if len(text) <= LONGEST_LABEL]
    if any(label_key(text) in _NUMBER_HEADS for text in short):
        # Running numbers cannot be told from figures here.
        return
    for text in [*(text for text in lines if not is_page_mark(text)), ""]:
        is_value = 0 < len(text) <= LONGEST_LABEL and is_value_like(text)
        if is_value:
            values.append(text)
            continue
        if values:
            is_inside = is_inside or _holds_official_label(labels, known)
            if labels and is_inside:
                yield _line_row(table_index, index, labels, values)
                index += 1
            labels, values = [], []
        if text and len(text) <= LONGEST_LABEL:
            labels.append(text)
        else:
            # A prose line parts what stands before it from the table behind it.
            labels, is_inside = [], False


def _holds_official_label(labels: Sequence[str], known: frozenset[str]) -> bool:
    """Tell whether one of a few lines, or two in a row, is an official label or much like one."""
    texts = [*labels, *(first + second for first, second in pairwise(labels))]
    return any(is_like_any(label_key(text), known) for text in texts)


def _line_row(table_index: int, index: int, labels: list[str], values: list[str]) -> Row:
    cells = tuple(Cell(text, index, column) for column, text in enumerate([*labels, *values]))
    return Row(table_index, index, cells, len(labels), blanks_lost=True)
