"""The corrections file (`corrections.csv` beside the warehouse): who overrules what, and why.

Read and held to its form here; whether a line fits anything, the warehouse tells.
"""

import codecs
import csv
import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flows.exceptions import CorrectionsError

OVERRULE, DISMISS = "value", "dismiss"
# What DECIMAL(20,4) takes as it stands; 1e5, 1_000 and full-width digits are more likely slips.
_NUMBER = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,4})?")


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
    lines = tuple(_lines(_text(path), path))
    _require_no_two_for_one(lines, path)
    return lines


def _text(path: Path) -> str:
    data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line_no = data.count(b"\n", 0, error.start) + 1
        raise CorrectionsError(
            path, line_no, "is not UTF-8; save the file as “CSV UTF-8”"
        ) from None


def _lines(text: str, path: Path) -> Iterator[Correction]:
    rows = _rows(text, path)
    if next(rows, (1, []))[1] != list(COLUMNS):
        raise CorrectionsError(path, 1, f"must be the header {','.join(COLUMNS)}")
    for line_no, fields in rows:
        texts = [text.strip() or None for text in fields]
        if not any(texts):
            continue
        if len(texts) != len(COLUMNS):
            raise CorrectionsError(path, line_no, f"has {len(texts)} fields, not {len(COLUMNS)}")
        line = Correction(line_no, *texts)
        if said := _what_is_wrong(line):
            raise CorrectionsError(path, line_no, said)
        yield line


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give each row of the CSV with the number of its (last) line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for fields in reader:
            yield reader.line_num, fields
    except csv.Error as error:
        raise CorrectionsError(path, reader.line_num, f"is no CSV: {error}") from None


def _what_is_wrong(line: Correction) -> str | None:
    """Say what keeps a line from being a correction."""
    for name in ("report_id", "action", "who", "corrected_on", "why"):
        if getattr(line, name) is None:
            return f"lacks {name}"
    if not _is_day(line.corrected_on or ""):
        return f"has corrected_on {line.corrected_on}; write it as 2026-01-31"
    if line.action == OVERRULE:
        return _wrong_overrule(line)
    if line.action == DISMISS:
        return _wrong_dismissal(line)
    return f"has action {line.action}; it is {OVERRULE} or {DISMISS}"


def _is_day(text: str) -> bool:
    """Tell a day in the one form in which the warehouse gives it back."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong_overrule(line: Correction) -> str | None:
    if line.indicator is None:
        return "lacks the indicator of the cell"
    if line.rule is not None:
        return f"names the rule {line.rule}; a value has none, leave it empty"
    if line.new is not None and not _NUMBER.fullmatch(line.new):
        return f"has new {line.new}; write a plain number, or leave it empty where none is known"
    return None


def _wrong_dismissal(line: Correction) -> str | None:
    if line.rule is None:
        return "lacks the rule of the finding"
    if line.old is not None or line.new is not None:
        return "has old or new; a finding has no value, leave them empty"
    return None


def _require_no_two_for_one(lines: tuple[Correction, ...], path: Path) -> None:
    """Two lines for one cell, or for one finding, would leave open which of them holds."""
    earlier: dict[tuple[str | None, ...], list[Correction]] = {}
    for line in lines:
        fellows = earlier.setdefault((line.report_id, line.action, line.rule), [])
        for fellow in fellows:
            if _may_be_one(line, fellow):
                wrong = f"is for the same as line {fellow.line_no}; keep one of them"
                raise CorrectionsError(path, line.line_no, wrong)
        fellows.append(line)


def _may_be_one(line: Correction, other: Correction) -> bool:
    """Tell whether two lines of one report, action and rule can be for one cell or finding."""
    pairs = ((line.indicator, other.indicator), (line.applicant, other.applicant))
    if line.action == OVERRULE:
        return all(one == another for one, another in pairs)
    # what a dismissal leaves empty fits all
    return all(one is None or another is None or one == another for one, another in pairs)
