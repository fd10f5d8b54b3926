"""Runs with a file of corrections: when they publish, what stops them, what is left as it was."""

import csv
import io
import re
import shutil

import pytest

from flows import cli
from flows.exceptions import CorrectionsError
from sql import warehouse
from sql.warehouse import WarehouseError
from tests.ingest_support import SAMPLES, rows, run
from tests.support import REPO

EXAMPLE = re.search(
    r"```\n(report_id,.*?)```", (REPO / "data" / "README.md").read_text(encoding="utf-8"), re.DOTALL
)[1]
HEADER, OVERRULE, DISMISS = EXAMPLE.splitlines()
CORRECTED, DISMISSED = OVERRULE.split(",")[0], DISMISS.split(",")[0]
IN_EXAMPLE = [sample for sample in SAMPLES if "高田镇" in sample.name or "福利镇" in sample.name]
ANOTHER = next(sample for sample in SAMPLES if sample not in IN_EXAMPLE)


@pytest.fixture
def inbox(empty_inbox):
    """The two samples that the example corrects."""
    for sample in IN_EXAMPLE:
        shutil.copy(sample, empty_inbox)
    return empty_inbox


@pytest.fixture
def write(settings):
    """Give a function that writes the file of corrections."""

    def run(*lines):
        settings.corrections.parent.mkdir(exist_ok=True)
        text = "".join(f"{line}\n" for line in (HEADER, *lines))
        settings.corrections.write_text(text, encoding="utf-8")

    return run


def content(settings):
    """Give all rows of all tables but the books on runs."""
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables()").fetchall()
    return {name: rows(settings, name) for (name,) in names if name != "runs"}


def ask(settings, sql):
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        return con.execute(sql).fetchall()


def state(settings):
    found = settings.warehouse.stat()
    return found.st_ino, found.st_mtime_ns


def test_the_example_of_the_page_works(settings, inbox, write):
    write(OVERRULE, DISMISS)
    summary = run(settings, inbox)
    assert summary.reports_loaded == 2
    received = "select requests_received, count_errors from township_years where report_id = "
    assert ask(settings, f"{received} '{CORRECTED}'") == [(8, 0)]
    left = f"select rule from findings where report_id = '{DISMISSED}'"
    assert ("blank_cells",) not in ask(settings, left)
    assert len(ask(settings, "from dismissed_findings join corrections using (line_no)")) > 0


def test_new_corrections_alone_publish(settings, inbox, write):
    run(settings, inbox)
    before = content(settings)
    write(OVERRULE)
    summary = run(settings, inbox)
    assert (summary.files_new, summary.reports_loaded, summary.is_published) == (0, 0, True)
    query = "select printed_value, value from corrections join facts using (report_id, indicator) "
    assert ask(settings, query + "where facts.applicant = 'total'") == [(9, 8)]
    status = "select status, files_new, findings from runs order by started_at desc limit 1"
    assert ask(settings, status) == [("ok", 0, len(rows(settings, "findings")))]
    mended = {row[:2] for row in before["findings"]} - {
        row[:2] for row in rows(settings, "findings")
    }
    rules = ("applicants_sum", "prose_against_table", "requests_balance")
    assert mended == {(CORRECTED, rule) for rule in rules}


def test_corrections_that_are_known_leave_the_warehouse_untouched(settings, inbox, write):
    write(OVERRULE, DISMISS)
    assert run(settings, inbox).is_published
    before = state(settings)
    assert not run(settings, inbox).is_published
    write(OVERRULE, DISMISS)
    assert not run(settings, inbox).is_published
    assert state(settings) == before


@pytest.mark.parametrize(
    "lines", [(OVERRULE,), (OVERRULE.replace("来函更正", "来电更正"), DISMISS), (DISMISS, OVERRULE)]
)
def test_corrections_that_are_changed_publish(settings, inbox, write, lines):
    write(OVERRULE, DISMISS)
    run(settings, inbox)
    write(*lines)
    assert run(settings, inbox).is_published
    assert not run(settings, inbox).is_published
    assert len(rows(settings, "corrections")) == len(lines)


@pytest.mark.parametrize("withdraw", ["lines", "file"])
def test_corrections_that_are_withdrawn_leave_no_trace(settings, inbox, write, withdraw):
    run(settings, inbox)
    before = content(settings)
    write(OVERRULE, DISMISS)
    run(settings, inbox)
    assert content(settings) != before
    if withdraw == "file":
        settings.corrections.unlink()
    else:
        write()
    assert run(settings, inbox).is_published
    assert content(settings) == before


def test_corrections_stay_when_reports_come(settings, inbox, write):
    write(OVERRULE, DISMISS)
    run(settings, inbox)
    shutil.copy(ANOTHER, inbox)
    assert run(settings, inbox).reports_loaded == 1
    assert run(settings, inbox, full=True).reports_loaded == 3
    assert ask(settings, "select printed_value from corrections order by line_no") == [
        (9,),
        (None,),
    ]


BAD_LINES = {
    "form": (
        OVERRULE.replace(",8,", ",八,"),
        CorrectionsError,
        "line 2: the line has new 八; write a plain number, or leave it empty where none is known",
    ),
    "fit": (
        OVERRULE.replace(",9,8,", ",10,8,"),
        WarehouseError,
        "Corrections that fit nothing: line 2: the cell requests.received_new / total of report "
        f'{CORRECTED} prints "9", not "10". Mend or delete these lines of the corrections file; '
        "nothing was published.",
    ),
}


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_stops_the_run_and_leaves_the_published_file(settings, inbox, write, kind):
    line, error, message = BAD_LINES[kind]
    run(settings, inbox)
    before = settings.warehouse.read_bytes()
    write(line)
    shutil.copy(ANOTHER, inbox)
    with pytest.raises(error) as refusal:
        run(settings, inbox)
    assert str(refusal.value).endswith(message)
    assert settings.warehouse.read_bytes() == before
    write(OVERRULE)
    assert run(settings, inbox).reports_loaded == 1


@pytest.mark.parametrize("kind", BAD_LINES)
def test_the_command_says_so_in_one_line(settings, inbox, write, capsys, kind):
    line, _, message = BAD_LINES[kind]
    write(line)
    command = ["ingest", str(inbox), "--direct", "--runner", "serial"]
    assert cli.main([*command, "--warehouse", str(settings.warehouse)]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("gongkai ingest: ")
    assert last.endswith(message)
    assert not settings.warehouse.exists()


def test_a_warehouse_older_than_corrections_goes_on(settings, inbox, write):
    run(settings, inbox)
    before = content(settings)
    with warehouse.connect(settings.warehouse) as con:
        for table in ("corrections", "dismissed_findings", "metrics"):
            con.execute(f"drop table {table}")
        con.execute("drop view narrative_comparisons")
    assert not run(settings, inbox).is_published
    write(OVERRULE)
    assert run(settings, inbox).is_published
    assert len(rows(settings, "corrections")) == 1
    write()
    run(settings, inbox)
    assert content(settings) == before


def test_queries_and_exports_give_what_holds_now(settings, inbox, write, tmp_path, capsys):
    write(OVERRULE, DISMISS)
    run(settings, inbox)
    place = ["--warehouse", str(settings.warehouse)]
    sql = "select line_no, who, old, new from corrections where action = 'value'"
    assert cli.main(["query", sql, "--format", "csv", *place]) == 0
    assert capsys.readouterr().out == "line_no,who,old,new\n2,高田镇党政办,9,8\n"
    assert cli.main(["export", "--out", str(tmp_path / "exports"), *place]) == 0
    names = {path.stem for path in (tmp_path / "exports").glob("*.csv")}
    assert names == set(warehouse.export_views())
    years, findings = (exported(tmp_path, name) for name in ("township_years", "finding_list"))
    received = {row["report_id"]: row["requests_received"] for row in years}
    assert received[CORRECTED] == "8"
    broken = {(row["report_id"], row["rule"]) for row in findings}
    assert (DISMISSED, "blank_cells") not in broken
    assert (DISMISSED, "not_checkable") in broken


def exported(folder, name):
    text = (folder / "exports" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
