"""What becomes of mistakes planted in generated reports: read, loaded and checked as reports are.

The sizes come from the environment, so that the test and `make bench-mistakes` are one thing.
"""

import datetime
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple

import duckdb

from benchmarks.corpus.generate import generate
from benchmarks.corpus.mistakes import plant
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.spoiling import Planted, sequel
from benchmarks.corpus.text_layouts import LAYOUTS
from extract import read_document
from flows.reference import REFERENCE_DIR, load_reference
from sql import warehouse
from transform.frames import to_frames
from transform.records import Report, Source
from transform.report import build_report

SEED = 20240207
CLEAN = int(os.environ.get("PLANTED_CLEAN", "600"))
MISTAKEN = int(os.environ.get("PLANTED_MISTAKEN", "100"))
_LOADED_AT = datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)

Findings = dict[tuple[str, str], list[tuple[str | None, str | None, str | None]]]
"""By report_id and rule: indicator, applicant and evidence of each finding."""


class Corpus(NamedTuple):
    """Clean reports, a sixth of them the year after another, and cases of other townships."""

    clean: list[KnownReport]
    planted: list[Planted]


class Read(NamedTuple):
    """The reports of a corpus as they were read, in its order."""

    clean: list[Report]
    planted: list[list[Report]]


def make_corpus() -> Corpus:
    """Give `CLEAN` clean reports and `MISTAKEN` cases, the same in every run."""
    reports = list(generate(SEED, CLEAN + MISTAKEN))
    clean = reports[: CLEAN * 5 // 6]
    clean += [sequel(report) for report in clean[: CLEAN - len(clean)]]
    return Corpus(clean, list(plant(SEED, reports[CLEAN:])))


def read_corpus(corpus: Corpus, workers: int = 1) -> Read:
    """Take every report through extract and transform."""
    known = [*corpus.clean, *(report for case in corpus.planted for report in case.reports)]
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            read = iter(list(pool.map(_read, enumerate(known), chunksize=50)))
    else:
        read = map(_read, enumerate(known))
    clean = [next(read) for _ in corpus.clean]
    return Read(clean, [[next(read) for _ in case.reports] for case in corpus.planted])


def _read(numbered: tuple[int, KnownReport]) -> Report:
    number, report = numbered
    data = LAYOUTS["tab"](report).encode()
    path = f"{number:06}_{report.township_code}_{report.year}.txt"
    source = Source(path, sha256(data).hexdigest(), len(data))
    return build_report(read_document(data), source, load_reference())


@contextmanager
def loaded(read: Read) -> Iterator[duckdb.DuckDBPyConnection]:
    """Load and check all reports in a warehouse in memory."""
    everything = [*read.clean, *(report for case in read.planted for report in case)]
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, REFERENCE_DIR)
        warehouse.load_frames(con, to_frames(everything), "run-1", _LOADED_AT)
        warehouse.finish_load(con, "run-1")
        warehouse.verify(con)
        yield con


def findings_of(con: duckdb.DuckDBPyConnection) -> Findings:
    """Give all findings."""
    columns = "report_id, rule, indicator, applicant, evidence"
    found: Findings = {}
    for report_id, rule, *rest in con.execute(f"select {columns} from findings").fetchall():
        found.setdefault((report_id, rule), []).append(tuple(rest))
    return found


def is_found(case: Planted, read: list[Report], findings: Findings) -> bool:
    """Tell whether the mistake of a case is found in its last report, and where it is."""
    return any(
        (indicator, applicant) == (case.indicator, case.applicant)
        and case.evidence in (None, evidence)
        for indicator, applicant, evidence in findings.get(
            (read[-1].source.report_id, case.rule), []
        )
    )


def with_rule(reports: Iterable[Report], rules: set[str], findings: Findings) -> list[str]:
    """Name the reports that have a finding of one of these rules, with the rules."""
    titles = {report.source.report_id: report.title for report in reports}
    return [
        f"{titles[report_id]}: {rule}"
        for report_id, rule in findings
        if report_id in titles and rule in rules
    ]
