"""All tables of a document to facts: every table in every format, then the format that fits best.

The format is told by content, never by the year: stragglers used the old form for years.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Block
from transform.disclosure_table import recognise_disclosure
from transform.disputes_table import recognise_disputes
from transform.formats import Format
from transform.recognised import Recognised
from transform.records import Fact, Finding
from transform.reference import Reference
from transform.requests_table import recognise_requests
from transform.rows import rows_of

# Two formats whose fit differs less than this are not told apart by this table.
_CLEAR_LEAD = 0.1

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
    told = {table: _best(candidates) for table, candidates in readings.items()}
    decided = [form.name for form, is_clear in told.values() if form and is_clear]
    name = decided[0] if decided else None
    chosen = {
        table: _choose(candidates, told[table], name) for table, candidates in readings.items()
    }
    chosen["disputes"] = recognise_disputes(rows, reference.formats[-1], reference.units)
    findings = [finding for reading in chosen.values() for finding in reading.findings]
    if len(set(decided)) > 1:
        findings.append(_disagree(decided))
    return Tables(
        name,
        tuple(fact for table in OFFICIAL_TABLES for fact in chosen[table].facts),
        tuple(findings),
        frozenset(table for table in OFFICIAL_TABLES if chosen[table].facts),
    )


def _best(candidates: list[tuple[Format, Recognised]]) -> tuple[Format | None, bool]:
    """The format that fits a table best, and whether its lead is clear."""
    ranked = sorted(candidates, key=lambda pair: pair[1].score, reverse=True)
    if ranked[0][1].score <= 0:
        return None, False
    is_clear = len(ranked) < 2 or ranked[0][1].score - ranked[1][1].score >= _CLEAR_LEAD
    return ranked[0][0], is_clear


def _choose(
    candidates: list[tuple[Format, Recognised]], told: tuple[Format | None, bool], name: str | None
) -> Recognised:
    """A table that cannot tell its own format follows the other."""
    form, is_clear = told
    wanted = form.name if form and is_clear else name
    for candidate, reading in candidates:
        if candidate.name == wanted:
            return reading
    return candidates[-1][1]


def _disagree(names: Sequence[str]) -> Finding:
    return Finding(
        "tables_disagree_on_format",
        f"主动公开情况表采用{names[0]}年格式，申请情况表采用{names[1]}年格式，按各自格式读取。",
        expected=names[0],
        actual=names[1],
    )
