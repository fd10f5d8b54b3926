"""The page: what it carries, worked out by hand; that it loads nothing and nothing breaks out."""

import re

import pytest

from flows.exceptions import RequestError
from flows.page import build
from flows.page.build import build_page
from flows.page.scripts import joined_scripts
from sql import warehouse
from sql.page_tables import page_tables, report_years
from sql.scripts import scripts, views
from tests.page_support import HOSTILE, OTHERS, carried, make_country, make_warehouse, rows
from tests.small_country import HEYE, JINGZI, REPORTS
from tests.small_country import rows as ask
from tests.small_warehouse import TOWNSHIPS, Small, read_reference

PAGE_SCRIPTS = scripts("page")
MEASURES = read_reference("page_measures")


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    path = make_country(tmp_path_factory.mktemp("page") / "w.duckdb")
    with warehouse.connect(path, read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def tables(con):
    return {name: rows(dict(table)) for name, table in page_tables(con, 2023, 1000, 300)}


@pytest.fixture(scope="module")
def html(con):
    return build_page(con, None).html


def report_of(tables, code, year):
    """Give report and measures of a township and year."""
    units = [unit["code"] for unit in tables["page_townships"]]
    (place,) = (
        place
        for place, row in enumerate(tables["page_reports"])
        if row["township"] is not None
        and units[row["township"]] == code
        and row["report_year"] == year
    )
    return {**tables["page_reports"][place], **tables["page_measures"][place]}


# -- the scripts


@pytest.mark.parametrize("script", PAGE_SCRIPTS, ids=lambda script: script.name)
def test_scripts_have_a_header_their_key_and_their_inputs(con, tables, script):
    assert set(script.header) == {"purpose", "grain", "key", "inputs"}
    known = {found.name for found in (*scripts("schema"), *views(), *PAGE_SCRIPTS)}
    steps = set(re.findall(r"^([a-z_]+) as \($", script.text, flags=re.MULTILINE))
    read = set(re.findall(r"(?:from|join|unpivot) ([a-z_]+)", script.text)) & known - steps
    assert read == set(script.inputs)
    assert tables[script.name]
    found = con.sql(script.text)
    keys = found.project(", ".join(script.key or ["*"])).fetchall()
    assert len(set(keys)) == len(keys)


def test_every_measure_is_a_column_and_every_column_a_measure(tables):
    columns = set(tables["page_measures"][0]) - {"approximate"}
    assert columns == {row["measure"] for row in MEASURES}


def test_measures_are_told_in_both_languages():
    for row in MEASURES:
        assert row["kind"] in {"count", "share", "amount", "days"}
        assert row["title_zh"], row
        assert row["title_en"], row
        assert bool(row["unknown_zh"]) == bool(row["unknown_en"]), row


# -- what it carries


def test_years_are_those_of_current_reports(con):
    assert report_years(con) == (2023, 2022, 2021)


def test_coverage_by_hand(tables):
    found = {
        (row["area"], row["report_year"]): (row["count_units"], row["count_reports"])
        for row in tables["page_coverage"]
    }
    of = {
        area: sum(code.startswith(area) for code in TOWNSHIPS)
        for area in ("", "43", "11", "431321", "430102")
    }
    assert found["431321", 2023] == (of["431321"], 3)
    assert found["430102", 2023] == (of["430102"], 0)
    assert found["43", 2023] == (of["43"], 4)
    assert found["11", 2022] == (of["11"], 0)
    assert found["", 2023] == (of[""], 5)
    assert len(found) == 3 * (1 + 2 + 4)


def test_measures_by_hand(tables):
    row = report_of(tables, HEYE, 2023)
    assert (row["requests_received"], row["requests_processed"]) == (10, 10)
    assert (row["granted_rate"], row["requests_denied"], row["requests_unable"]) == (0.4, 3, 1)
    assert (row["reviews"], row["lawsuits"], row["licensing_decisions"]) == (2, 1, 7)
    assert row["fees_10k_yuan"] == 1.5
    assert row["errors_and_warnings"] == row["count_errors"] + row["count_warnings"] == 9


def test_what_is_not_known_is_null_and_never_zero(tables):
    row = report_of(tables, HEYE, 2023)
    assert row["disputes_corrected"] is None  # one of its parts is blank
    assert row["days_late"] is None  # no day of publication
    assert row["disclosed_website"] is None  # not in the prose
    assert report_of(tables, "431321103", 2023)["granted_rate"] is None  # nothing processed
    older = report_of(tables, HEYE, 2022)
    assert (older["normative_documents_in_force"], older["fees_10k_yuan"]) == (None, None)
    bare = report_of(tables, "431322101", 2022)
    assert {bare[each["measure"]] for each in MEASURES[:-6]} == {None}


def test_prose_is_marked_where_it_is_about(tables):
    row = report_of(tables, HEYE, 2023)
    assert (row["disclosed_total"], row["approximate"]) == (68, "disclosed_total")


def test_prose_that_contradicts_itself_gives_nothing(tmp_path):
    path = make_warehouse(tmp_path / "w.duckdb", Small("荷叶镇"), Small("井字镇", township=JINGZI))
    with warehouse.connect(path) as con:
        con.execute("update narrative_facts set is_approximate = false")
        con.execute(
            "insert into narrative_facts select report_id, 5, metric, null, 70, '条', false, '' "
            "from narrative_facts where report_id = ?",
            [Small("荷叶镇").report_id],
        )
        tables = {name: rows(dict(table)) for name, table in page_tables(con, None, 9, 9)}
    heye, jingzi = (report_of(tables, code, 2023) for code in (HEYE, JINGZI))
    assert (heye["disclosed_total"], heye["approximate"]) == (None, None)
    assert (jingzi["disclosed_total"], jingzi["approximate"]) == (68, None)


def test_peers_are_those_of_the_view(con, tables):
    """Counts and medians of every area are those of indicator_comparisons."""
    found = {
        (row["area"], row["report_year"]): (row["count_peers"], row["median"])
        for row in tables["page_peers"]
        if row["measure"] == "requests_received"
    }
    expected = {}
    for scope, code in (("county", "county_code"), ("province", "province_code")):
        columns = f"{code}, report_year, {scope}_peers, {scope}_median"
        where = (
            "indicator = 'requests.received_new' and applicant = 'total' "
            f"and org_level = 'township' and {code} is not null"
        )
        found_rows = ask(con, "indicator_comparisons", columns, where)
        expected |= {(area, year): (peers, median) for area, year, peers, median in found_rows}
    columns = "report_year, country_peers, country_median"
    where = "indicator = 'requests.received_new' and applicant = 'total' and org_level = 'township'"
    for year, peers, median in ask(con, "indicator_comparisons", columns, where):
        expected["", year] = (peers, median)
    assert found == expected
    assert found["431321", 2023] == (3, 2)
    # 某镇 and the hostile one lie nowhere: they are peers in the country only
    assert found["43", 2023] == (4, 2)
    assert found["", 2023] == (7, 2)


def test_quartiles_by_hand(tables):
    (row,) = (
        row
        for row in tables["page_peers"]
        if (row["area"], row["report_year"], row["measure"]) == ("43", 2023, "requests_received")
    )
    assert (row["lower_quartile"], row["median"], row["upper_quartile"]) == (1.5, 2, 4)


def test_reports_that_are_tied_to_nothing_are_in_with_what_is_known(tables):
    loose = [row for row in tables["page_reports"] if row["township"] is None]
    assert {row["org_name"] for row in loose} == {"某镇", "双峰县", HOSTILE}
    (county,) = (row for row in loose if row["org_name"] == "双峰县")
    assert (county["org_level"], county["county_code"]) == ("county", "431321")
    yearless = [row for row in tables["page_reports"] if row["report_year"] is None]
    assert len(yearless) == 2
    assert all(row["unplaced_id"] is None for row in yearless)


def test_sources_stand_in_the_order_of_reports(con, tables):
    paths = [row["source_path"] for row in tables["page_sources"]]
    units = [row["code"] for row in tables["page_townships"]]
    for path, report in zip(paths, tables["page_reports"], strict=True):
        if report["township"] is not None:
            found = con.execute(
                "select township_code, report_year from reports where source_path = ?", [path]
            )
            assert found.fetchall() == [(units[report["township"]], report["report_year"])]


# -- findings


def test_counts_are_of_all_findings_of_current_reports(con, tables):
    (total,) = con.execute(
        "select count(*) from findings join reports using (report_id) where is_current"
    ).fetchone()
    assert sum(row["count_findings"] for row in tables["page_finding_counts"]) == total
    assert len(tables["page_findings"]) == total


@pytest.mark.parametrize("most", [0, 5, 12])
def test_errors_come_first_then_those_of_the_year(con, most):
    carried_tables = {name: rows(dict(table)) for name, table in page_tables(con, 2022, most, 300)}
    severity = {row["rule"]: row["severity"] for row in carried_tables["page_rules"]}
    reports = carried_tables["page_reports"]
    found = [
        (severity[row["rule"]], reports[row["report"]]["report_year"])
        for row in carried_tables["page_findings"]
    ]
    assert len(found) == most
    everything = {name: rows(dict(table)) for name, table in page_tables(con, 2022, 1000, 300)}
    ordered = sorted(
        (
            ["error", "warning", "info"].index(severity[row["rule"]]),
            reports[row["report"]]["report_year"] != 2022,
        )
        for row in everything["page_findings"]
    )
    got = sorted((["error", "warning", "info"].index(name), year != 2022) for name, year in found)
    assert got == ordered[:most]


def test_long_words_are_cut(con):
    tables = {name: dict(table) for name, table in page_tables(con, 2023, 1000, 10)}
    lengths = {len(words) for words in tables["page_findings"]["message"]}
    assert max(lengths) == 11
    assert all(
        words.endswith("…") for words in tables["page_findings"]["message"] if len(words) > 10
    )


# -- the page


def test_the_page_says_what_it_carries(con, html):
    core, details = carried(html, "core"), carried(html, "details")
    facts = core["facts"]
    assert (facts["year"], facts["years"]) == (2023, [2023, 2022, 2021])
    assert facts["count_findings"] == facts["count_carried"]
    assert len(details["page_findings"]["rule"]) == facts["count_carried"]
    page = build_page(con, 2021, most_findings=4)
    facts = carried(page.html, "core")["facts"]
    assert (facts["year"], facts["count_carried"]) == (2021, 4)
    assert (page.findings_carried, page.findings) == (4, facts["count_findings"])
    assert page.reports == len(REPORTS) + len(OTHERS) - 1  # one is superseded


def test_equal_warehouses_give_equal_pages(con, html):
    assert build_page(con, 2023).html == html


def test_a_year_without_reports_is_an_error(con):
    with pytest.raises(RequestError, match=r"no report for 1999 is in the warehouse: .*2023, 2022"):
        build_page(con, 1999)


@pytest.mark.parametrize("reports", [(), (Small("荷叶镇"),)], ids=["empty", "one report"])
def test_small_warehouses_make_a_page(tmp_path, reports):
    path = make_warehouse(tmp_path / "w.duckdb", *reports)
    with warehouse.connect(path, read_only=True) as con:
        page = build_page(con, None)
    core = carried(page.html, "core")
    assert len(core["page_reports"]["township"]) == page.reports == len(reports)
    assert core["facts"]["year"] == (2023 if reports else None)
    assert len(core["page_townships"]["code"]) == len(TOWNSHIPS)


def test_a_warehouse_of_another_version_is_one_line(tmp_path):
    path = make_warehouse(tmp_path / "w.duckdb")
    with warehouse.connect(path) as con:
        con.execute("drop view timeliness")
        with pytest.raises(warehouse.WarehouseError, match=r"timeliness .*gongkai ingest INBOX"):
            build_page(con, None)


def test_the_page_loads_nothing(html):
    assert re.findall(r"https?:|//[a-z]+\.", html) == []
    assert re.findall(r"@import|url\(", html) == []
    # no element but links within the page names something else
    assert re.findall(r"<[^>]*\s(?:src|srcset|action|data|poster)=", html) == []
    assert set(re.findall(r'\shref="(.)', html)) == {"#"}


def test_the_policy_forbids_all_but_the_scripts_of_the_page(html):
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    for sources in (rules["script-src"], rules["style-src"]):
        assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in sources.split(" "))


def test_hostile_words_stand_in_the_data_alone(html):
    assert "document.title=" not in html
    assert html.count("<script") == html.count("</script>") == 4
    core, details = carried(html, "core"), carried(html, "details")
    assert HOSTILE in core["page_reports"]["org_name"]
    assert f"依据{HOSTILE}" in details["page_findings"]["evidence"]


def test_nothing_in_the_scripts_ends_them():
    assert not re.search(r"</?script|<!--", joined_scripts(), flags=re.IGNORECASE)


def test_most_findings_of_a_year_of_the_country_fit():
    assert build.MOST_FINDINGS >= 3 * 41_352
