"""Each check: a report that breaks it, one that does not, one where a value is missing."""

import pytest

from sql import warehouse
from sql.scripts import scripts
from tests.small_warehouse import GONE, Small, clear, fill, write_reference

COLUMNS = "indicator, applicant, expected, actual, difference, message, evidence"
# a report of nothing but zeros is a finding of its own
SOMETHING = {"disclosure.licensing.decisions": "1"}
CHECK_COLUMNS = ["report_id", *COLUMNS.split(", ")]


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        yield con


@pytest.fixture
def find(con):
    """Give a function that loads a report, in place of the last, and gives what a rule found."""

    def run(rule, **report):
        fill(con, Small("report", **report))
        warehouse.verify(con)
        return con.execute(
            f"select {COLUMNS} from findings where rule = ? order by all", [rule]
        ).fetchall()

    yield run
    clear(con)


# rule: what breaks it, what is right, what is missing
SUMS = {
    "requests_balance": (
        {"requests.received_new/enterprise": "3", "requests.processed_total/enterprise": "2"},
        {
            "requests.received_new/enterprise": "3",
            "requests.carried_in/enterprise": "1",
            "requests.processed_total/enterprise": "2",
            "requests.carried_out/enterprise": "2",
        },
        {"requests.received_new/enterprise": "3", "requests.processed_total/enterprise": ""},
    ),
    "outcomes_sum": (
        {"requests.granted/total": "3", "requests.processed_total/total": "2"},
        {
            "requests.granted/total": "1",
            "requests.other.not_paid_in_time/total": "2",
            "requests.processed_total/total": "3",
        },
        {"requests.granted/total": "3", "requests.denied.deliberative/total": "—"},
    ),
    "applicants_sum": (
        {"requests.granted/natural_person": "3", "requests.granted/total": "2"},
        {
            "requests.granted/natural_person": "1",
            "requests.granted/other_organization": "2",
            "requests.granted/total": "3",
        },
        {"requests.granted/natural_person": "3", "requests.granted/total": ""},
    ),
    "dispute_results_sum": (
        {"disputes.review.upheld": "3", "disputes.review.total": "2"},
        {
            "disputes.review.upheld": "1",
            "disputes.review.pending": "2",
            "disputes.review.total": "3",
        },
        {"disputes.review.upheld": "3", "disputes.review.pending": "不详"},
    ),
}


@pytest.mark.parametrize("rule", SUMS)
def test_a_sum_that_does_not_add_up_is_an_error(find, con, rule):
    found = find(rule, cells=SUMS[rule][0])
    assert [row[2:5] for row in found] == [("3", "2", -1)]
    assert "3件" in found[0][5]
    assert "2件" in found[0][5]
    severity = con.execute("select distinct severity from findings where rule = ?", [rule])
    assert severity.fetchall() == [("error",)]


@pytest.mark.parametrize("rule", SUMS)
def test_a_sum_that_adds_up_is_no_finding(find, con, rule):
    assert find(rule, cells=SUMS[rule][1]) == []
    open_rules = con.execute("select evidence from findings where rule = 'not_checkable'")
    assert open_rules.fetchall() == []


@pytest.mark.parametrize("rule", SUMS)
@pytest.mark.parametrize("kind", ["missing", "gone"])
def test_a_sum_with_a_missing_cell_is_neither_right_nor_wrong(find, con, rule, kind):
    cells = dict(SUMS[rule][2])
    if kind == "gone":
        cells[list(cells)[-1]] = GONE
    assert find(rule, cells=cells) == []
    (row,) = con.execute(
        "select severity, expected, actual, message from findings "
        "where rule = 'not_checkable' and evidence = ?",
        [rule],
    ).fetchall()
    assert row[0] == "info"
    assert int(row[1]) - int(row[2]) == 1
    assert f"共{row[1]}处应核对，其中1处" in row[3]


def test_messages_hold_the_numbers_a_clerk_needs(find):
    ((*_, message, evidence),) = find("requests_balance", cells=SUMS["requests_balance"][0])
    assert message == (
        "“商业企业”一列：本年新收3件加上年结转0件，共3件；办理结果总计2件加结转下年度0件，"
        "共2件，两者应当相等，现相差1件。"
    )
    assert evidence == "3 + 0 ≠ 2 + 0"


def test_evidence_of_a_sum_names_its_parts(find):
    found = find(
        "outcomes_sum",
        cells={"requests.granted/total": "10", "requests.unable.not_held/total": "2"},
    )
    assert [row[6] for row in found] == [
        "（一）予以公开 10；（四）无法提供/1.本机关不掌握相关政府信息 2"
    ]
    (found,) = find("applicants_sum", cells={"requests.granted/enterprise": "10"})
    assert (found[0], found[1], found[6]) == ("requests.granted", "total", "商业企业 10")
    (found,) = find("dispute_results_sum", cells={"disputes.review.upheld": "20"})
    assert (found[0], found[6]) == ("disputes.review.total", "行政复议/结果维持 20")


@pytest.mark.parametrize("format_", ["2019", None])
def test_outcomes_of_the_older_format_have_one_row_of_others(find, con, format_):
    cells = {"requests.other.all/total": "2", "requests.processed_total/total": "3"}
    old = Small("old", year=2020, format="2019", cells=cells, columns={"format": format_})
    fill(con, old)
    found = con.execute(
        "select expected, actual from findings where rule = 'outcomes_sum'"
    ).fetchall()
    assert found == [("2", "3")]
    assert find("not_checkable") == []


def test_a_sum_in_a_missing_table_is_left_to_table_missing(find, con):
    assert find("not_checkable", tables=("disclosure",)) == []
    missing = con.execute("select expected from findings where rule = 'table_missing'").fetchall()
    assert sorted(missing) == [
        ("三、收到和处理政府信息公开申请情况",),
        ("四、政府信息公开行政复议、行政诉讼情况",),
    ]


def test_a_report_without_tables_lacks_three(find):
    assert len(find("table_missing", tables=())) == 3
    assert find("table_missing") == []
    # cells without numbers are still a table
    assert find("table_missing", cells={"disputes.review.total": ""}) == []


def test_blank_cells_are_counted_by_table(find):
    assert find("blank_cells") == []
    cells = {
        "disclosure.fees.amount": "",
        "requests.granted/total": "",
        "requests.granted/enterprise": "",
        "requests.carried_in/total": "—",
        "requests.carried_in/enterprise": GONE,
    }
    found = {row[6]: (row[3], row[5]) for row in find("blank_cells", cells=cells)}
    assert {table: count for table, (count, _) in found.items()} == {
        "disclosure": "1",
        "requests": "2",
    }
    assert "有2个单元格空白（表中共174格）" in found["requests"][1]


def test_unreadable_cells_are_named_one_by_one(find):
    cells = {"requests.granted/enterprise": "两三件", "disputes.review.total": "l"}
    found = find("unreadable_cells", cells=cells)
    assert [(row[0], row[1], row[6]) for row in found] == [
        ("disputes.review.total", None, "l"),
        ("requests.granted", "enterprise", "两三件"),
    ]
    assert (
        found[1][5]
        == "“三、本年度办理结果/（一）予以公开”（商业企业）一格写作“两三件”，不能读作数字。"
    )
    assert find("unreadable_cells") == []
    assert find("unreadable_cells", cells={"requests.granted/total": "—"}) == []


def test_numbers_below_zero(find):
    found = find("negative_count", cells={"disclosure.fees.amount": "-4.5万元"})
    assert [(row[0], row[3], row[4]) for row in found] == [("disclosure.fees.amount", "-4.5", -4.5)]
    assert find("negative_count", cells={"requests.granted/total": "0"}) == []
    assert find("negative_count", cells={"requests.granted/total": ""}) == []


def test_changes_against_last_year_may_be_below_zero(find):
    cells = {"disclosure.licensing.items_change": "-3", "disclosure.licensing.decisions": "-2"}
    found = find("negative_count", format="2019", year=2020, cells=cells)
    assert [row[0] for row in found] == ["disclosure.licensing.decisions"]


def test_counts_with_a_fraction(find):
    found = find("fractional_count", cells={"requests.granted/total": "1.5"})
    assert [(row[0], row[1], row[3]) for row in found] == [("requests.granted", "total", "1.5")]
    assert find("fractional_count", cells={"disclosure.fees.amount": "1.5"}) == []
    assert find("fractional_count", cells={"requests.granted/total": ""}) == []


@pytest.mark.parametrize(
    ("raw", "count"), [("251000", 1), ("25.1万元", 0), ("0", 0), ("", 0), ("—", 0)]
)
def test_amounts_without_a_unit(find, raw, count):
    cells = {"disclosure.procurement.amount": raw}
    found = find("amount_without_unit", format="2019", year=2020, cells=cells)
    assert [row[3] for row in found] == [raw] * count


@pytest.mark.parametrize(
    ("format_", "year", "count"),
    [("2019", 2021, 1), ("2019", 2020, 0), ("2021", 2023, 0), (None, 2023, 0), ("2019", None, 0)],
)
def test_formats_older_than_the_year(find, format_, year, count):
    found = find("format_older_than_year", columns={"format": format_, "report_year": year})
    assert len(found) == count


def test_a_clean_report_has_no_findings(find, con):
    for year, format_ in ((2020, "2019"), (2023, "2021")):
        find("requests_balance", year=year, format=format_, cells=SOMETHING)
        assert con.execute("from findings").fetchall() == []


def test_findings_of_checks_follow_the_report_and_those_of_transform_stay(find, con):
    broken = SUMS["requests_balance"][0]
    find("requests_balance", cells=broken, findings=("row_missing",))
    warehouse.finish_load(con, "run-2")
    rules = con.execute("select rule from findings where severity != 'info' order by all")
    first = rules.fetchall()
    assert first.count(("requests_balance",)) == 1
    find("requests_balance", cells=SOMETHING, findings=("row_missing",))
    assert con.execute("select rule, severity from findings").fetchall() == [
        ("row_missing", "warning")
    ]


@pytest.mark.parametrize("check", scripts("checks"), ids=lambda check: check.name)
def test_checks_have_a_header_and_the_columns_of_findings(con, check):
    assert set(check.header) == {"purpose", "grain", "key", "scope", "inputs"}
    assert check.header["grain"].startswith("One row per ")
    assert con.sql(check.text).columns == CHECK_COLUMNS
