"""Table values whose sums are right, and the odd ways in which offices print them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from random import Random

from benchmarks.corpus import template
from benchmarks.corpus.report import Reading
from benchmarks.corpus.template import Key

Figures = dict[Key, Decimal]

_TOTAL = "total"
_THOUSAND = 1000


@cache
def outcomes(report_format: str) -> tuple[str, ...]:
    """Give the codes of the request outcomes that sum to (七)总计."""
    return tuple(
        i.code for i in template.indicators(report_format) if i.sum_into and i.by_applicant
    )


def completed(leaves: Mapping[Key, Decimal | int], report_format: str) -> Figures:
    """Fill what is not given with 0 and compute every total, by applicant and by `sum_into`."""
    figures = {key: Decimal(leaves.get(key, 0)) for key in template.keys(report_format)}
    people = [a.code for a in template.applicants() if a.code != _TOTAL]
    for indicator in template.indicators(report_format):
        if indicator.sum_into:
            for who in people if indicator.by_applicant else [None]:
                figures[indicator.sum_into, who] += figures[indicator.code, who]
    for indicator in template.indicators(report_format):
        if indicator.by_applicant:
            row = (figures[indicator.code, who] for who in people)
            figures[indicator.code, _TOTAL] = sum(row, Decimal(0))
    return figures


def drawn(random: Random, report_format: str) -> Figures:
    """Draw the figures of a report: four in ten say nothing but zero, as real ones do."""
    leaves: dict[Key, Decimal | int] = {}
    if random.random() >= 0.4:
        _draw_disclosure(random, report_format, leaves)
        _draw_requests(random, report_format, leaves)
        _draw_disputes(random, leaves)
    return completed(leaves, report_format)


def _draw_disclosure(random: Random, report_format: str, leaves: dict[Key, Decimal | int]) -> None:
    for indicator in template.indicators(report_format):
        if indicator.table != "disclosure":
            continue
        if indicator.unit == "万元":
            high = 9_000_000 if report_format == "2019" else 20_000
            value = Decimal(random.randint(1, high)) / 10_000
            leaves[indicator.code, None] = value if random.random() < 0.3 else 0
        elif indicator.may_be_negative:
            leaves[indicator.code, None] = random.choice((0, 0, 0, 1, 2, -1, -3))
        elif indicator.code.endswith("decisions"):
            leaves[indicator.code, None] = min(int(random.paretovariate(0.7)) - 1, 9_999)
        elif "regulations" not in indicator.code:
            leaves[indicator.code, None] = random.choice((0, 0, 1, 2, 5, 8))


def _draw_requests(random: Random, report_format: str, leaves: dict[Key, Decimal | int]) -> None:
    for applicant in template.applicants():
        if applicant.code == _TOTAL:
            continue
        busy = 0.7 if applicant.code == "natural_person" else 0.15
        new = int(random.expovariate(1 / 6)) if random.random() < busy else 0
        carried_in = random.choice((0, 0, 0, 1, 2)) if new else 0
        carried_out = random.choice((0, 0, 0, 1)) if new else 0
        leaves["requests.received_new", applicant.code] = new
        leaves["requests.carried_in", applicant.code] = carried_in
        leaves["requests.carried_out", applicant.code] = carried_out
        for _ in range(new + carried_in - carried_out):
            key = (_drawn_outcome(random, report_format), applicant.code)
            leaves[key] = leaves.get(key, 0) + 1


def _drawn_outcome(random: Random, report_format: str) -> str:
    if random.random() < 0.5:
        return "requests.granted"
    return random.choice(outcomes(report_format))


def _draw_disputes(random: Random, leaves: dict[Key, Decimal | int]) -> None:
    for path in ("review", "litigation_direct", "litigation_after_review"):
        if random.random() < 0.2:
            result = random.choice(("upheld", "corrected", "other", "pending"))
            leaves[f"disputes.{path}.{result}", None] = random.randint(1, 3)


def spelt(
    random: Random, figures: Figures, report_format: str
) -> tuple[dict[Key, str | None], dict[Key, Reading]]:
    """Print figures, a few of them oddly; gives texts and what the odd ones mean.

    Only zeros are left blank, so that the sums of what is printed stay right.
    """
    values: dict[Key, str | None] = {key: plain(value) for key, value in figures.items()}
    readings: dict[Key, Reading] = {}
    units = template.units(report_format)
    odd_share = random.choice((0.0, 0.0, 0.02, 0.1))
    for key, value in figures.items():
        if value >= _THOUSAND or random.random() < odd_share:
            values[key], readings[key] = _odd(random, value, units[key[0]])
    return values, readings


def plain(value: Decimal) -> str:
    """Print a value without exponent or idle zeros.

    >>> plain(Decimal("42.8560")), plain(Decimal("1200")), plain(Decimal("0"))
    ('42.856', '1200', '0')
    """
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _odd(random: Random, value: Decimal, unit: str) -> tuple[str | None, Reading]:
    reading = Reading(value)
    if value == 0:
        text = random.choice((None, "0　", "　　0", "０", "0\xa0"))
        return text, reading if text else Reading(None, "blank")
    if value < 0:
        return random.choice((f"减少{plain(-value)}", f"－{plain(-value)}")), reading
    if unit == "万元":
        return random.choice((f"{plain(value)}万元", f"{plain(value * 10_000)}元")), reading
    if value >= _THOUSAND:
        return f"{value:,.0f}", reading
    return f"{plain(value)}{unit}", reading
