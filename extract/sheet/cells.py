"""The program that opens a workbook: bytes on stdin, the filled cells of its sheets on stdout.

Run as a process of its own by `extract/sheet/book.py`, with limits on memory and time: a damaged
workbook can make the library ask for terabytes, and then the process is gone.
"""

import datetime
import io
import json
import resource
import sys
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_MOST_MEMORY = 2**30
_MOST_SECONDS = 20
# The library spreads a sheet out from its first filled cell to its last.
_LARGEST_AREA = 4_000_000
_MOST_CELLS = 200_000
_MOST_MERGED = 50_000


def main() -> None:
    """Read a workbook from stdin; print its sheets, or why there are none, as JSON."""
    _limit(resource.RLIMIT_AS, _MOST_MEMORY)
    _limit(resource.RLIMIT_CPU, _MOST_SECONDS)
    try:
        answer: dict[str, object] = {"sheets": _sheets(sys.stdin.buffer.read())}
    except PasswordError:
        answer = {"error": "PasswordNeeded"}
    except CalamineError as error:
        answer = {"error": "DamagedFile", "why": str(error)}
    except (OverflowError, MemoryError):
        answer = {"error": "TooLarge"}
    sys.stdout.write(json.dumps(answer))


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _sheets(data: bytes) -> list[dict[str, object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: list[dict[str, object]] = []
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
            content = book.get_sheet_by_index(index)
            merged = content.merged_cell_ranges
            cells = _cells(content)
            if len(merged or ()) > _MOST_MERGED:
                raise OverflowError
            found.append({"name": sheet.name, "cells": cells, "merged": merged})
    return found


def _cells(sheet: CalamineSheet) -> list[tuple[int, int, str]]:
    """Give row, column and text of each cell that is not blank."""
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > _LARGEST_AREA:
        raise OverflowError
    first_row, first_column = sheet.start
    cells = []
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start=first_row):
        for column, value in enumerate(values, start=first_column):
            text = printed(value).strip() if value != "" else ""
            if text:
                cells.append((row, column, text))
        if len(cells) > _MOST_CELLS:
            raise OverflowError
    return cells


def printed(value: object) -> str:
    """Print a value as a sheet shows it in a cell of no format.

    >>> [printed(v) for v in (3.0, 0.1 + 0.2, 42.856, 1e20, -0.0, True)]
    ['3', '0.3', '42.856', '100000000000000000000', '0', 'TRUE']
    >>> printed(datetime.datetime(2024, 1, 9)), printed(datetime.datetime(2024, 1, 9, 8, 30))
    ('2024-01-09', '2024-01-09 08:30:00')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # Fifteen digits are what a sheet keeps; what is behind them is noise.
        plain = f"{Decimal(f'{value:.15g}'):f}"
        return "0" if plain == "-0" else plain
    if isinstance(value, datetime.datetime):
        day = value.date().isoformat()
        return day if value.time() == datetime.time() else f"{day} {value.time().isoformat()}"
    return str(value)


if __name__ == "__main__":
    main()
