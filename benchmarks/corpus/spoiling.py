"""What all kinds of mistakes need: the record of one, reports printed plainly, the year after."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from benchmarks.corpus import template
from benchmarks.corpus.figures import completed, plain
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.template import Key

KINDS_IN_FORCE = ("disclosure.regulations", "disclosure.normative_documents")

Values = dict[Key, str | None]


class Planted(NamedTuple):
    """Reports in the order in which they came out, the last with a mistake, and what must be found.

    The finding is of the last report; where the rule names no cell, `evidence` is what must stand
    in its evidence, or None where one finding is like another.
    """

    rule: str
    reports: tuple[KnownReport, ...]
    indicator: str | None = None
    applicant: str | None = None
    evidence: str | None = None


# None where the report has no room for the mistake.
Mistake = Callable[[Random, KnownReport], Planted | None]


def figures_of(report: KnownReport) -> dict[Key, Decimal]:
    """Give every figure of a report; what is blank in it is a zero left out."""
    return {
        (row.indicator, row.applicant): row.value if row.value is not None else Decimal(0)
        for row in report.truth()
    }


def printed_plainly(report: KnownReport) -> KnownReport:
    """Give the same report with every figure printed as a plain number."""
    values: Values = {key: plain(value) for key, value in figures_of(report).items()}
    return replace(report, values=values, readings={})


def sequel(report: KnownReport) -> KnownReport:
    """Give a report for the year after that agrees with this one in all that is carried over."""
    last = figures_of(report)
    leaves = _leaves(last, report.format)
    for applicant in template.applicants():
        if applicant.code != "total":
            who = applicant.code
            carried = last["requests.carried_out", who]
            more = carried - last["requests.carried_in", who]
            leaves["requests.carried_in", who] = carried
            leaves["requests.received_new", who] = last["requests.received_new", who] - more
    if report.format == "2021":
        for kind in KINDS_IN_FORCE:
            there = last[f"{kind}.in_force", None] + last[f"{kind}.issued", None]
            leaves[f"{kind}.repealed", None] = min(last[f"{kind}.repealed", None], there)
            leaves[f"{kind}.in_force", None] = there - leaves[f"{kind}.repealed", None]
    figures = completed(leaves, report.format)
    return replace(
        _a_year_later(report), values={key: plain(value) for key, value in figures.items()}
    )


def _leaves(figures: Mapping[Key, Decimal], report_format: str) -> dict[Key, Decimal]:
    """Leave out what is a sum, so that it is computed anew."""
    sums = {i.sum_into for i in template.indicators(report_format) if i.sum_into}
    return {
        key: value for key, value in figures.items() if key[0] not in sums and key[1] != "total"
    }


def _a_year_later(report: KnownReport) -> KnownReport:
    """Move the year on, and drop what the prose says in figures, for they are last year's."""
    year, later = str(report.year), str(report.year + 1)
    day = report.published_on

    def moved(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text.replace(year, later) for text in texts)

    def without_figures(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if not re.search(r"\d", text.replace(year, "")))

    *prose, last = report.sections
    return replace(
        report,
        year=report.year + 1,
        readings={},
        preamble=moved(report.preamble),
        sections=(*(moved(without_figures(texts)) for texts in prose), moved(last)),
        published_on=day and day.replace(year=day.year + 1),
    )


def changed(report: KnownReport, key: Key, text: str | None) -> KnownReport:
    """Print one cell otherwise."""
    return replace(report, values={**report.values, key: text}, readings={})
