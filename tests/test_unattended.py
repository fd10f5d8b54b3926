"""What a night needs beside Prefect: log lines, the journal, patience, missed nights, news."""

import datetime
import fcntl
import json
import logging
import shutil
import subprocess
import sys

import pytest

from flows import cli, journal
from flows.exceptions import InboxError, LockedError, RequestError, SettingsError
from flows.journal import FAILED, RUNNING, Entry, read_journal, write_entry
from flows.log import LineFormatter
from flows.patience import may_pass, patiently
from flows.records import RunSummary
from flows.runs import Manner, run_once
from flows.schedule import is_missed, last_due
from sql import warehouse
from sql.exceptions import WarehouseBusyError, WarehouseError
from sql.news import new_errors, new_findings, remember_findings
from sql.scripts import script
from tests.ingest_support import SAMPLES, SERIAL
from tests.small_warehouse import Small, fill, write_reference
from tests.support import REPO

UTC = datetime.UTC
NOON = datetime.datetime(2026, 11, 26, 4, 0, tzinfo=UTC)  # in Shanghai
LAST_NIGHT = datetime.datetime(2026, 11, 25, 18, 30, tzinfo=UTC)


def direct(inbox, *more: str) -> list[str]:
    place = str(inbox.parent / "out" / "w.duckdb")
    return ["ingest", str(inbox), "--direct", "--runner", "serial", "--warehouse", place, *more]


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    """Let no option that is handed on outlive its test."""
    for name in ("GONGKAI_NOTIFY", "GONGKAI_NOTIFY_FORM", "GONGKAI_LOG", "GONGKAI_SERVED_BY"):
        monkeypatch.setenv(name, "")


class TestLog:
    def lines(self, capsys) -> list[dict[str, object]]:
        talk = capsys.readouterr()
        assert talk.out == ""
        return [json.loads(line) for line in talk.err.splitlines()]

    def test_every_line_is_an_object_and_the_last_has_the_counts(self, empty_inbox, capsys):
        shutil.copy(SAMPLES[0], empty_inbox)
        (empty_inbox / "空.txt").touch()
        assert cli.main(direct(empty_inbox, "--log", "json")) == 3
        seen, bad, outcome = self.lines(capsys)
        for line in (seen, bad, outcome):
            assert (line["level"], line["command"]) == ("info", "ingest")
            assert datetime.datetime.fromisoformat(line["time"]).utcoffset() == datetime.timedelta()
        assert seen["message"] == "2 files, 2 new"
        assert bad["fields"]["source_path"] == "空.txt"
        counts = outcome["fields"]
        assert (counts["files_seen"], counts["reports_loaded"], counts["files_quarantined"]) == (
            2,
            1,
            1,
        )
        assert counts["run_id"]

    def test_what_stops_a_run_is_an_object_too(self, tmp_path, capsys):
        assert cli.main(direct(tmp_path / "no", "--log", "json")) == 1
        (line,) = self.lines(capsys)
        assert (line["level"], line["fields"]) == ("error", {"exit_code": 1})
        assert "there is no folder" in line["message"]

    def test_a_line_break_in_a_message_stays_in_its_line(self):
        record = logging.LogRecord("flows", logging.WARNING, "", 0, "a\n%s", ("b",), None)
        text = LineFormatter("json", "serve").format(record)
        assert "\n" not in text
        assert json.loads(text)["message"] == "a\nb"
        assert json.loads(text)["level"] == "warning"


class TestJournal:
    def test_holds_the_last_run_and_when_each_inbox_was_finished(self, settings):
        settings.state.mkdir(parents=True)
        write_entry(settings, Entry("/a", NOON, "quarantined", NOON))
        write_entry(settings, Entry("/b", NOON, FAILED, NOON, "无法读取"))
        assert read_journal(settings).last == Entry("/b", NOON, FAILED, NOON, "无法读取")
        assert read_journal(settings).finished == {"/a": NOON}

    def test_a_run_that_is_killed_leaves_that_it_began(self, settings, inbox, monkeypatch):
        settings.state.mkdir(parents=True)

        def killed(*args, **options):
            raise KeyboardInterrupt

        monkeypatch.setattr("flows.runs.ingest", killed)
        with pytest.raises(KeyboardInterrupt):
            run_once(settings, inbox, SERIAL, Manner())
        assert read_journal(settings).last.outcome == RUNNING
        assert read_journal(settings).finished == {}

    @pytest.mark.parametrize("text", ["", "{}", "[]", '{"last": 1, "finished": {}}', "\x00"])
    def test_one_that_is_broken_is_none(self, settings, text):
        settings.state.mkdir(parents=True)
        (settings.state / "last_run.json").write_text(text)
        assert read_journal(settings) == journal.Journal(None, {})

    def test_a_wrong_inbox_leaves_nothing_behind(self, settings, tmp_path):
        with pytest.raises(InboxError):
            run_once(settings, tmp_path / "no", SERIAL, Manner())
        assert not settings.warehouse.parent.exists()


class TestPatience:
    def test_waits_longer_each_time_for_what_may_pass(self, settings):
        pauses: list[float] = []
        answers = iter([LockedError(settings.warehouse, "1"), OSError(5, "I/O error"), None])

        def attempt() -> str:
            error = next(answers)
            if error:
                raise error
            return "done"

        assert patiently(attempt, 4, pauses.append) == "done"
        assert pauses == [30, 120]

    def test_gives_up_with_the_last_error(self, settings):
        pauses: list[float] = []

        def attempt() -> None:
            raise LockedError(settings.warehouse, str(len(pauses)))

        with pytest.raises(LockedError, match="process 2"):
            patiently(attempt, 2, pauses.append)

    @pytest.mark.parametrize(
        ("error", "passes"),
        [
            (WarehouseBusyError("open elsewhere"), True),
            (OSError(116, "Stale file handle"), True),
            (TimeoutError(), True),
            (WarehouseError("is not a DuckDB file"), False),
            (SettingsError("is a folder"), False),
            (InboxError("no folder"), False),
            (PermissionError(13, "Permission denied"), False),
            (FileNotFoundError(2, "No such file"), False),
            (ValueError("a defect"), False),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_only_what_may_pass_is_tried_again(self, error, passes):
        assert may_pass(error) is passes
        tries = []

        def attempt() -> None:
            tries.append(1)
            raise error

        with pytest.raises(type(error)):
            patiently(attempt, 1, lambda seconds: None)
        assert len(tries) == (2 if passes else 1)

    def test_a_warehouse_open_elsewhere_is_busy(self, settings):
        settings.warehouse.parent.mkdir()
        with warehouse.connect(settings.warehouse):
            code = "import sys; from sql import warehouse; warehouse.connect(sys.argv[1])"
            done = subprocess.run(
                [sys.executable, "-c", code, settings.warehouse],
                cwd=REPO, capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert "WarehouseBusyError" in done.stderr


class TestSchedule:
    def test_half_past_two_is_that_of_the_zone(self):
        assert last_due("30 2 * * *", "Asia/Shanghai", NOON) == LAST_NIGHT
        assert last_due("30 2 * * *", "UTC", NOON) == datetime.datetime(
            2026, 11, 26, 2, 30, tzinfo=UTC
        )

    @pytest.mark.parametrize(
        ("cron", "zone", "message"),
        [
            ("30 2 * *", "UTC", "is no schedule"),
            ("61 2 * * *", "UTC", "is no schedule"),
            ("0 30 2 * * *", "UTC", "is no schedule"),
            ("30 2 30 2 *", "UTC", "is no schedule"),
            ("30 2 * * *", "Asia/Peking", "no time zone 'Asia/Peking'"),
            ("30 2 * * *", "../etc", "no time zone"),
        ],
    )
    def test_what_is_no_schedule_is_code_2(self, cron, zone, message, tmp_path, capsys):
        with pytest.raises(RequestError, match=message):
            last_due(cron, zone, NOON)
        assert cli.main(["serve", str(tmp_path), "--cron", cron, "--timezone", zone]) == 2
        assert message in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("finished", "outcome", "missed"),
        [
            (LAST_NIGHT + datetime.timedelta(minutes=4), "ok", False),
            (LAST_NIGHT + datetime.timedelta(minutes=4), "quarantined", False),
            (LAST_NIGHT + datetime.timedelta(minutes=4), FAILED, True),
            (LAST_NIGHT - datetime.timedelta(days=1), "ok", True),
        ],
    )
    def test_a_night_without_a_run_that_went_well_is_missed(
        self, settings, finished, outcome, missed
    ):
        settings.state.mkdir(parents=True)
        write_entry(settings, Entry("/inbox", finished, outcome, finished))
        assert is_missed(settings, "/inbox", LAST_NIGHT) is missed
        assert is_missed(settings, "/another", LAST_NIGHT)

    def test_without_a_journal_the_warehouse_is_asked(self, settings):
        settings.warehouse.parent.mkdir()
        with warehouse.connect(settings.warehouse) as con:
            con.execute(script("schema", "runs").text)
            warehouse.record_run(con, {"run_id": "1", "finished_at": NOON})
        assert not is_missed(settings, "/inbox", LAST_NIGHT)
        assert is_missed(settings, "/inbox", NOON + datetime.timedelta(days=1))

    def test_a_second_schedule_for_a_warehouse_is_refused(self, settings, inbox, capsys):
        settings.state.mkdir(parents=True)
        with (settings.state / "schedule.lock").open("w") as lock:
            lock.write("4711\n")
            lock.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert cli.main(["serve", str(inbox), "--warehouse", str(settings.warehouse)]) == 1
        assert "another gongkai serve (process 4711)" in capsys.readouterr().err


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    """Open a small warehouse."""
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        yield con


def test_only_findings_that_were_not_there_are_new(con):
    wrong = {"requests.received_new/natural_person": "1"}
    fill(con, Small("梓门桥镇", cells=wrong), Small("甘棠镇", township="431321102"))
    remember_findings(con)
    assert (new_findings(con), new_errors(con)) == ([], [])
    fill(con, Small("青树坪镇", township="431321103", cells=wrong), Small("梓门桥镇", cells=wrong))
    errors = new_errors(con)
    assert {row[0] for row in errors} == {"青树坪镇"}
    told = {row[0]: row for row in new_findings(con)}
    assert told["applicants_sum"] == ("applicants_sum", "error", "六类申请人之和等于总计", 1)
    assert sum(row[3] for row in told.values() if row[1] == "error") == len(errors)


CHILD = "from flows.orphans import end_with_parent; end_with_parent(); import time"
CHILD += "; print('ready', flush=True); time.sleep(600)"
PARENT = "import os, subprocess, sys; os.environ['GONGKAI_SERVED_BY'] = str(os.getpid())"
PARENT += "; subprocess.run([sys.executable, '-c', sys.argv[1]])"


def test_a_run_ends_with_the_one_that_serves_even_where_that_is_killed():
    command = [sys.executable, "-c", PARENT, CHILD]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "ready\n"
        parent.kill()
        # the child holds the other end until it has ended
        assert parent.communicate(timeout=30) == ("", None)


def test_an_outcome_is_that_of_the_table_of_runs():
    assert RunSummary(files_quarantined=1, in_quarantine=1).outcome == "quarantined"
    assert RunSummary(in_quarantine=1).outcome == "ok"
