"""Reports with one mistake each, planted where its rule must find it.

A report to be spoilt is printed plainly first, so that no blank or odd cell keeps a sum from being
checked. What compares two years comes as two reports, the second the sequel of the first.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import NamedTuple

from benchmarks.corpus import template
from benchmarks.corpus.figures import completed, plain
from benchmarks.corpus.report import SECTION_TABLES, KnownReport
from benchmarks.corpus.template import Grid, Key

_PROCESSED = "requests.processed_total"
_KINDS_IN_FORCE = ("disclosure.regulations", "disclosure.normative_documents")
_MOST_ADDED = 5

Values = dict[Key, str | None]


class Planted(NamedTuple):
    """Reports in the order of their years, the last with a mistake, and the finding it must give.

    Where a rule names a whole table it is `table` that must stand in its evidence.
    """

    rule: str
    reports: tuple[KnownReport, ...]
    indicator: str | None = None
    applicant: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class WithoutTable(KnownReport):
    """A report that lost one of its tables."""

    lost: str = ""

    def section_table(self, number: int) -> Grid | None:
        """Give the table that stands in a section, unless it is the lost one."""
        if SECTION_TABLES.get(number) == self.lost:
            return None
        # super() without arguments does not survive slots
        return KnownReport.section_table(self, number)


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
        for kind in _KINDS_IN_FORCE:
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


def _changed(report: KnownReport, key: Key, text: str | None) -> KnownReport:
    return replace(report, values={**report.values, key: text}, readings={})


def _raised(random: Random, report: KnownReport, key: Key) -> KnownReport:
    """Print a figure too high."""
    return _changed(report, key, plain(figures_of(report)[key] + random.randint(1, _MOST_ADDED)))


def _applicant(random: Random) -> str:
    return random.choice(template.applicants()).code


def _balance(random: Random, report: KnownReport) -> Planted:
    who = _applicant(random)
    wrong = _raised(random, report, ("requests.received_new", who))
    return Planted("requests_balance", (wrong,), _PROCESSED, who)


def _outcomes(random: Random, report: KnownReport) -> Planted:
    who = _applicant(random)
    wrong = _raised(random, report, (_PROCESSED, who))
    return Planted("outcomes_sum", (wrong,), _PROCESSED, who)


def _applicants(random: Random, report: KnownReport) -> Planted:
    rows = [i.code for i in template.indicators(report.format) if i.by_applicant]
    row = random.choice(rows)
    wrong = _raised(random, report, (row, _applicant(random)))
    return Planted("applicants_sum", (wrong,), row, "total")


def _results(random: Random, report: KnownReport) -> Planted:
    parts = [i for i in template.indicators(report.format) if i.table == "disputes" and i.sum_into]
    part = random.choice(parts)
    wrong = _raised(random, report, (part.code, None))
    return Planted("dispute_results_sum", (wrong,), part.sum_into)


def _negative(random: Random, report: KnownReport) -> Planted:
    signed = {i.code for i in template.indicators(report.format) if i.may_be_negative}
    key = random.choice([key for key in report.values if key[0] not in signed])
    return Planted("negative_count", (_changed(report, key, f"-{random.randint(1, 9)}"),), *key)


def _fractional(random: Random, report: KnownReport) -> Planted:
    units = template.units(report.format)
    key = random.choice([key for key in report.values if units[key[0]] in ("件", "项")])
    return Planted("fractional_count", (_changed(report, key, f"{random.randint(0, 9)}.5"),), *key)


def _blank(random: Random, report: KnownReport) -> Planted:
    key = random.choice(list(report.values))
    return Planted("blank_cells", (_changed(report, key, None),), table=key[0].split(".")[0])


def _table_missing(random: Random, report: KnownReport) -> Planted:
    lost = random.choice(list(SECTION_TABLES.values()))
    kept = {field.name: getattr(report, field.name) for field in fields(report)}
    return Planted("table_missing", (WithoutTable(**kept, lost=lost),), table=lost)


def _carry_over(random: Random, report: KnownReport) -> Planted:
    who = _applicant(random)
    wrong = _raised(random, sequel(report), ("requests.carried_in", who))
    return Planted("carry_over_balance", (report, wrong), "requests.carried_in", who)


def _in_force(random: Random, report: KnownReport) -> Planted:
    row = f"{random.choice(_KINDS_IN_FORCE)}.in_force"
    wrong = _raised(random, sequel(report), (row, None))
    return Planted("in_force_balance", (report, wrong), row)


MISTAKES: dict[str, Callable[[Random, KnownReport], Planted]] = {
    "requests_balance": _balance,
    "outcomes_sum": _outcomes,
    "applicants_sum": _applicants,
    "dispute_results_sum": _results,
    "negative_count": _negative,
    "fractional_count": _fractional,
    "blank_cells": _blank,
    "table_missing": _table_missing,
    "carry_over_balance": _carry_over,
    "in_force_balance": _in_force,
}


def plant(seed: int, reports: Iterable[KnownReport]) -> Iterator[Planted]:
    """Spoil each report by one mistake, the kinds in turn.

    Where the format has no row for what is in force, what is carried over is spoilt instead.
    """
    random = Random(seed)
    for report, rule in zip(reports, cycle(MISTAKES), strict=False):
        is_older = rule == "in_force_balance" and report.format != "2021"
        spoil = _carry_over if is_older else MISTAKES[rule]
        yield spoil(random, printed_plainly(report))
