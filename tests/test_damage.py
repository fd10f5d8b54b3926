"""Damaged tables: no figure moves to another place, and what is lost is said."""

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
# A line break inside a cell breaks the row itself where each row is one line, and where blank
# cells are lost a label's parts cannot be told from labels.
FRAGILE = {"torn_labels": {"pipe_rows", "markdown", "lines", "pipe", "tab"}}
PAIRS = [(damage, name) for damage in DAMAGES for name in FORMATS if name != "lines"]


@cache
def known() -> list[KnownReport]:
    return list(generate(SEED, 4))


def truth(report: KnownReport):
    return {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}


@pytest.mark.parametrize(("damage", "name"), PAIRS, ids="-".join)
def test_no_figure_moves(damage, name):
    for report in known():
        read = report_of(FORMATS[name](damaged(report, damage)).encode())
        expected = truth(report)
        for key, cell in cells(read).items():
            assert cell == expected[key] or cell[1] == "unreadable", key


@pytest.mark.parametrize(("damage", "name"), PAIRS, ids="-".join)
def test_all_that_is_printed_is_read_or_missed_aloud(damage, name):
    for report in known():
        read = report_of(FORMATS[name](damaged(report, damage)).encode())
        expected, found = truth(report), cells(read)
        lost = {key for key, cell in expected.items() if found.get(key) != cell}
        if damage == "missing_row" or name in FRAGILE.get(damage, ()):
            said = {finding.indicator for finding in read.findings if finding.rule == "row_missing"}
            unreadable = {key for key, (_, status) in found.items() if status == "unreadable"}
            unsaid = {key[0].rsplit(".", 1)[0] for key in lost - unreadable} - {
                indicator.rsplit(".", 1)[0] for indicator in said if indicator
            }
            assert not unsaid or read.status != "complete"
        else:
            assert not lost
