"""The three tables of many reports at once, as a matrix with a row a report and a column a cell."""

from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.corpus import template
from benchmarks.corpus.figures import outcomes

Numbers = npt.NDArray[np.float64]
Random = np.random.Generator

_PEOPLE = tuple(a.code for a in template.applicants() if a.code != "total")
_RESULTS = ("upheld", "corrected", "other", "pending")
_SILENT = 0.4  # share of reports in which everything is zero
_MISTAKEN = 0.02  # share of reports with a sum that is wrong


@cache
def positions(report_format: str) -> dict[template.Key, int]:
    """Give the column of each cell, in the order of the form."""
    return {key: at for at, key in enumerate(template.keys(report_format))}


def drawn(random: Random, report_format: str, carried: tuple[Numbers, Numbers]) -> Numbers:
    """Draw the tables of one report for each number in `carried`: carried in, carried out."""
    rows = len(carried[0])
    cells = np.zeros((rows, len(positions(report_format))))
    says_something = random.random(rows) >= _SILENT
    _draw_disclosure(random, report_format, cells, says_something)
    for who in _PEOPLE:
        here = carried if who == "natural_person" else (np.zeros(rows), np.zeros(rows))
        _draw_requests(random, report_format, cells, who, (says_something, *here))
    _add_applicants(report_format, cells)
    _draw_disputes(random, report_format, cells, says_something)
    mistaken = random.random(rows) < _MISTAKEN
    cells[mistaken, positions(report_format)["requests.processed_total", "total"]] += 1
    return cells


def _draw_disclosure(
    random: Random, report_format: str, cells: Numbers, says_something: npt.NDArray[np.bool_]
) -> None:
    at, rows = positions(report_format), len(cells)
    for indicator in template.indicators(report_format):
        if indicator.table != "disclosure":
            continue
        if indicator.unit == "万元":
            value = np.round(random.exponential(20, rows) * (random.random(rows) < 0.1), 4)
        elif indicator.code.endswith("decisions"):
            value = np.minimum(np.floor(random.pareto(0.7, rows)), 9_999)
        else:
            value = random.poisson(2, rows) * (random.random(rows) < 0.2)
        cells[:, at[indicator.code, None]] = value * says_something
    for kind in ("regulations", "normative_documents"):
        if report_format == "2021":
            # as many repealed as issued, so that what is in force stays
            repealed = at[f"disclosure.{kind}.repealed", None]
            cells[:, repealed] = cells[:, at[f"disclosure.{kind}.issued", None]]
            cells[:, at[f"disclosure.{kind}.in_force", None]] = 5


def _draw_requests(
    random: Random,
    report_format: str,
    cells: Numbers,
    who: str,
    known: tuple[npt.NDArray[np.bool_], Numbers, Numbers],
) -> None:
    at, rows = positions(report_format), len(cells)
    says_something, carried_in, carried_out = known
    busy = 0.5 if who == "natural_person" else 0.05
    new = random.geometric(0.2, rows) * (says_something & (random.random(rows) < busy))
    new = np.maximum(new, carried_out - carried_in)
    cells[:, at["requests.received_new", who]] = new
    cells[:, at["requests.carried_in", who]] = carried_in
    cells[:, at["requests.carried_out", who]] = carried_out
    processed = (new + carried_in - carried_out).astype(int)
    cells[:, at["requests.processed_total", who]] = processed
    codes = outcomes(report_format)
    shares = np.full(len(codes), 0.5 / (len(codes) - 1))
    shares[codes.index("requests.granted")] = 0.5
    cells[:, [at[code, who] for code in codes]] = random.multinomial(processed, shares)


def _add_applicants(report_format: str, cells: Numbers) -> None:
    at = positions(report_format)
    for indicator in template.indicators(report_format):
        if indicator.by_applicant:
            row = [at[indicator.code, who] for who in _PEOPLE]
            cells[:, at[indicator.code, "total"]] = cells[:, row].sum(axis=1)


def _draw_disputes(
    random: Random, report_format: str, cells: Numbers, says_something: npt.NDArray[np.bool_]
) -> None:
    at, rows = positions(report_format), len(cells)
    for path in ("review", "litigation_direct", "litigation_after_review"):
        cases = random.poisson(1.5, rows) * (says_something & (random.random(rows) < 0.05))
        parts = [at[f"disputes.{path}.{result}", None] for result in _RESULTS]
        cells[:, parts] = random.multinomial(cases, [0.25] * 4)
        cells[:, at[f"disputes.{path}.total", None]] = cases
