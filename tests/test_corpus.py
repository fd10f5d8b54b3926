"""The corpus itself: what is known must be consistent, what is rendered must hold it all."""

import itertools
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.corpus import template
from benchmarks.corpus.generate import generate
from benchmarks.corpus.html import html
from benchmarks.corpus.places import places
from benchmarks.corpus.report import SECTION_TABLES, KnownReport
from benchmarks.corpus.samples import DIRECTORY, readme, samples
from benchmarks.corpus.scripts import SCARRED, scar, to_traditional
from benchmarks.corpus.template import Grid, column_count, spread
from benchmarks.corpus.text_layouts import LAYOUTS, pipe, split, tab

SEED = 20250131
REPORTS = list(generate(SEED, 60))
ONE_EACH = [next(r for r in REPORTS if r.format == f and any(r.readings)) for f in ("2019", "2021")]
SAMPLES = list(samples())
OFF_BY_ONE = "阳朔县_高田镇_2022.txt"


def broken_sums(report: KnownReport) -> list[tuple[str, str | None]]:
    """Find the totals that are not the sum of their printed parts; a blank counts as nothing."""
    value = {(r.indicator, r.applicant): r.value or Decimal(0) for r in report.truth()}
    people = [a.code for a in template.applicants()]
    expected: dict[tuple[str, str | None], Decimal] = {}
    for indicator in template.indicators(report.format):
        for who in people if indicator.by_applicant else [None]:
            if indicator.sum_into:
                total = indicator.sum_into, who
                expected[total] = expected.get(total, Decimal(0)) + value[indicator.code, who]
    wrong = [key for key, total in expected.items() if value[key] != total]
    for indicator in template.indicators(report.format):
        if indicator.by_applicant:
            row = [value[indicator.code, who] for who in people]
            wrong += [(indicator.code, "total")] if sum(row[:-1]) != row[-1] else []
    for who in people:
        arrived = value["requests.received_new", who] + value["requests.carried_in", who]
        left = value["requests.processed_total", who] + value["requests.carried_out", who]
        wrong += [("balance", who)] if arrived != left else []
    return wrong


def test_the_second_time_round_is_the_year_after() -> None:
    count = len(places())
    first, second = generate(SEED, 20), generate(SEED, count + 20, start=count)
    for one, other in zip(first, second, strict=True):
        assert (other.township_code, other.year) == (one.township_code, one.year + 1)
        assert other.values != one.values


@pytest.mark.parametrize(("report_format", "cells"), [("2019", 198), ("2021", 200)])
def test_template_has_every_cell_of_the_form(report_format: str, cells: int) -> None:
    assert len(template.keys(report_format)) == len(set(template.keys(report_format))) == cells


@pytest.mark.parametrize("report_format", template.FORMATS)
def test_grids_are_rectangles_of_the_official_width(report_format: str) -> None:
    for table, width in (("disclosure", 4), ("requests", 10), ("disputes", 15)):
        grid = template.grid(report_format, table)
        widths = [sum(cell.col_span for cell, _ in row) for row in spread(grid)]
        assert widths == [width] * len(grid)
        covered = sum(cell.row_span * cell.col_span for row in grid for cell in row)
        assert covered == width * len(grid)


def test_generation_depends_on_seed_and_position_only() -> None:
    assert list(generate(SEED, 20)) == REPORTS[:20]
    assert list(generate(SEED + 1, 20)) != REPORTS[:20]


def test_generated_townships_are_real_and_come_once() -> None:
    codes = [report.township_code for report in REPORTS]
    assert len(set(codes)) == len(codes)
    assert all(places()[r.township_code].township_name == r.org_name for r in REPORTS)


def test_generated_formats_and_year_can_be_set() -> None:
    some = list(generate(SEED, 10, ["2019"], year=2020))
    assert {(r.format, r.year) for r in some} == {("2019", 2020)}


def test_generated_sums_are_right() -> None:
    assert [broken_sums(report) for report in REPORTS] == [[]] * len(REPORTS)


def test_generated_tables_vary() -> None:
    rows = [row for report in REPORTS for row in report.truth()]
    assert {row.value_status for row in rows} == {"reported", "blank"}
    assert any(row.value and "," in row.raw_text for row in rows)
    assert any(row.value and row.raw_text.endswith(("件", "元")) for row in rows)
    zero = [r for r in REPORTS if not any(row.value for row in r.truth())]
    assert 0 < len(zero) < len(REPORTS)


def test_odd_spellings_mean_their_figures() -> None:
    factors = {"万元": "1", "元": "0.0001"}
    for row in itertools.chain(*(r.truth() for r in generate(SEED, 1000, year=2020))):
        if row.raw_text.startswith(("减少", "－")) or row.raw_text.endswith("元"):
            found = re.fullmatch(r"(减少|－)?([\d,.]+)(万元|元)?", row.raw_text)
            sign, number, unit = found.groups() if found else ("", "NaN", "")
            value = Decimal(number.replace(",", "")) * Decimal(factors.get(unit, "1"))
            assert row.value == (-value if sign else value)


def test_prose_leaves_no_brace_open() -> None:
    text = "".join("".join(itertools.chain(r.preamble, *r.sections)) for r in REPORTS)
    assert "{" not in text


def test_stated_parts_sum_to_what_is_published() -> None:
    stated = r"信息(\d+)条，其中：?[^\d]+(\d+)条[，、][^\d]+(\d+)条[，、][^\d]+(\d+)条"
    for report in REPORTS:
        found = re.search(stated, "".join(report.sections[0]))
        assert found
        whole, *parts = map(int, found.groups())
        assert whole == sum(parts)


def tables(report: KnownReport) -> list[Grid]:
    return [report.table(name) for name in SECTION_TABLES.values()]


def tab_rows(text: str) -> list[list[str]]:
    runs = re.findall(r"(?:^\t.*\n(?:(?!\t|\n).*\n)*)+", text, flags=re.MULTILINE)
    return [[cell.strip("\n") for cell in run.split("\t")[1:]] for run in runs]


@pytest.mark.parametrize("report", ONE_EACH, ids=lambda r: r.format)
def test_tab_has_a_line_for_every_cell_and_every_continuation(report: KnownReport) -> None:
    expected = [
        [cell.text if begins else "" for cell, begins in row]
        for grid in tables(report)
        for row in spread(grid)
    ]
    assert tab_rows(tab(report, broken_heads=False)) == expected
    unbroken = [[cell.replace("\n", "") for cell in row] for row in tab_rows(tab(report))]
    assert unbroken == expected


@pytest.mark.parametrize("report", ONE_EACH, ids=lambda r: r.format)
def test_split_tears_heads_and_adds_six_rows(report: KnownReport) -> None:
    whole, torn = tab_rows(tab(report)), tab_rows(split(report))
    assert len(torn) == len(whole) + 6
    assert sum(not any(row) for row in torn) == 5
    texts = "".join(itertools.chain(*torn)).replace("\n", "")
    assert sorted(texts) == sorted("".join(itertools.chain(*whole)).replace("\n", ""))


@pytest.mark.parametrize("report", ONE_EACH, ids=lambda r: r.format)
def test_pipe_fills_every_row_but_the_last(report: KnownReport) -> None:
    text = pipe(report)
    bars = sum(column_count(g) * len(g) - (column_count(g) - len(g[-1])) for g in tables(report))
    assert text.count("|") == bars
    values = [line[:-2] for line in text.splitlines() if line.endswith(" |")]
    assert values == [row.raw_text for row in report.truth() if row.raw_text]


@pytest.mark.parametrize("report", ONE_EACH, ids=lambda r: r.format)
def test_pipe_rows_and_markdown_have_a_line_a_row(report: KnownReport) -> None:
    rows = [row for grid in tables(report) for row in grid]
    lines = [line for line in LAYOUTS["pipe_rows"](report).splitlines() if "|" in line]
    assert [line.count("|") for line in lines] == [len(row) for row in rows]
    lines = [line for line in LAYOUTS["markdown"](report).splitlines() if "|" in line]
    widths = [column_count(g) + 1 for g in tables(report) for _ in range(len(g) + 1)]
    assert [line.count("|") for line in lines] == widths


@pytest.mark.parametrize("report", ONE_EACH, ids=lambda r: r.format)
def test_lines_has_a_paragraph_for_every_cell_that_is_not_blank(report: KnownReport) -> None:
    paragraphs = LAYOUTS["lines"](report).split("\n\n")
    for grid in tables(report):
        cells = [cell.text for row in grid for cell in row if cell.text.strip()]
        start = paragraphs.index(cells[0])
        assert paragraphs[start : start + len(cells)] == cells


@pytest.mark.parametrize("report", ONE_EACH, ids=lambda r: r.format)
def test_html_spans_cover_the_grid(report: KnownReport) -> None:
    page = LexborHTMLParser(html(report))
    for table, grid in zip(page.css("table"), tables(report), strict=True):
        cells = [
            [
                (c.text().replace("\xa0", " ").strip(" "), c.attributes.get("rowspan") or "1")
                for c in row.css("td")
            ]
            for row in table.css("tr")
        ]
        expected = [
            [(c.text.replace("\xa0", " ").strip(" "), str(c.row_span)) for c in row] for row in grid
        ]
        assert cells == expected


def test_html_declares_what_it_is_asked_to() -> None:
    report = ONE_EACH[1]
    assert 'content="text/html; charset=gb2312"' in html(report, charset="gb2312")
    assert '<meta charset="gbk" />' in html(report, charset="gbk", short_meta=True)
    assert "charset" not in html(report, charset=None)


# Lines as they stand in the real reports that each layout was taken from.
@pytest.mark.parametrize(
    ("render", "fragment"),
    [
        pytest.param(
            tab,
            "\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n\t\n\t\n\t商业\n企业\n\t科研\n机构\n"
            "\t社会公益组织\n\t法律服务机构\n\t其他\n\t\n\n\t一、本年新收",
            id="tab",
        ),
        pytest.param(
            tab,
            "\t行政复议\n\t行政诉讼\n\n\t结果维持\n\t结果\n纠正\n\t其他\n结果\n\t尚未\n审结\n\t总计\n"
            "\t未经复议直接起诉\n\t复议后起诉\n\n\t\n\t\n\t\n\t\n\t\n\t结果\n维持\n",
            id="tab-disputes",
        ),
        pytest.param(
            split,
            "\t\n\t\n\t商业\n\t科研\n\t社会\n公益\n组织\n\t法律\n服务\n机构\n\t其他\n\t\n\n"
            "\t\n\t\n\t企业\n\t机构\n\t\n\t\n\t\n\t\n\n\t一、本年新收",
            id="split",
        ),
        pytest.param(
            split,
            "\t行政复议\n\t行政诉讼\n\n\t结\n果\n维\n持\n\t结\n果\n纠\n正\n",
            id="split-disputes",
        ),
        pytest.param(
            pipe,
            "|\n申请人情况\n|\n||||||||\n自然人\n|\n法人或其他组织\n|\n总计\n|\n|||||||\n"
            "商业\n企业\n|\n科研\n机构\n|\n社会公益组织\n|\n法律服务机构\n|\n其他\n|\n|||||\n一、本",
            id="pipe",
        ),
    ],
)
def test_layout_is_that_of_the_real_report(
    render: Callable[[KnownReport], str], fragment: str
) -> None:
    assert fragment in render(ONE_EACH[1])


@pytest.mark.parametrize(
    ("plain", "scarred"),
    [
        ("做到决策", "做到?jīng)Q策"),
        ("未能严格", "未能?chē)?yán)格"),
        ("政府信息公开", "政府信息公開(kāi)"),
        ("3.补正后申请内容仍不明确", "3.補(bǔ)正后申請(qǐng)內(nèi)容仍不明確"),
        ("（六）其他处理", "(六)其他處理"),
        ("（本列数据的勾稽关系为：", "(本列數(shù)據(jù)的勾稽關(guān)系為:"),
        ("\xa00", "?0"),
    ],
)
def test_scars_are_those_of_the_real_page(plain: str, scarred: str) -> None:
    assert scar(plain) == scarred


def test_bracket_may_outlive_the_byte_before_it() -> None:
    assert scar("做到决策", keeps_bracket=True) == "做到?(jīng)Q策"


def test_scarred_characters_are_in_the_order_of_their_codes() -> None:
    codes = [character.encode("gbk") for character in SCARRED]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk", "mirror"])
def test_traditional_script(config: str) -> None:
    assert to_traditional("政府信息公开条例", config) == "政府信息公開條例"


def test_samples_on_disk_are_what_the_script_writes() -> None:
    files = {path.name: path.read_bytes() for path in DIRECTORY.iterdir() if path.is_file()}
    expected = {sample.file: sample.data for sample in SAMPLES}
    assert files == expected | {"README.md": readme(SAMPLES).encode()}


def test_only_one_sample_has_a_wrong_sum() -> None:
    wrong = {sample.file: broken_sums(sample.report) for sample in SAMPLES}
    assert {file for file, keys in wrong.items() if keys} == {OFF_BY_ONE}
    assert wrong[OFF_BY_ONE] == [("requests.received_new", "total"), ("balance", "total")]


def test_samples_allow_comparison_and_trends() -> None:
    reports = [sample.report for sample in SAMPLES]
    peers = {r.org_name for r in reports if (r.county_name, r.year) == ("阳朔县", 2022)}
    assert len(peers) >= 4
    before, after = (
        {(r.indicator, r.applicant): r.value for r in report.truth()}
        for report in sorted(reports, key=lambda r: r.year)
        if report.org_name == "白沙镇"
    )
    for applicant in template.applicants():
        carried = before["requests.carried_out", applicant.code]
        assert after["requests.carried_in", applicant.code] == carried


def test_sample_townships_are_named_unmistakably_by_county_and_township() -> None:
    names = [(place.county_name, place.township_name) for place in places().values()]
    for sample in SAMPLES:
        assert names.count((sample.report.county_name, sample.report.org_name)) == 1
