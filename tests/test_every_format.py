"""The same report in every format and style gives the same facts, to the last cell."""

import shutil
from functools import cache

import pytest

from benchmarks.corpus import office
from benchmarks.corpus.files import Dress, in_script, text_file
from benchmarks.corpus.generate import generate
from benchmarks.corpus.renderers import BINARIES, CONVERTED, PACKAGES, TEXTS
from benchmarks.corpus.report import KnownReport
from tests.support import REAL_REPORTS, cells, hangzhou, needs_real_reports, report_of

SEED = 20250131
needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-writer"
)
by_libreoffice = [needs_libreoffice]
# Layout `lines` loses blank cells: tests/test_every_layout.py.
PLAIN = [kind for kind in (*TEXTS, *BINARIES) if kind != ("text", "lines")]
KINDS = [*PLAIN, *(pytest.param(kind, marks=by_libreoffice) for kind in CONVERTED)]
REPORTS = ["2019", "2021", pytest.param("hangzhou", marks=needs_real_reports)]


def label(kind: tuple[str, str]) -> str:
    return "-".join(kind)


@cache
def known() -> dict[str, KnownReport]:
    """A report of each format, with odd spellings and blank cells, and a published one."""
    chosen = {
        name: max(generate(SEED, 40, formats=(name,)), key=lambda report: len(report.readings))
        for name in ("2019", "2021")
    }
    return chosen | ({"hangzhou": hangzhou()} if REAL_REPORTS.is_dir() else {})


@cache
def converted(kind: tuple[str, str]) -> dict[str, bytes]:
    """All reports in a format that only LibreOffice writes, made in one call."""
    source = CONVERTED[kind]
    files = [BINARIES[source](report) for report in known().values()]
    return dict(zip(known(), office.converted(files, source[0], kind[0]), strict=True))


def file_of(kind: tuple[str, str], name: str) -> bytes:
    if kind in CONVERTED:
        return converted(kind)[name]
    if kind in BINARIES:
        return BINARIES[kind](known()[name])
    return text_file(known()[name], Dress(*kind, encoding="gb18030"))


def assert_read(report: KnownReport, data: bytes) -> None:
    read = report_of(data)
    truth = {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}
    assert cells(read) == truth
    assert (read.status, read.format) == ("complete", report.format)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("kind", KINDS, ids=label)
def test_every_cell_comes_back(kind, name):
    assert_read(known()[name], file_of(kind, name))


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("kind", [kind for kind in BINARIES if kind[0] in PACKAGES], ids=label)
def test_traditional_office_files(kind, config):
    report = known()["2021"]
    assert_read(report, in_script(BINARIES[kind](report), config))


@pytest.mark.parametrize("kind", KINDS, ids=label)
def test_who_when_and_what_is_said_come_back_too(kind):
    """Prose is found around the tables: title, period and all six sections."""
    report = known()["2021"]
    read = report_of(file_of(kind, "2021"))
    assert read.identity.township_code == report.township_code
    assert read.period.report_year == report.year
    assert [section.section_no for section in read.sections] == [1, 2, 3, 4, 5, 6]
