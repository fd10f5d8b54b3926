"""The page in a real browser: that it opens, shows the right figures, and obeys the keyboard."""

import datetime
import json
from pathlib import Path

import pypdfium2
import pytest

from flows import cli
from sql import warehouse
from tests.browser import CHROMIUM, Browser, open_browser
from tests.page_support import HOSTILE, UNPLACED, make_country, make_warehouse
from tests.small_country import HEYE, JINGZI, ZIMENQIAO
from tests.small_country import rows as ask
from tests.small_warehouse import TOWNSHIPS, Small

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

VIEWS = ("coverage", "compare", f"unit/{HEYE}", "findings", "unplaced", "about")
A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Path:
    return make_country(tmp_path_factory.mktemp("browser") / "w.duckdb")


@pytest.fixture(scope="module")
def page(country) -> Path:
    path = country.with_name("page.html")
    assert cli.main(["report", "--warehouse", str(country), "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def odd_page(tmp_path_factory) -> Path:
    """A page of three reports whose figures are below zero, above all, late and early."""
    figures = (
        ("荷叶镇", HEYE, (2024, 1, 22), 3, "0.5", "-4"),
        ("井字镇", JINGZI, (2024, 1, 31), 1, "1.5", "0"),
        ("梓门桥镇", ZIMENQIAO, (2024, 2, 8), 0, "0", "3"),
    )
    reports = [
        Small(
            name,
            township=code,
            cells={
                "requests.processed_total/total": "2",
                "requests.granted/total": str(granted),
                "disclosure.fees.amount": fees,
                "disputes.review.total": reviews,
            },
            columns={"published_on": datetime.date(*published)},
        )
        for name, code, published, granted, fees, reviews in figures
    ]
    place = make_warehouse(tmp_path_factory.mktemp("odd") / "w.duckdb", *reports)
    path = place.with_name("page.html")
    assert cli.main(["report", "--warehouse", str(place), "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def running():
    with open_browser() as browser:
        yield browser


@pytest.fixture
def browser(running) -> Browser:
    running.resize(1280, 900)
    return running


def text(browser: Browser, selector: str) -> str:
    return browser.run(f"document.querySelector({json.dumps(selector)}).textContent")


def grid(browser: Browser, caption: str) -> list[list[str]]:
    """Give the rows of the table whose caption begins so, the head first."""
    found = browser.run(
        "[...document.querySelectorAll('table')].find((each) => "
        f"each.caption.textContent.startsWith({json.dumps(caption)}))"
        "?.querySelectorAll('tr').values().toArray()"
        ".map((row) => [...row.cells].map((cell) => cell.textContent)) ?? null"
    )
    assert found is not None, caption
    return found


def assert_quiet(browser: Browser, page: Path) -> None:
    """Nothing was complained of, and nothing loaded but the page."""
    assert browser.complaints == []
    assert browser.requests == [page.as_uri()]


# -- every view


@pytest.mark.parametrize("lang", ["", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_quietly(browser, page, view, lang):
    browser.open(page, f"#/{view}?lang={lang}")
    assert text(browser, "h1")
    assert browser.run("document.querySelectorAll('main, h1, nav, header.site, footer').length") > 4
    assert browser.run("document.documentElement.lang") == (lang or "zh-Hans")
    if view in ("compare", f"unit/{HEYE}"):
        browser.wait("document.querySelector('figure svg')")
    assert_quiet(browser, page)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_fits_a_telephone_and_keeps_its_tables_named(browser, page, view):
    browser.resize(360, 780)
    browser.open(page, f"#/{view}?area=43&year=2023")
    assert browser.run("document.documentElement.scrollWidth") == 360
    assert browser.run("[...document.querySelectorAll('table')].every((each) => each.caption)")
    assert browser.run("[...document.querySelectorAll('th')].every((each) => each.scope)")


@pytest.mark.parametrize("view", VIEWS)
def test_every_field_has_a_name_and_no_id_stands_twice(browser, page, view):
    browser.open(page, f"#/{view}")
    assert browser.run(
        "[...document.querySelectorAll('input, select')].every((each) => each.labels.length)"
    )
    ids = browser.run("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


# -- the sheet of a township


def test_a_search_by_keyboard_leads_to_the_sheet(browser, page):
    browser.open(page)
    browser.run("document.getElementById('search').focus()")
    browser.type("荷叶")
    assert browser.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    assert text(browser, "#found li") == f"荷叶镇 湖南省，娄底市，双峰县 {HEYE}"
    assert text(browser, "#found-status").startswith("找到1个单位")
    browser.press("ArrowDown")
    active = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
    assert browser.run(f"{active}.getAttribute('aria-selected')") == "true"
    browser.press("Enter")
    browser.wait("document.querySelector('h1').textContent === '荷叶镇'")
    assert browser.run("location.hash").startswith(f"#/unit/{HEYE}")
    assert browser.run("document.activeElement.tagName") == "H1"
    assert browser.run("document.title").startswith("荷叶镇 · ")
    assert_quiet(browser, page)


@pytest.mark.parametrize(
    ("query", "first"),
    [("431322101", "石冲口镇"), ("新化县 石冲口", "石冲口镇"), ("湖南省双峰县荷叶镇", "荷叶镇")],
)
def test_units_are_found_by_code_and_with_their_county(browser, page, query, first):
    browser.open(page)
    browser.run("document.getElementById('search').focus()")
    browser.type(query)
    assert text(browser, "#found li strong") == first


def test_the_list_is_walked_and_closed_by_keys(browser, page):
    browser.open(page)
    browser.run("document.getElementById('search').focus()")
    browser.type("街道")
    browser.press("ArrowUp")
    last = browser.run("document.getElementById('found').lastChild.id")
    active = "document.activeElement.getAttribute('aria-activedescendant')"
    assert browser.run(active) == last
    browser.press("ArrowDown")
    assert browser.run(active) == "option-0"
    browser.press("Escape")
    assert browser.run("document.getElementById('found').hidden")
    assert browser.run(active) is None
    assert browser.run("document.activeElement.value") == "街道"
    browser.press("Escape", "Enter")
    assert browser.run("document.activeElement.value") == ""
    assert browser.run("document.getElementById('found').hidden")
    assert text(browser, "h1").startswith("全国")


def test_what_is_not_found_is_said(browser, page):
    browser.open(page)
    browser.run("document.getElementById('search').focus()")
    browser.type("没有的镇")
    assert text(browser, "#found-status").startswith("没有找到")


def test_the_sheet_shows_the_known_figures(browser, page):
    browser.open(page, f"#/unit/{HEYE}?year=2023")
    table = {row[0]: row[1:] for row in grid(browser, "2023年度数字")}
    assert table["指标"] == ["本单位", "本县中位数", "本县位次", "本省中位数", "本省位次"]
    assert table["收到申请（件）"] == ["10", "2", "1 / 3", "2", "1 / 4"]
    assert table["予以公开占比"] == ["40.0%", "70.0%", "2 / 2", "100.0%", "3 / 3"]
    assert table["行政复议（件）"] == ["2", "0", "1 / 3", "0", "1 / 4"]
    assert table["主动公开总数（正文）（条）"][0] == "约68"
    assert table["复议诉讼被纠正（件）"][:1] == ["— 有未填报或读不出的格"]
    assert table["公布晚于期限（天）"] == ["— 公布日期不明", "—", "—", "—", "—"]
    said = "document.querySelector('main').textContent.match(/已有2023年度报告：(.*?)。/)[1]"
    assert browser.run(said) == "双峰县16个单位中3个，湖南省60个单位中4个"
    years = {row[0]: row[1:] for row in grid(browser, "历年数字")}
    assert years["指标"] == ["2022", "2023"]
    assert years["收到申请（件）"] == ["8", "10"]
    assert years["现行有效规范性文件（件）"] == ["— 所用格式没有这一项", "0"]


def test_the_sheet_names_findings_and_files(browser, page, country):
    browser.open(page, f"#/unit/{HEYE}")
    with warehouse.connect(country, read_only=True) as con:
        where = f"is_current and township_code = '{HEYE}'"
        messages = [
            row[0] for row in ask(con, "findings join reports using (report_id)", "message", where)
        ]
    shown = grid(browser, "核对问题")[1:]
    assert sorted(row[2] for row in shown) == sorted(messages)
    files = grid(browser, "报告来源")
    assert [row[:2] for row in files[1:]] == [
        ["2023", "荷叶镇.html"], ["2022", "荷叶镇旧.html"], ["—", "无年份二.html"],
    ]  # fmt: skip


def test_a_missing_report_is_said_to_be_missing(browser, page):
    browser.open(page, f"#/unit/{HEYE}?year=2021")
    assert text(browser, ".standing").startswith("未见2021年度报告")
    browser.open(page, "#/unit/430102001?year=2023")
    assert text(browser, ".standing").startswith("未见2023年度报告")
    browser.open(page, "#/unit/999999999")
    assert text(browser, "main").endswith("没有这个代码的单位。请在页面上方查找。")


def test_a_chart_has_words_and_a_table(browser, page):
    browser.open(page, f"#/unit/{HEYE}?measure=requests_received")
    browser.wait("document.querySelector('.chart svg')")
    told = browser.run("document.querySelector('.chart[role=img]').getAttribute('aria-label')")
    assert told == "收到申请（件），历年. 2021: —; 2022: 8; 2023: 10"
    table = grid(browser, "收到申请（件），历年")
    assert table[0] == ["年度", "本单位（荷叶镇）", "本县中位数", "本省中位数"]
    assert table[1:] == [
        ["2021", "—", "5", "5"], ["2022", "8", "4", "4"], ["2023", "10", "2", "2"],
    ]  # fmt: skip


# -- coverage, comparison, findings


def test_missing_units_are_reached_from_their_number(browser, page):
    browser.open(page, "#/coverage?year=2023&area=43")
    table = {row[0].split()[0]: row for row in grid(browser, "湖南省")}
    units = sum(code.startswith("431321") for code in TOWNSHIPS)
    assert table["双峰县"][1:3] == [str(units), "3"]
    link = "[...document.querySelectorAll('td a')].find((each) => each.href.includes('431321'))"
    browser.run(f"{link}.click()")
    browser.wait("document.querySelector('caption').textContent.startsWith('双峰县')")
    missing = grid(browser, "双峰县未见2023年度报告的单位")[1:]
    assert len(missing) == units - 3
    assert "荷叶镇" not in {row[0] for row in missing}


def test_the_ranking_is_that_of_the_view(browser, page, country):
    browser.open(page, "#/compare?year=2023&measure=requests_received")
    shown = {row[1]: (row[0], row[4]) for row in grid(browser, "全国2023年度“收到申请”排序")[1:]}
    with warehouse.connect(country, read_only=True) as con:
        where = (
            "indicator = 'requests.received_new' and applicant = 'total' and report_year = 2023 "
            "and org_level = 'township'"
        )
        columns = "coalesce(township_name, org_name), country_rank, value"
        expected = {
            name: (str(rank), f"{value:.0f}")
            for name, rank, value in ask(con, "indicator_comparisons", columns, where)
        }
    assert shown == expected
    assert shown["东华门街道"] == ("1", "40")


def test_units_without_a_number_stand_last_without_a_rank(browser, page):
    browser.open(page, "#/compare?year=2023&measure=requests_denied&area=43")
    table = grid(browser, "湖南省2023年度“不予公开”排序")
    assert table[-1][:2] == ["—", "石冲口镇"]
    assert table[-1][-1].startswith("— ")


def test_a_histogram_is_drawn_from_the_values(browser, page):
    browser.open(page, "#/compare?year=2023&measure=requests_received")
    browser.wait("document.querySelector('.chart svg')")
    bins = dict(grid(browser, "全国2023年度“收到申请”分布")[1:])
    assert bins == {"0": "2", "1": "0", "2": "2", "3至5": "0", "6至10": "2", "11至20": "0",
                    "21至50": "1"}  # fmt: skip
    drawn = browser.run("[...document.querySelectorAll('.chart svg text')].map(t => t.textContent)")
    assert {"21至50", "2"} <= set(drawn)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        # weeks end with a whole week before or after the last day in time
        ("days_late", {"−13至−7": "1", "−6至0": "1", "1至7": "0", "8至14": "1"}),
        # broken sums give more than all
        ("granted_rate", {"0.0%": "1", "40–50%": "1", "> 100%": "1"}),
        ("fees_10k_yuan", {"0": "1", "0至1": "1", "1至2": "1"}),
        ("reviews", {"< 0": "1", "0": "1", "1": "0", "2": "0", "3至5": "1"}),
    ],
)
def test_bins_fit_what_is_measured(browser, odd_page, measure, expected):
    browser.open(odd_page, f"#/compare?measure={measure}")
    bins = dict(grid(browser, "全国2023年度")[1:])
    if measure == "granted_rate":
        bins = {label: count for label, count in bins.items() if count != "0"}
    assert bins == expected


def test_charts_follow_the_choices(browser, page):
    browser.open(page, "#/compare?year=2023")
    browser.wait("document.querySelector('.chart svg')")
    for measure in ("reviews", "granted_rate", "requests_received"):
        browser.go(f"#/compare?year=2023&measure={measure}")
        browser.wait("document.querySelectorAll('.chart svg').length === 2")
    assert_quiet(browser, page)


def test_findings_are_chosen_by_rule_and_area(browser, page):
    browser.open(page, "#/findings?year=2023&area=431321&rule=row_missing")
    assert grid(browser, "双峰县2023年度各规则的问题数")[1:] == [
        ["▲疑点", "缺少官方表格中的行", "1", "1"]
    ]
    assert [row[0].split()[0] for row in grid(browser, "双峰县2023年度核对问题逐条")[1:]] == [
        "荷叶镇"
    ]


def test_long_tables_are_paged_and_sorted_as_a_whole(browser, page):
    browser.open(page, "#/coverage?year=2023&only=missing")
    table = grid(browser, "全国未见2023年度报告的单位")
    assert len(table) == 51
    assert f"（{len(TOWNSHIPS) - 5}行）" in text(browser, ".pager")
    browser.run("document.getElementById('sort-code').focus()")
    browser.press("Enter")
    browser.wait("document.querySelector('[aria-sort=ascending]')")
    browser.press("Enter")
    browser.wait("document.querySelector('[aria-sort=descending]')")
    assert grid(browser, "全国未见2023年度报告的单位")[1] != table[1]
    assert browser.run("document.activeElement.id") == "sort-code"
    browser.run("document.getElementById('page-next').click()")
    browser.wait("document.querySelector('.pager').textContent.includes('第2页')")


# -- what is untrusted or unknown


def test_hostile_words_are_shown_as_words(browser, page):
    browser.open(page, f"#/unit/{UNPLACED.report_id}")
    assert text(browser, "h1") == HOSTILE
    assert [f"依据{HOSTILE}"] == [
        row[3] for row in grid(browser, "核对问题")[1:] if "依据" in row[3]
    ]
    browser.go("#/findings?year=2023")
    browser.go("#/unplaced")
    assert HOSTILE in [row[0] for row in grid(browser, "没有对应到单位")]
    assert browser.run("document.title") != "broken"
    assert browser.run("document.images.length") == 0
    assert_quiet(browser, page)


def test_reports_that_are_tied_to_nothing_are_listed_with_the_reason(browser, page):
    browser.open(page, "#/unplaced")
    reasons = {row[0]: row[3] for row in grid(browser, "没有对应到单位")[1:]}
    assert reasons == {
        "某镇": "行政区划中没有这个名称",
        "双峰县": "行政区划中没有这个名称",
        HOSTILE: "同名单位不止一个，不能确定",
        "石冲口镇": "没有写明年度",
        "荷叶镇": "没有写明年度",
    }


def test_an_empty_warehouse_says_so(browser, tmp_path):
    place = make_warehouse(tmp_path / "w.duckdb")
    page = tmp_path / "page.html"
    assert cli.main(["report", "--warehouse", str(place), "--out", str(page)]) == 0
    for view in VIEWS:
        browser.open(page, f"#/{view}")
        assert text(browser, "h1")
    browser.open(page)
    assert "gongkai ingest" in text(browser, "main")
    assert_quiet(browser, page)


# -- language, paper, light


def test_the_language_is_switched_and_kept_in_the_address(browser, page):
    browser.open(page, f"#/unit/{HEYE}?year=2023")
    chinese = browser.run("document.title")
    browser.run("document.getElementById('switch').click()")
    browser.wait("document.documentElement.lang === 'en'")
    assert "lang=en" in browser.run("location.hash")
    assert browser.run("document.title") != chinese
    assert browser.run("document.querySelector('main').innerText.includes('County median')")
    assert grid(browser, "Figures for 2023")[1][0] == "Requests received"
    # what is Chinese says so
    assert browser.run("document.querySelector('.where span').lang") == "zh-Hans"
    browser.run("document.getElementById('switch').click()")
    browser.wait("document.documentElement.lang === 'zh-Hans'")
    assert browser.run("document.title") == chinese


def test_the_way_past_the_head_comes_first(browser, page):
    browser.open(page, "#/compare?year=2022")
    browser.press("Tab")
    assert browser.run("document.activeElement.id") == "skip"
    browser.press("Enter")
    browser.wait("document.activeElement.tagName === 'H1'")
    assert browser.run("location.hash") == "#/compare?year=2022"


def test_a_choice_keeps_the_focus_and_is_told(browser, page):
    browser.open(page, "#/compare?year=2023")
    browser.run("document.getElementById('choose-measure').focus()")
    browser.run(
        "{const field = document.activeElement; field.value = 'reviews';"
        "field.dispatchEvent(new Event('change'))}"
    )
    browser.wait("location.hash.includes('measure=reviews')")
    browser.wait("document.querySelector('h1').textContent.includes('行政复议')")
    assert browser.run("document.activeElement.id") == "choose-measure"
    assert text(browser, "#status") == "7个单位有数字"


def test_a_sheet_prints_on_a4_without_what_is_to_be_clicked(browser, page):
    browser.open(page, f"#/unit/{HEYE}?year=2023")
    browser.wait("document.querySelector('.chart svg')")
    paper = pypdfium2.PdfDocument(browser.pdf())
    assert tuple(round(side) for side in paper[0].get_size()) == A4
    printed = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert "荷叶镇" in printed
    assert "本县中位数" in printed
    assert "打印" not in printed
    assert "English" not in printed


def test_light_and_dark_follow_the_reader(browser, page):
    colours = []
    for is_dark in (False, True):
        browser.resize(1280, 900, is_dark)
        browser.open(page)
        colours.append(browser.run("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]
