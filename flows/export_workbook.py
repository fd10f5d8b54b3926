"""Views as one Excel workbook, a sheet each, streamed: memory does not grow with the rows.

Numbers are numbers, dates are dates, and texts are texts, so that no cell is a formula and none
needs an apostrophe. What Excel cannot hold is said where it happens, never lost without a word.
"""

import datetime
import math
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.cells import plain
from flows.export_tables import ExportTable, Written
from sql import exports

NAME = "gongkai.xlsx"

# What Excel holds: https://support.microsoft.com/office/excel-specifications-and-limits
SHEET_ROWS = 1_048_576
SHEET_NAME = 31
CELL_UNITS = 32_767  # of UTF-16
_DIGITS = 15
_FIRST_YEAR = 1900
_CUT = "……（超过单元格上限，以下已截断）"
# XML has no place for most control characters; a carriage return would come back as two lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

_BATCH = 10_000
_ROWS_MEASURED = 1_000
_WIDTHS = (8, 60)  # in characters; a Chinese one counts two
_FILTER_ARROW = 3
# A workbook of a warehouse without a run: the first day a ZIP can state.
_NO_DAY = datetime.datetime(1980, 1, 1)  # noqa: DTZ001

_WriteCell = Callable[[int, int, Any], object]


class _Formats(NamedTuple):
    header: Format
    date: Format
    moment: Format


def write_workbook(
    con: duckdb.DuckDBPyConnection, tables: Iterable[ExportTable], folder: Path
) -> Iterator[Written]:
    """Write `gongkai.xlsx`; a view of more rows than a sheet holds goes on in `name_2`, `name_3`.

    The workbook appears when it is complete. Equal warehouses give equal workbooks.
    """
    # Rows wait in files until the workbook is closed; the system's own folder may be in memory.
    with tempfile.TemporaryDirectory(prefix=f".{NAME}.", dir=folder) as place:
        draft = Path(place) / NAME
        book = Workbook(str(draft), {"constant_memory": True, "tmpdir": place})
        book.use_zip64()
        book.set_properties({"created": exports.last_run_ended(con) or _NO_DAY})
        formats = _Formats(
            book.add_format({"bold": True}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        )
        for table in tables:
            yield from _write_table(book, formats, table)
        # Not by `with`, which would pack an interrupted workbook, too.
        book.close()
        draft.replace(folder / NAME)


def _write_table(book: Workbook, formats: _Formats, table: ExportTable) -> Iterator[Written]:
    most = SHEET_ROWS - 1
    parts = max(1, math.ceil(table.rows / most))
    rows = _stream(table.ordered)
    for part in range(1, parts + 1):
        count = min(most, table.rows - (part - 1) * most)
        suffix = f"_{part}" if part > 1 else ""
        name = table.caption[: SHEET_NAME - len(suffix)] + suffix
        sheet = _Sheet(book.add_worksheet(name), formats, table)
        sheet.write(islice(rows, count), count)
        yield Written(table, (NAME,), count, name, part, tuple(_remarks(part, parts, sheet.cut)))


def _stream(relation: duckdb.DuckDBPyRelation) -> Iterator[tuple[object, ...]]:
    while rows := relation.fetchmany(_BATCH):
        yield from rows


def _remarks(part: int, parts: int, cut: int) -> Iterator[str]:
    if parts > 1:
        yield f"part {part} of {parts}, for a sheet holds no more: --county and --year give less"
    if cut:
        yield f"{cut:,} texts cut to {CELL_UNITS:,} characters, the most a cell holds"


class _Sheet:
    """One sheet while it is written; `cut` counts the texts that did not fit a cell."""

    def __init__(self, sheet: Worksheet, formats: _Formats, table: ExportTable) -> None:
        self.cut = 0
        self._sheet = sheet
        self._formats = formats
        self._columns = table.columns

    def write(self, rows: Iterator[tuple[object, ...]], count: int) -> None:
        """Write header and rows, from left to right and top to bottom, as streaming wants it."""
        sample = list(islice(rows, _ROWS_MEASURED))
        self._lay_out(sample, count)
        for at, column in enumerate(self._columns):
            self._sheet.write_string(0, at, column.header, self._formats.header)
        writers = [self._writer(column.type) for column in self._columns]
        for number, row in enumerate(chain(sample, rows), start=1):
            for at, value in enumerate(row):
                if value is not None:
                    writers[at](number, at, value)

    def _lay_out(self, sample: Sequence[tuple[object, ...]], count: int) -> None:
        """Keep the header in sight, with filters, and columns as wide as what stands in them."""
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, count, len(self._columns) - 1)
        narrowest, widest = _WIDTHS
        for at, column in enumerate(self._columns):
            longest = max((_width(row[at]) for row in sample), default=0)
            width = max(narrowest, longest, cell_len(column.header) + _FILTER_ARROW)
            self._sheet.set_column(at, at, min(width + 1, widest))

    def _writer(self, kind: str) -> _WriteCell:
        """Give what writes the values of a column of this type."""
        if kind == "boolean":
            return self._write_boolean
        if kind == "date":
            return self._moment_writer(self._formats.date)
        if kind.startswith("timestamp"):
            return self._moment_writer(self._formats.moment)
        return self._write_number if kind in _NUMBERS else self._write_text

    def _write_text(self, row: int, column: int, value: object) -> None:
        text = _CONTROL.sub("", plain(value))
        # A text of half the limit fits whatever it consists of.
        if len(text) > CELL_UNITS // 2:
            text = self._fitting(text)
        if text:
            self._sheet.write_string(row, column, text)

    def _fitting(self, text: str) -> str:
        units = text.encode("utf-16-le")
        if len(units) <= 2 * CELL_UNITS:
            return text
        self.cut += 1
        kept = units[: 2 * (CELL_UNITS - len(_CUT))]
        return kept.decode("utf-16-le", errors="ignore") + _CUT

    def _write_number(self, row: int, column: int, value: float | Decimal) -> None:
        """Write a number; one of more digits than Excel keeps is written as text, with all."""
        if _is_kept(value):
            self._sheet.write_number(row, column, value)
        else:
            self._write_text(row, column, value)

    def _write_boolean(self, row: int, column: int, value: bool) -> None:
        self._sheet.write_boolean(row, column, value)

    def _moment_writer(self, form: Format) -> _WriteCell:
        def write(row: int, column: int, value: datetime.date) -> None:
            if value.year < _FIRST_YEAR:
                self._write_text(row, column, value)
            else:
                self._sheet.write_datetime(row, column, value, form)

        return write


_NUMBERS = {
    "tinyint", "smallint", "integer", "bigint", "hugeint",
    "utinyint", "usmallint", "uinteger", "ubigint", "uhugeint",
    "float", "double", "decimal",
}  # fmt: skip


def _is_kept(value: float | Decimal) -> bool:
    """Tell whether Excel keeps every digit; of a binary fraction it keeps as many as it shows."""
    if isinstance(value, float):
        return math.isfinite(value)
    return Decimal(f"{value:.{_DIGITS}g}") == value


def _width(value: object) -> int:
    return cell_len(plain(value))
