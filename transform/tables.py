"""All tables of a document to facts: every table in every format, then the format that fits best.

The format is told by content, never by the year: stragglers used the old form for years.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.document import Block
from transform.disclosure_table import recognise_disclosure
from transform.disputes_table import recognise_disputes
from transform.layouts import (
    FactsOfLayout,
    Layout,
    facts_of_layout,
    has_blank_total,
    layout_of,
    with_stand_ins,
)
from transform.printed_rows import rows_of
from transform.recognised import Reading, Recognised
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
    if parted := layout_of(blocks, reference.known_labels):
        layout, figures = parted
        if known := _known_layout(layout, reference):
            tables, facts = known
            filled = facts.of(figures, reference.units)
            if "" not in figures or not has_blank_total(filled):
                return tables._replace(facts=filled)
    return recognise_anew(blocks, reference)


@lru_cache(maxsize=256)
def _known_layout(layout: Layout, reference: Reference) -> tuple[Tables, FactsOfLayout] | None:
    """Recognise a layout; None where its figures decide more than the values of facts.

    Findings may quote figures.
    """
    tables = recognise_anew(with_stand_ins(layout), reference)
    if tables.findings:
        return None
    facts = facts_of_layout(tables.facts, layout, reference.indicators, reference.units)
    return (tables, facts) if facts else None


def recognise_anew(blocks: Sequence[Block], reference: Reference) -> Tables:
    """Find and read the tables without a look at layouts that are known."""
    rows = rows_of(blocks, reference.known_labels)
    forms, units = reference.formats, reference.units
    disclosure = recognise_disclosure(rows, forms, units)
    requests = recognise_requests(rows, forms, reference.applicants, units)
    names = [form.name for form in forms]
    readings = {
        "disclosure": dict(zip(names, disclosure, strict=True)),
        "requests": dict(zip(names, requests, strict=True)),
    }
    name = _best_format(readings.values())
    chosen: dict[str, tuple[str, Recognised]] = {}
    for table, candidates in readings.items():
        own = _choose(candidates, name)
        chosen[table] = (own, candidates[own].read())
    # The third table is the same in both formats.
    chosen["disputes"] = ("", recognise_disputes(rows, forms[-1], units))
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


def _best_format(tables: Iterable[Mapping[str, Reading]]) -> str | None:
    """Name the format that fits all tables together best; None where there is no table."""
    fit: dict[str, float] = {}
    for candidates in tables:
        for form, reading in candidates.items():
            fit[form] = fit.get(form, 0.0) + reading.score
    best = max(fit, key=lambda form: fit[form])
    return best if fit[best] > 0 else None


def _choose(candidates: Mapping[str, Reading], name: str | None) -> str:
    """Read a table in the report's format, unless another one fits it clearly better."""
    best = max(candidates, key=lambda form: candidates[form].score)
    if name and candidates[best].score - candidates[name].score < _CLEAR_LEAD:
        return name
    return best


def _disagree(names: Sequence[str]) -> Finding:
    return Finding(
        "tables_disagree_on_format",
        f"主动公开情况表采用{names[0]}年格式，申请情况表采用{names[1]}年格式，按各自格式读取。",
        expected=names[0],
        actual=names[1],
    )
