"""What the benchmarks of speed rest on: fair pages, an honest yardstick, clocks that tell all."""

import gc

import pytest

from benchmarks.by_hand import read_page
from benchmarks.corpus.generate import generate
from benchmarks.corpus.portal import portal
from benchmarks.inbox import page, write_portal_pages
from benchmarks.stages import STAGES, costs
from extract import read_document
from flows.process import process_chunk
from flows.records import Chunk
from flows.reference import load_reference
from transform.records import Source
from transform.report import build_report

REPORTS = list(generate(20240131, 6))


def facts_of(data):
    report = build_report(read_document(data), Source("a.html", "0" * 64, 1), load_reference())
    return {(fact.indicator, fact.applicant): fact for fact in report.facts}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.township_code)
def test_the_hand_written_pipeline_reads_plain_figures_right(report, tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(page(report, 0))
    read = {(row[3], row[4]): row[5] for row in read_page(path)}
    plain = [row for row in report.truth() if row.raw_text.isascii() and row.raw_text.isdigit()]
    assert len(plain) > 100
    assert [read.get((row.indicator, row.applicant)) for row in plain] == [
        row.raw_text for row in plain
    ]


@pytest.mark.parametrize("position", [0, 1], ids=["gb18030", "utf-8"])
def test_pages_of_portals_are_as_large_as_real_ones_and_read_right(position):
    report = REPORTS[position]
    data = page(report, position)
    assert 25 << 10 < len(data) < 40 << 10
    facts = facts_of(data)
    for row in report.truth():
        fact = facts[row.indicator, row.applicant]
        assert (fact.value, fact.value_status) == (row.value, row.value_status)


def test_what_is_remembered_of_labels_carries_no_figures():
    one, other = (r for r in generate(7, 2, ["2021"]))
    for report in (one, other, one):
        facts = facts_of(portal(report).encode())
        assert [facts[row.indicator, row.applicant].value for row in report.truth()] == [
            row.value for row in report.truth()
        ]


def test_every_stage_is_measured():
    spent = costs([page(report, 0) for report in REPORTS])
    assert list(spent) == list(STAGES)
    assert all(seconds > 0 for seconds in spent.values())


def test_pages_are_written_once(tmp_path):
    pages = write_portal_pages(tmp_path, 3)
    assert len(pages) == 3
    pages[0].write_bytes(b"mine")
    assert write_portal_pages(tmp_path, 3) == pages
    assert pages[0].read_bytes() == b"mine"


def test_a_chunk_leaves_the_collector_as_it_was(tmp_path):
    before = gc.get_threshold()
    process_chunk(Chunk("0", ()), tmp_path)
    assert gc.get_threshold() == before
