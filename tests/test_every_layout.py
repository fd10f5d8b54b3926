"""The same report in every layout, format, encoding and script gives the same facts."""

from collections.abc import Callable
from functools import cache

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.report import KnownReport
from benchmarks.corpus.scripts import scar, to_traditional
from benchmarks.corpus.text_layouts import LAYOUTS
from tests.support import cells, report_of

SEED = 20240131

Render = Callable[[KnownReport], str]
FORMATS: dict[str, Render] = {**LAYOUTS, "html": html}
WITHOUT_LINES = [name for name in FORMATS if name != "lines"]

SIMPLIFIED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
BIG5 = ("big5", "big5hkscs", "cp950")


@cache
def known() -> tuple[KnownReport, ...]:
    """Two reports of each format, the second with odd spellings and blank cells."""
    chosen: list[KnownReport] = []
    for report_format in ("2019", "2021"):
        some = list(generate(SEED, 40, formats=(report_format,)))
        chosen += [some[0], max(some, key=lambda report: len(report.readings))]
    return tuple(chosen)


@pytest.fixture(params=range(4), ids=["2019", "2019-odd", "2021", "2021-odd"])
def report(request: pytest.FixtureRequest) -> KnownReport:
    return known()[request.param]


def truth(report: KnownReport):
    return {(r.indicator, r.applicant): (r.value, r.value_status) for r in report.truth()}


def assert_read(report: KnownReport, data: bytes, name: str = "report.txt") -> None:
    read = report_of(data, name)
    assert cells(read) == truth(report)
    assert read.status == "complete"
    assert read.format == report.format
    assert (read.identity.township_code, read.period.report_year) == (
        report.township_code,
        report.year,
    )


@pytest.mark.parametrize("name", WITHOUT_LINES)
@pytest.mark.parametrize("encoding", SIMPLIFIED)
def test_simplified(report, name, encoding):
    assert_read(report, FORMATS[name](report).encode(encoding))


@pytest.mark.parametrize("name", WITHOUT_LINES)
@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_traditional(report, name, config):
    assert_read(report, to_traditional(FORMATS[name](report), config).encode("utf-8"))


@pytest.mark.parametrize("name", WITHOUT_LINES)
@pytest.mark.parametrize("encoding", BIG5)
def test_big5(report, name, encoding):
    text = to_traditional(FORMATS[name](report), "s2tw")
    assert_read(report, text.encode(encoding, "ignore"))


@pytest.mark.parametrize("name", WITHOUT_LINES)
@pytest.mark.parametrize("keeps_bracket", [False, True])
def test_scarred(report, name, keeps_bracket):
    text = scar(to_traditional(FORMATS[name](report), "mirror"), keeps_bracket=keeps_bracket)
    assert_read(report, text.encode("utf-8"))


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "big5", None])
def test_html_declaration_is_evidence_not_truth(report, charset):
    page = html(report, charset=charset)
    assert_read(report, page.encode("utf-8"))
    assert_read(report, page.encode("gb18030"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_lines_lose_blanks_and_invent_nothing(report, encoding):
    """A row that lost a blank cell cannot be told apart: all of it is unreadable, never shifted."""
    expected = truth(report)
    read = cells(report_of(LAYOUTS["lines"](report).encode(encoding)))
    assert read.keys() == expected.keys()
    by_row: dict[str, list] = {}
    for key, cell in expected.items():
        by_row.setdefault(_row_of(key[0]), []).append((key, cell))
    for row in by_row.values():
        is_whole = all(status != "blank" for _, (_, status) in row)
        for key, cell in row:
            assert read[key] == (cell if is_whole else (None, "unreadable"))


def _row_of(indicator: str) -> str:
    """Figures that stand in one printed row."""
    table, *rest = indicator.split(".")
    if table == "disputes":
        return table
    return ".".join([table, *rest[:-1]]) if table == "disclosure" else indicator
