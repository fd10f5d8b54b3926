"""Corrections in the warehouse: what they change, that they fit, and that they leave no trace."""

import datetime
from random import Random

import pytest

from sql import warehouse
from sql.warehouse import WarehouseError
from tests.small_country import HEYE, JINGZI, REPORTS, received, rows
from tests.small_warehouse import Small, clear, fill, load_corrections, overrule, write_reference

NEW, TOTAL = "requests.received_new", "requests.received_new/total"
# 9 in the total where the applicants and the outcomes make 8
WRONG = received(8) | {TOTAL: "9"}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return write_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def shared_con(reference):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, reference)
        yield con


@pytest.fixture
def con(shared_con):
    yield shared_con
    clear(shared_con)
    for table in ("corrections", "dismissed_findings"):
        shared_con.execute(f"delete from {table}")


def dismiss(report, rule, indicator=None, applicant=None):
    return {
        "report_id": report.report_id,
        "action": "dismiss",
        "rule": rule,
        "indicator": indicator,
        "applicant": applicant,
    }


def correct(con, *lines):
    load_corrections(con, *lines)
    warehouse.finish_load(con, "run-2")
    warehouse.verify(con)


def content(con, *, without=()):
    """Give all rows of all tables, in a fixed order."""
    names = con.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    return {
        name: sorted(con.execute(f"from {name}").fetchall(), key=repr)
        for (name,) in names
        if name not in without
    }


def cell(con, of, indicator=NEW, applicant="total"):
    """Give value, value_status and raw_text."""
    (found,) = con.execute(
        "select value, value_status, raw_text from facts "
        "where (report_id, indicator) = (?, ?) and coalesce(applicant, '') = ?",
        [of.report_id, indicator, applicant],
    ).fetchall()
    return found


def found_rules(con, of, table="findings"):
    query = f"select rule from {table} where report_id = ? order by all"
    return [rule for (rule,) in con.execute(query, [of.report_id]).fetchall()]


# -- values


def test_checks_views_and_peers_see_the_new_value(con):
    wrong = Small("荷叶镇", township=HEYE, cells=WRONG)
    neighbour = Small("井字镇", township=JINGZI, cells=received(8))
    fill(con, wrong, neighbour)
    assert found_rules(con, wrong) == ["applicants_sum", "requests_balance"]
    peers = "org_name, value, county_rank, county_median"
    where = f"indicator = '{NEW}' and applicant = 'total'"
    assert rows(con, "indicator_comparisons", peers, where) == [
        ("井字镇", 8, 2, 8.5),
        ("荷叶镇", 9, 1, 8.5),
    ]
    correct(con, overrule(wrong, TOTAL, "9", "8"))
    assert found_rules(con, wrong) == []
    assert rows(con, "township_years", "requests_received, count_errors", "true") == [(8, 0)] * 2
    assert rows(con, "indicator_comparisons", peers, where) == [
        ("井字镇", 8, 1, 8),
        ("荷叶镇", 8, 1, 8),
    ]
    assert rows(con, "peer_statistics", "county_peers", f"{where} and value = 8") == [(2,)]
    assert rows(con, "peer_statistics", "county_peers", f"{where} and value = 9") == []


def test_checks_find_what_the_new_value_breaks(con):
    report = Small("荷叶镇", cells=received(8))
    fill(con, report)
    correct(con, overrule(report, TOTAL, "8", "9"))
    assert found_rules(con, report) == ["applicants_sum", "requests_balance"]


def test_what_was_printed_stays_beside_it(con):
    wrong = Small("荷叶镇", cells=WRONG)
    fill(con, wrong)
    correct(con, overrule(wrong, TOTAL, "9", "8"))
    assert cell(con, wrong) == (8, "reported", "9")
    columns = "line_no, who, corrected_on, why, old, new, printed_value, printed_status"
    assert rows(con, "corrections", columns, "true") == [
        (2, "县政务公开办", datetime.date(2026, 3, 2), "来函更正", "9", "8", 9, "reported")
    ]


def test_only_the_cell_that_is_named_changes(con):
    wrong, other = Small("荷叶镇", cells=WRONG), Small("井字镇", township=JINGZI, cells=WRONG)
    fill(con, wrong, other)
    before = {row[:4] for row in con.execute("from facts").fetchall()}
    correct(con, overrule(wrong, TOTAL, "9", "8"))
    after = {row[:4] for row in con.execute("from facts").fetchall()}
    assert before - after == {(wrong.report_id, NEW, "total", 9)}
    assert after - before == {(wrong.report_id, NEW, "total", 8)}


def test_without_a_new_number_none_is_known(con):
    report = Small("荷叶镇", cells=received(8))
    fill(con, report)
    correct(con, overrule(report, TOTAL, "8", None))
    assert cell(con, report) == (None, "unreadable", "8")
    assert rows(con, "township_years", "requests_received", "true") == [(None,)]
    # two sums are open now; that the cell prints no number would not be true
    assert found_rules(con, report) == ["not_checkable", "not_checkable"]


@pytest.mark.parametrize("raw", ["", "—", "两三件"])
def test_a_cell_without_a_number_can_be_given_one(con, raw):
    report = Small("荷叶镇", cells=received(8) | {TOTAL: raw})
    fill(con, report)
    before = cell(con, report)
    assert before[0] is None
    correct(con, overrule(report, TOTAL, raw or None, "8"))
    assert cell(con, report) == (8, "reported", raw)
    assert found_rules(con, report) == []
    printed = rows(con, "corrections", "printed_value, printed_status", "true")
    assert printed == [(None, before[1])]
    correct(con)
    assert cell(con, report) == before


def test_a_settled_amount_needs_no_unit(con):
    amount = "disclosure.procurement.amount"
    report = Small("荷叶镇", year=2020, format="2019", cells={amount: "251000"})
    fill(con, report)
    assert found_rules(con, report) == ["amount_without_unit"]
    correct(con, overrule(report, amount, "251000", "25.1"))
    assert found_rules(con, report) == []


@pytest.mark.parametrize(
    ("raw", "old"),
    [
        ("9", "9"),
        ("9", "9.0"),
        ("　9 ", "9"),
        ("9.50", "9.5"),
        ("12万元", "12万元"),
        ("12万元", "12"),
        ("两\n三件", "两\n三件"),
        ("—", "—"),
        ("", None),
        ("　 \n", None),
    ],
)
def test_old_is_the_printed_text_or_its_number(con, raw, old):
    report = Small("荷叶镇", cells={"disclosure.fees.amount": raw})
    fill(con, report)
    correct(con, overrule(report, "disclosure.fees.amount", old, "1.5"))
    found = cell(con, report, "disclosure.fees.amount", "")
    assert (float(found[0]), *found[1:]) == (1.5, "reported", raw)


def test_reports_that_another_stands_for_are_corrected_too(con):
    fill(con, *REPORTS)
    copy = next(report for report in REPORTS if report.name == "荷叶镇副本")
    correct(con, overrule(copy, TOTAL, "1", "3"))
    assert cell(con, copy) == (3, "reported", "1")


# -- findings


FLAWED = Small(
    "荷叶镇",
    cells=WRONG | {"requests.granted/enterprise": "1"},
    findings=("row_missing", "row_missing", "scar_unrepaired"),
)
ALL_OF_FLAWED = [
    "applicants_sum",
    "applicants_sum",
    "outcomes_sum",
    "requests_balance",
    "row_missing",
    "row_missing",
    "scar_unrepaired",
]


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        (dismiss(FLAWED, "applicants_sum"), ["applicants_sum", "applicants_sum"]),
        (dismiss(FLAWED, "applicants_sum", NEW), ["applicants_sum"]),
        (dismiss(FLAWED, "applicants_sum", NEW, "total"), ["applicants_sum"]),
        (dismiss(FLAWED, "applicants_sum", None, "total"), ["applicants_sum", "applicants_sum"]),
        (dismiss(FLAWED, "row_missing"), ["row_missing", "row_missing"]),
        (dismiss(FLAWED, "outcomes_sum", None, "enterprise"), ["outcomes_sum"]),
    ],
)
def test_a_dismissed_finding_stands_elsewhere(con, line, gone):
    other = Small("井字镇", township=JINGZI, cells=WRONG, findings=("row_missing",))
    fill(con, FLAWED, other)
    assert found_rules(con, FLAWED) == ALL_OF_FLAWED
    before = sorted(con.execute("from findings").fetchall(), key=repr)
    correct(con, line)
    left = list(ALL_OF_FLAWED)
    for rule in gone:
        left.remove(rule)
    assert found_rules(con, FLAWED) == left
    assert found_rules(con, FLAWED, "dismissed_findings") == gone
    assert set(con.execute("select line_no from dismissed_findings").fetchall()) == {(2,)}
    both = con.execute("from findings union all select * exclude (line_no) from dismissed_findings")
    assert sorted(both.fetchall(), key=repr) == before
    assert rows(con, "county_findings", "sum(count_findings)", "true") == [(len(left) + 3,)]


def test_a_dismissed_finding_no_longer_decides_which_report_stands(con):
    flawed = Small("新", findings=("row_missing",), columns={"published_on": "2024-02-02"})
    older = Small("旧", columns={"published_on": "2024-01-01"})
    fill(con, flawed, older)
    current = "select org_name from reports where is_current"
    assert con.execute(current).fetchall() == [("旧",)]
    correct(con, dismiss(flawed, "row_missing"))
    assert con.execute(current).fetchall() == [("新",)]
    # the other one is now the second report of the year
    assert found_rules(con, older) == ["all_zero_tables", "duplicate_report"]
    correct(con)
    assert con.execute(current).fetchall() == [("旧",)]


def test_findings_across_reports_can_be_dismissed(con):
    last = Small("去年", year=2022, cells={"requests.carried_out/enterprise": "3"})
    this = Small("今年", cells=received(1))
    fill(con, last, this)
    assert found_rules(con, this) == ["carry_over_balance"]
    correct(con, dismiss(this, "carry_over_balance", "requests.carried_in", "enterprise"))
    assert found_rules(con, this) == []
    assert found_rules(con, this, "dismissed_findings") == ["carry_over_balance"]


# -- undone, and done again


LINES = (
    overrule(FLAWED, TOTAL, "9", "8"),
    overrule(FLAWED, "disclosure.fees.amount", "0", None),
    overrule(FLAWED, "requests.granted/enterprise", "1", "0"),
    dismiss(FLAWED, "row_missing"),
    dismiss(FLAWED, "scar_unrepaired"),
)


def test_corrections_that_are_withdrawn_leave_no_trace(con):
    fill(con, FLAWED, Small("井字镇", township=JINGZI, cells=WRONG))
    before = content(con)
    correct(con, *LINES)
    assert content(con)["facts"] != before["facts"]
    assert content(con)["findings"] != before["findings"]
    correct(con)
    assert content(con) == before


def test_corrections_that_are_changed_are_those_of_now(con, reference):
    fill(con, FLAWED)
    correct(con, *LINES)
    correct(con, *LINES[1:3], dismiss(FLAWED, "row_missing"))
    with warehouse.connect(":memory:") as other:
        warehouse.create(other, reference)
        fill(other, FLAWED)
        correct(other, *LINES[1:3], dismiss(FLAWED, "row_missing"))
        assert content(other) == content(con)


def test_finishing_again_changes_nothing(con):
    fill(con, FLAWED)
    correct(con, *LINES)
    before = content(con)
    warehouse.finish_load(con, "run-3")
    assert content(con) == before


def test_loading_the_same_report_again_changes_nothing(con):
    fill(con, FLAWED)
    correct(con, *LINES)
    before = content(con)
    fill(con, FLAWED)
    assert content(con) == before


def test_other_reports_come_and_corrections_stay(con):
    wrong = Small("荷叶镇", cells=WRONG)
    fill(con, wrong)
    correct(con, overrule(wrong, TOTAL, "9", "8"))
    fill(con, Small("井字镇", township=JINGZI, cells=received(3)))
    assert cell(con, wrong) == (8, "reported", "9")


def test_a_report_read_anew_is_not_taken_for_the_overruled_one(con):
    """The reader has learned, or the file was read wrong before."""
    wrong, anew = (Small("荷叶镇", cells=received(8) | {TOTAL: n}) for n in ("9", "7"))
    fill(con, wrong)
    correct(con, overrule(wrong, TOTAL, "9", "8"))
    with pytest.raises(WarehouseError, match='prints "7", not "9"'):
        fill(con, anew)
    assert cell(con, wrong) == (7, "reported", "7")
    correct(con)
    assert cell(con, wrong) == (7, "reported", "7")


# -- lines that fit nothing


REPORT = Small("荷叶镇", cells=WRONG | {"requests.granted/enterprise": "两\n 三件"})
NO_ONE = Small("没有这份报告")
PRINTS = f"of report {REPORT.report_id} prints"
UNMATCHED = {
    "no such report": (
        overrule(NO_ONE, TOTAL, "9", "8"),
        f"there is no report {NO_ONE.report_id}",
    ),
    "no such report to dismiss in": (
        dismiss(NO_ONE, "row_missing"),
        f"there is no report {NO_ONE.report_id}",
    ),
    "no such indicator": (
        overrule(REPORT, "requests.recieved/total", "9", "8"),
        f"report {REPORT.report_id} has no cell requests.recieved / total",
    ),
    "no such applicant": (
        overrule(REPORT, "requests.received_new", "9", "8"),
        f"report {REPORT.report_id} has no cell requests.received_new",
    ),
    "not in this format": (
        overrule(REPORT, "disclosure.procurement.amount", "0", "8"),
        f"report {REPORT.report_id} has no cell disclosure.procurement.amount",
    ),
    "another number": (
        overrule(REPORT, TOTAL, "90", "8"),
        f'the cell requests.received_new / total {PRINTS} "9", not "90"',
    ),
    "the new number": (
        overrule(REPORT, TOTAL, "8", "8"),
        f'the cell requests.received_new / total {PRINTS} "9", not "8"',
    ),
    "not blank": (
        overrule(REPORT, "disclosure.fees.amount", None, "8"),
        f'the cell disclosure.fees.amount {PRINTS} "0", not ""',
    ),
    "a printed text on several lines": (
        overrule(REPORT, "requests.granted/enterprise", "两三件", "2"),
        f'the cell requests.granted / enterprise {PRINTS} "两 三件", not "两三件"',
    ),
    "no such finding": (
        dismiss(REPORT, "row_missing"),
        f"report {REPORT.report_id} has no finding row_missing",
    ),
    "no such finding for the cell": (
        dismiss(REPORT, "applicants_sum", "requests.granted", "total"),
        f"report {REPORT.report_id} has no finding applicants_sum for requests.granted / total",
    ),
    "no such finding for an applicant": (
        dismiss(REPORT, "requests_balance", None, "enterprise"),
        f"report {REPORT.report_id} has no finding requests_balance / enterprise",
    ),
}
ADVICE = "Mend or delete these lines of the corrections file; nothing was published."


@pytest.mark.parametrize("name", UNMATCHED)
def test_a_line_that_fits_nothing_stops_the_load(con, name):
    line, reason = UNMATCHED[name]
    fill(con, REPORT)
    before = content(con, without=("corrections", "changed_reports"))
    load_corrections(con, overrule(REPORT, "disclosure.fees.amount", "0", "1"), line)
    if line["indicator"] == "disclosure.fees.amount":
        load_corrections(con, dismiss(REPORT, "requests_balance"), line)
    with pytest.raises(WarehouseError) as refusal:
        warehouse.finish_load(con, "run-2")
    assert str(refusal.value) == f"Corrections that fit nothing: line 3: {reason}. {ADVICE}"
    assert content(con, without=("corrections", "changed_reports")) == before


def test_a_blank_cell_prints_no_zero(con):
    report = Small("荷叶镇", cells={"disclosure.fees.amount": ""})
    fill(con, report)
    with pytest.raises(WarehouseError, match='prints "", not "0"'):
        correct(con, overrule(report, "disclosure.fees.amount", "0", "1"))


def test_three_lines_are_named_and_the_others_counted(con):
    fill(con, REPORT)
    lines = [dismiss(REPORT, rule) for rule in ("jump", "row_missing", "header_unrecognised")]
    with pytest.raises(WarehouseError, match=r"line 2: .*; line 3: .*; line 4: .*nised\. Mend"):
        correct(con, *lines)
    lines += [dismiss(REPORT, rule) for rule in ("total_only", "published_late")]
    with pytest.raises(WarehouseError, match=r"line 4: .*nised; and 2 more\. Mend"):
        correct(con, *lines)


def test_a_finding_that_a_correction_mends_is_gone(con):
    """Who overrules the cell has no finding left to dismiss."""
    fill(con, REPORT)
    with pytest.raises(WarehouseError, match=r"line 3: .* has no finding requests_balance"):
        correct(con, overrule(REPORT, TOTAL, "9", "8"), dismiss(REPORT, "requests_balance"))


# -- the law: whatever was corrected, withdrawn it never was


@pytest.mark.parametrize("seed", range(1))
def test_random_corrections_and_then_none_are_never_any(con, seed):
    random = Random(seed)
    fill(con, *REPORTS)
    before = content(con)
    for _ in range(2):
        correct(con, *random_lines(random))
        fill(con, *random.sample(REPORTS, random.randrange(5)))
        assert content(con)["facts"] != before["facts"]
    correct(con)
    assert content(con) == before


def random_lines(random):
    """Give corrections that fit: of some cells, and of some findings of reading."""
    cells = [
        {name: fact[name] for name in ("report_id", "indicator", "applicant")}
        | {"action": "value", "old": fact["raw_text"] or None}
        | {"new": random.choice(("0", "7", "1.5", None))}
        for fact in random.sample([fact for report in REPORTS for fact in report.facts()], 30)
    ]
    found = [(report, rule) for report in REPORTS for rule in dict.fromkeys(report.findings)]
    return cells + [dismiss(*case) for case in found if random.random() < 0.7]
