"""All tables of a document to facts: every table in every format, then the format that fits best.

The format is told by content, never by the year: stragglers used the old form for years.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.document import Block
from transform.disclosure_table import recognise_disclosure
from transform.disputes_table import recognise_disputes
from transform.formats import Format
from transform.printed_rows import rows_of
from transform.recognised import Recognised
from transform.records import Fact, Finding
from transform.reference import Reference
from transform.requests_table import recognise_requests

# One damaged label must not move a table into another format; two rows too many or too few do.
_CLEAR_LEAD = 0.75

OFFICIAL_TABLES = ("disclosure", "requests", "disputes")


class Tables(NamedTuple):
    """The facts of a document's tables, the format they are in, and what was odd about them."""

    format: str | None
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    found: frozenset[str]


def recognise_tables(blocks: Sequence[Block], reference: Reference) -> Tables:
    """Find the three official tables among the blocks and read them."""
    rows = rows_of(blocks, reference.known_labels)
    readings: dict[str, list[tuple[Format, Recognised]]] = {
        "disclosure": [
            (form, recognise_disclosure(rows, form, reference.units)) for form in reference.formats
        ],
        "requests": [
            (form, recognise_requests(rows, form, reference.applicants, reference.units))
            for form in reference.formats
        ],
    }
    name = _best_format(readings.values())
    chosen = {table: _choose(candidates, name) for table, candidates in readings.items()}
    # The third table is the same in both formats.
    disputes = recognise_disputes(rows, reference.formats[-1], reference.units)
    chosen["disputes"] = ("", disputes)
    used = [form for form, reading in chosen.values() if form and reading.facts]
    findings = [finding for _, reading in chosen.values() for finding in reading.findings]
    if len(set(used)) > 1:
        findings.append(_disagree(used))
    return Tables(
        name,
        tuple(fact for table in OFFICIAL_TABLES for fact in chosen[table][1].facts),
        tuple(findings),
        frozenset(table for table, (_, reading) in chosen.items() if reading.facts),
    )


Candidates = list[tuple[Format, Recognised]]


def _best_format(tables: Iterable[Candidates]) -> str | None:
    """Name the format that fits all tables together best; None where there is no table."""
    fit: dict[str, float] = {}
    for candidates in tables:
        for form, reading in candidates:
            fit[form.name] = fit.get(form.name, 0.0) + reading.score
    best = max(fit, key=lambda name: fit[name])
    return best if fit[best] > 0 else None


def _choose(candidates: Candidates, name: str | None) -> tuple[str, Recognised]:
    """Read a table in the report's format, unless another one fits it clearly better."""
    own, best = max(
        ((form.name, reading) for form, reading in candidates), key=lambda pair: pair[1].score
    )
    for form, reading in candidates:
        if form.name == name and best.score - reading.score < _CLEAR_LEAD:
            return form.name, reading
    return own, best


def _disagree(names: Sequence[str]) -> Finding:
    return Finding(
        "tables_disagree_on_format",
        f"主动公开情况表采用{names[0]}年格式，申请情况表采用{names[1]}年格式，按各自格式读取。",
        expected=names[0],
        actual=names[1],
    )
