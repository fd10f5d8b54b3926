"""Every mistake planted in generated reports is found by its rule; clean reports have no errors.

`make bench-mistakes` does the same at a larger size.
"""

from collections import Counter

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.mistakes import MISTAKES
from benchmarks.corpus.spoiling import figures_of, printed_plainly, sequel
from benchmarks.planted import (
    CLEAN,
    MISTAKEN,
    SEED,
    findings_of,
    is_found,
    loaded,
    make_corpus,
    read_corpus,
    with_rule,
)

# A zero left blank is no mistake in what is counted.
ALSO_IN_CLEAN = {"blank_cells"}


@pytest.fixture(scope="module")
def corpus():
    return make_corpus()


@pytest.fixture(scope="module")
def read(corpus):
    return read_corpus(corpus)


@pytest.fixture(scope="module")
def con(read):
    with loaded(read) as con:
        yield con


@pytest.fixture(scope="module")
def findings(con):
    return findings_of(con)


def test_every_planted_mistake_is_found_by_its_rule(corpus, read, findings):
    missed = [
        (case.rule, case.indicator, case.applicant, case.evidence, case.reports[-1].title)
        for case, reports in zip(corpus.planted, read.planted, strict=True)
        if not is_found(case, reports, findings)
    ]
    assert missed == []


def test_every_kind_of_mistake_is_planted(corpus):
    planted = Counter(case.rule for case in corpus.planted)
    assert set(planted) == set(MISTAKES)
    assert planted.total() == MISTAKEN


def test_a_mistake_gives_no_finding_of_a_rule_it_has_nothing_to_do_with(corpus, read, findings):
    """A raised figure may break the sums it stands in, never the shape of the tables."""
    shape = {"table_missing", "negative_count", "fractional_count", "unreadable_cells"}
    for case, reports in zip(corpus.planted, read.planted, strict=True):
        assert with_rule(reports[-1:], shape - {case.rule}, findings) == []


def test_what_a_mistake_is_compared_with_has_none(corpus, read, findings):
    """The years before, and the report that stands for a copy."""
    for case, reports in zip(corpus.planted, read.planted, strict=True):
        assert with_rule(reports[:-1], {case.rule}, findings) == []


def test_clean_reports_have_no_errors(con, read, findings):
    errors = con.execute("select rule from rules where severity = 'error'").fetchall()
    assert len({report.source.report_id for report in read.clean}) == CLEAN
    rules = {rule for (rule,) in errors} | set(MISTAKES) - ALSO_IN_CLEAN
    assert with_rule(read.clean, rules, findings) == []


def test_a_sequel_agrees_with_the_year_before():
    for report in generate(SEED, 40, formats=("2021",)):
        later = sequel(report)
        first, second = figures_of(report), figures_of(later)
        assert later.year == report.year + 1
        assert min(second.values()) >= 0
        for row in ("regulations", "normative_documents"):
            kind = f"disclosure.{row}"
            assert (
                second[f"{kind}.in_force", None]
                == first[f"{kind}.in_force", None]
                + second[f"{kind}.issued", None]
                - second[f"{kind}.repealed", None]
            )
        assert second["requests.carried_in", "total"] == first["requests.carried_out", "total"]
        assert figures_of(printed_plainly(report)) == first
