"""A workbook's visible sheets: filled cells and merged ranges, read in a process of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from extract.exceptions import UnreadableFileError
from extract.opc import Element, Package

_PROGRAM = Path(__file__).with_name("cells.py")
_MOST_SECONDS = 60
_ZIP = b"PK"
# The record FILEPASS behind the one that opens an xls workbook; the stream of a locked xlsx.
_LOCKED = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00|"
    + re.escape("EncryptedPackage".encode("utf-16-le")),
    re.DOTALL,
)
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ADVICE = {
    "PasswordNeeded": "Save it without a password and ingest that.",
    "DamagedFile": "Fetch it again, or open it in Excel and save it anew.",
    "TooLarge": "Delete what stands far from the report's tables and save it anew.",
}
_REASONS = {
    "PasswordNeeded": "This workbook is locked with a password.",
    "DamagedFile": "This workbook cannot be read",
    "TooLarge": "This workbook is larger than any report.",
}

Position = tuple[int, int]
Range = tuple[Position, Position]


class Sheet(NamedTuple):
    """Texts of the filled cells by (row, column), and the merged ranges: first cell, last cell."""

    name: str
    cells: dict[Position, str]
    merged: list[Range]


def read_book(data: bytes) -> list[Sheet]:
    """Give the visible sheets in order."""
    package = Package(data) if data.startswith(_ZIP) else None
    answer = _asked(data)
    if "error" in answer and _LOCKED.search(data):
        raise _unreadable("PasswordNeeded", "")
    if "error" in answer:
        raise _unreadable(answer["error"], answer.get("why", ""))
    unseen = _Unseen(package)
    sheets = []
    for sheet in answer["sheets"]:
        cells = {(row, column): text for row, column, text in sheet["cells"]}
        merged = [((a, b), (c, d)) for (a, b), (c, d) in sheet["merged"] or ()]
        texts = unseen.texts(sheet["name"])
        merged = merged or unseen.merged(sheet["name"])
        sheets.append(Sheet(sheet["name"], texts | cells, merged))
    return sheets


def _asked(data: bytes) -> dict[str, Any]:
    """Give what the program says of the workbook, in a few words where it died of it."""
    # Not a module run: its folder must not stand in front of the standard library.
    command = [sys.executable, "-P", str(_PROGRAM)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": "TooLarge"}
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    is_memory = b"memory allocation" in done.stderr or b"MemoryError" in done.stderr
    return {"error": "TooLarge"} if is_memory else {"error": "DamagedFile"}


def _unreadable(error: str, why: str) -> UnreadableFileError:
    reason = _REASONS[error]
    if error == "DamagedFile":
        reason += f": {' '.join(why.split())}." if why else "."
    return UnreadableFileError(error, reason, _ADVICE[error])


class _Unseen:
    """What the library does not tell of a sheet, from the file's own XML."""

    def __init__(self, package: Package | None) -> None:
        self._package = package
        self._parts = {} if package is None else dict(_sheet_parts(package))
        names = package.names() if package else []
        is_open_document = package is not None and "content.xml" in names
        self._open = package.root("content.xml") if package and is_open_document else None

    def texts(self, name: str) -> dict[Position, str]:
        """Give errors, and formulas whose result was never computed: neither is a blank."""
        if self._package is None or name not in self._parts:
            return {}
        return dict(_xlsx_texts(self._package.root(self._parts[name])))

    def merged(self, name: str) -> list[Range]:
        """Give the merged ranges of a sheet of an OpenDocument file."""
        if self._open is None:
            return []
        tables = self._open.iter(_TABLE + "table")
        return next((_ods_merged(t) for t in tables if t.get(_TABLE + "name") == name), [])


def _sheet_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Give name and part of each sheet of an XLSX file."""
    main = package.main_part("")
    if not main.endswith(".xml"):
        return
    related = package.relationships(main)
    for sheet in package.root(main).iter(_S + "sheet"):
        kind, part = related.get(sheet.get(_ID, ""), ("", ""))
        if kind.endswith("/worksheet"):
            yield sheet.get("name", ""), part


def _xlsx_texts(root: Element) -> Iterator[tuple[Position, str]]:
    row_index = -1
    for row in root.iter(_S + "row"):
        row_index = _number(row.get("r"), row_index + 2) - 1
        column = -1
        for cell in row.iterchildren(_S + "c"):
            letters = (cell.get("r") or "").rstrip("0123456789")
            column = _column(letters) if letters else column + 1
            result, formula = cell.findtext(_S + "v"), cell.find(_S + "f")
            if cell.get("t") == "e":
                yield (row_index, column), result or "#VALUE!"
            elif formula is not None and not result and cell.get("t") != "str":
                yield (row_index, column), f"={formula.text or ''}"


def _column(letters: str) -> int:
    column = 0
    for letter in letters[:3].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _ods_merged(table: Element) -> list[Range]:
    found = []
    row_index = 0
    for row in table.iter(_TABLE + "table-row"):
        column = 0
        for cell in row:
            height = _number(cell.get(_TABLE + "number-rows-spanned"), 1)
            width = _number(cell.get(_TABLE + "number-columns-spanned"), 1)
            if height > 1 or width > 1:
                last = (row_index + height - 1, column + width - 1)
                found.append(((row_index, column), last))
            column += _number(cell.get(_TABLE + "number-columns-repeated"), 1)
        row_index += _number(row.get(_TABLE + "number-rows-repeated"), 1)
    return found


def _number(text: str | None, otherwise: int) -> int:
    """Read a count; anything else than one to seven digits is none."""
    is_count = text is not None and text.isascii() and text.isdigit() and len(text) <= 7
    return max(int(text or 0), 1) if is_count else otherwise
