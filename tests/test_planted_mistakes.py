"""Every mistake planted in generated reports is found by its rule; clean reports have no errors.

Larger runs by hand: set `PLANTED_CLEAN=2000 PLANTED_MISTAKEN=300`.
"""

import datetime
import os
from collections import Counter

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.mistakes import MISTAKES, figures_of, plant, printed_plainly, sequel
from benchmarks.corpus.text_layouts import LAYOUTS
from flows.reference import REFERENCE_DIR
from sql import warehouse
from sql.scripts import scripts
from tests.support import report_of
from transform.frames import to_frames

SEED = 20240207
CLEAN = int(os.environ.get("PLANTED_CLEAN", "600"))
MISTAKEN = int(os.environ.get("PLANTED_MISTAKEN", "100"))
LOADED_AT = datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)


def read(report):
    text = LAYOUTS["tab"](report)
    return report_of(text.encode(), f"{report.township_code}_{report.year}.txt")


@pytest.fixture(scope="module")
def known():
    """Clean reports, a fifth of them with the year after, and mistaken ones of other townships."""
    reports = list(generate(SEED, CLEAN + MISTAKEN))
    clean = reports[: CLEAN * 5 // 6]
    clean += [sequel(report) for report in clean[: CLEAN - len(clean)]]
    return clean, list(plant(SEED, reports[CLEAN:]))


@pytest.fixture(scope="module")
def loaded(known):
    clean, planted = known
    clean_read = [read(report) for report in clean]
    planted_read = [[read(report) for report in case.reports] for case in planted]
    everything = [*clean_read, *(report for case in planted_read for report in case)]
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, REFERENCE_DIR)
        warehouse.load_frames(con, to_frames(everything), "run-1", LOADED_AT)
        warehouse.finish_load(con, "run-1")
        warehouse.verify(con)
        yield con, clean_read, planted_read


@pytest.fixture(scope="module")
def found(loaded):
    """(report, rule) to what it says: indicator, applicant, evidence."""
    con, _, _ = loaded
    said = {}
    for check in scripts("checks"):
        columns = "report_id, indicator, applicant, evidence"
        for name, *rest in con.execute(f"select {columns} from ({check.text})").fetchall():
            said.setdefault((name, check.name), []).append(tuple(rest))
    return said


def test_every_planted_mistake_is_found_by_its_rule(known, loaded, found):
    missed = []
    for case, read_reports in zip(known[1], loaded[2], strict=True):
        said = found.get((read_reports[-1].source.report_id, case.rule), [])
        is_found = any(
            evidence == case.table
            if case.table
            else (indicator, applicant) == (case.indicator, case.applicant)
            for indicator, applicant, evidence in said
        )
        if not is_found:
            missed.append((case.rule, case.indicator, case.applicant, case.reports[-1].title))
    assert missed == []


def test_every_kind_of_mistake_is_planted(known):
    planted = Counter(case.rule for case in known[1])
    assert set(planted) == set(MISTAKES)
    assert sum(planted.values()) == MISTAKEN


def test_a_mistake_gives_no_finding_of_a_rule_it_has_nothing_to_do_with(known, loaded, found):
    """A raised figure may break the sums it stands in, never the shape of the tables."""
    shape = {"table_missing", "negative_count", "fractional_count", "unreadable_cells"}
    for case, read_reports in zip(known[1], loaded[2], strict=True):
        for rule in shape - {case.rule}:
            assert (read_reports[-1].source.report_id, rule) not in found


def test_clean_reports_have_no_errors(loaded, found):
    con, clean, _ = loaded
    rules = con.execute("select rule from rules where severity = 'error'")
    errors = {rule for (rule,) in rules.fetchall()}
    names = {report.source.report_id: report.title for report in clean}
    assert len(names) == CLEAN
    assert [
        (names[name], rule, said)
        for (name, rule), said in found.items()
        if name in names and rule in errors
    ] == []


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
