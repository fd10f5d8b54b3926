"""Mistakes in the official tables, each where its rule must find it."""

from dataclasses import dataclass, fields
from decimal import Decimal
from random import Random

from benchmarks.corpus import template
from benchmarks.corpus.figures import plain
from benchmarks.corpus.report import SECTION_TABLES, KnownReport
from benchmarks.corpus.spoiling import (
    KINDS_IN_FORCE,
    Mistake,
    Planted,
    changed,
    figures_of,
    sequel,
)
from benchmarks.corpus.template import Grid, Key

_PROCESSED = "requests.processed_total"
_MOST_ADDED = 5
# Ten times less is a jump of 27 then, and a rule that looks for 20 or more must see it.
_LEAST_TO_JUMP, _MOST_TO_JUMP = 3, 60


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


def _raised(random: Random, report: KnownReport, key: Key) -> KnownReport:
    """Print a figure too high."""
    return changed(report, key, plain(figures_of(report)[key] + random.randint(1, _MOST_ADDED)))


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
    return Planted("negative_count", (changed(report, key, f"-{random.randint(1, 9)}"),), *key)


def _fractional(random: Random, report: KnownReport) -> Planted:
    units = template.units(report.format)
    key = random.choice([key for key in report.values if units[key[0]] in ("件", "项")])
    return Planted("fractional_count", (changed(report, key, f"{random.randint(0, 9)}.5"),), *key)


def _blank(random: Random, report: KnownReport) -> Planted:
    key = random.choice(list(report.values))
    return Planted("blank_cells", (changed(report, key, None),), evidence=key[0].split(".")[0])


def _table_missing(random: Random, report: KnownReport) -> Planted:
    lost = random.choice(list(SECTION_TABLES.values()))
    kept = {field.name: getattr(report, field.name) for field in fields(report)}
    return Planted("table_missing", (WithoutTable(**kept, lost=lost),), evidence=lost)


def _carry_over(random: Random, report: KnownReport) -> Planted:
    who = _applicant(random)
    wrong = _raised(random, sequel(report), ("requests.carried_in", who))
    return Planted("carry_over_balance", (report, wrong), "requests.carried_in", who)


def _in_force(random: Random, report: KnownReport) -> Planted | None:
    """Only the format of 2021 says what is in force."""
    if report.format != "2021":
        return None
    row = f"{random.choice(KINDS_IN_FORCE)}.in_force"
    wrong = _raised(random, sequel(report), (row, None))
    return Planted("in_force_balance", (report, wrong), row)


def _jump(random: Random, report: KnownReport) -> Planted | None:
    """Print a digit too many in the fourth of four years.

    Left to the format of 2021: the older one was out of force before the fourth.
    """
    if report.format != "2021":
        return None
    decisions = [i.code for i in template.indicators("2021") if i.code.endswith(".decisions")]
    key = (random.choice(decisions), None)
    usual = figures_of(report)[key]
    if usual < _LEAST_TO_JUMP:
        usual = Decimal(random.randint(_LEAST_TO_JUMP, _MOST_TO_JUMP))
    years = [changed(report, key, plain(usual))]
    for _ in range(3):
        years.append(sequel(years[-1]))
    wrong = changed(years.pop(), key, plain(10 * usual + random.randint(0, 9)))
    return Planted("jump", (*years, wrong), key[0])


MISTAKES_IN_TABLES: dict[str, Mistake] = {
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
    "jump": _jump,
}
