"""Damaged tables: no figure moves to another place, and all that is still printed is read."""

from functools import cache

import pytest

from benchmarks.corpus.damage import DAMAGES, damaged
from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.text_layouts import LAYOUTS
from tests.support import cells, report_of

SEED = 20230131
FORMATS = {**LAYOUTS, "html": html}
PAIRS = [(damage, name) for damage in DAMAGES for name in FORMATS if name != "lines"]


@cache
def known() -> list[KnownReport]:
    return list(generate(SEED, 4))


def truth(report: KnownReport):
    return {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}


@pytest.mark.parametrize(("damage", "name"), PAIRS)
def test_all_that_is_printed_is_read(damage, name):
    for report in (damaged(report, damage) for report in known()):
        read = report_of(FORMATS[name](report).encode())
        assert cells(read) == truth(report)
        is_whole = len(report.truth()) == len(KnownReport.truth(report))
        assert read.status == ("complete" if is_whole else "partial")


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_marks_between_cells_nothing_moves_and_loss_is_said(damage):
    """Layout `lines`: blank cells are lost, labels and figures are told apart by their looks."""
    for report in (damaged(report, damage) for report in known()):
        read = report_of(LAYOUTS["lines"](report).encode())
        expected, found = truth(report), cells(read)
        wrong = {key for key, cell in found.items() if cell not in (expected[key], LOST)}
        assert not wrong
        said = {finding.indicator for finding in read.findings if finding.rule == "row_missing"}
        unsaid = {_row(key[0]) for key in expected.keys() - found.keys()} - set(map(_row, said))
        assert not unsaid or read.status == "text_only"


LOST = (None, "unreadable")


def _row(indicator: str | None) -> str:
    """Figures of one printed row share the findings of that row."""
    return (indicator or "disputes.").rsplit(".", 1)[0]
