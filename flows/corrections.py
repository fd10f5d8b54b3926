"""The corrections file (`corrections.csv` beside the warehouse): who overrules what, and why.

Read and held to its form here; whether a line fits anything, the warehouse tells.
"""

import csv
import datetime
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from flows.exceptions import CorrectionsError

OVERRULE, DISMISS = "value", "dismiss"
_MOST_PLACES, _LARGEST = 4, Decimal(10) ** 16


class Correction(NamedTuple):
    """One line of the file, in its columns; what is empty there is None here."""

    line_no: int
    report_id: str | None
    action: str | None
    indicator: str | None
    applicant: str | None
    rule: str | None
    old: str | None
    new: str | None
    who: str | None
    corrected_on: str | None
    why: str | None


COLUMNS = Correction._fields[1:]


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the file; no file, no corrections.

    Raises CorrectionsError naming the first line that has not the form, and what is wrong with it.
    """
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = tuple(_lines(csv.DictReader(stream, strict=True), path))
    except UnicodeDecodeError:
        raise CorrectionsError(path, 1, "is not UTF-8; save it as “CSV UTF-8”") from None
    except csv.Error as error:
        raise CorrectionsError(path, 1, f"is no CSV: {error}") from None
    _require_once(lines, path)
    return lines


def _lines(reader: "csv.DictReader[str]", path: Path) -> Iterator[Correction]:
    if list(reader.fieldnames or ()) != list(COLUMNS):
        raise CorrectionsError(path, 1, f"must be the header {','.join(COLUMNS)}")
    for row in reader:
        if None in row or None in row.values():
            raise CorrectionsError(path, reader.line_num, f"must have {len(COLUMNS)} fields")
        texts = [(row[name] or "").strip() or None for name in COLUMNS]
        if any(texts):
            line = Correction(reader.line_num, *texts)
            wrong = _what_is_wrong(line)
            if wrong:
                raise CorrectionsError(path, line.line_no, wrong)
            yield line


def _what_is_wrong(line: Correction) -> str | None:
    """Say what keeps a line from being a correction."""
    for name in ("report_id", "action", "who", "corrected_on", "why"):
        if getattr(line, name) is None:
            return f"lacks {name}"
    try:
        datetime.date.fromisoformat(line.corrected_on or "")
    except ValueError:
        return f"has corrected_on {line.corrected_on}; write it as 2026-01-31"
    if line.action == OVERRULE:
        return _wrong_overrule(line)
    if line.action == DISMISS:
        return _wrong_dismissal(line)
    return f"has action {line.action}; it is {OVERRULE} or {DISMISS}"


def _wrong_overrule(line: Correction) -> str | None:
    if line.indicator is None:
        return "lacks the indicator of the cell"
    if line.rule is not None:
        return f"names the rule {line.rule}; a value has none, leave it empty"
    if line.new is not None and not _is_number(line.new):
        return f"has new {line.new}; write a plain number, or leave it empty where none is known"
    return None


def _wrong_dismissal(line: Correction) -> str | None:
    if line.rule is None:
        return "lacks the rule of the finding"
    if line.old is not None or line.new is not None:
        return "has old or new; a finding has no value, leave them empty"
    return None


def _is_number(text: str) -> bool:
    """Tell what DECIMAL(20,4) takes as it stands."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_MOST_PLACES and abs(number) < _LARGEST


def _require_once(lines: tuple[Correction, ...], path: Path) -> None:
    """Two lines for one cell would leave open which of them holds."""
    seen: dict[tuple[str | None, ...], int] = {}
    for line in lines:
        what = (line.report_id, line.action, line.indicator, line.applicant, line.rule)
        if what in seen:
            raise CorrectionsError(path, line.line_no, f"corrects what line {seen[what]} does")
        seen[what] = line.line_no
