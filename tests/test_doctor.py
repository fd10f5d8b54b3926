"""`gongkai doctor`: sees what is wrong, says what to do, changes nothing."""

import datetime
import errno
import fcntl
import importlib.metadata
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from flows import cli
from flows.doctor import installation
from flows.doctor.examine import examine
from flows.doctor.record import OK, WARNING, WRONG, Check, Patient
from flows.doctor.warehouse import last_run
from flows.journal import FAILED, RUNNING, Entry, write_entry
from flows.settings import read_settings

NOW = datetime.datetime.now(datetime.UTC)


@pytest.fixture
def patient(tmp_path, inbox, generated, monkeypatch) -> Patient:
    """A healthy warehouse, with an inbox beside it."""
    for name in ("PREFECT_API_URL", "GONGKAI_NOTIFY", "PREFECT_HOME"):
        monkeypatch.delenv(name, raising=False)
    place = tmp_path / "out" / "w.duckdb"
    place.parent.mkdir()
    shutil.copy(generated.path, place)
    return Patient(read_settings(place, {}), inbox)


def states(patient: Patient) -> dict[str, str]:
    return {check.name: check.state for check in examine(patient)}


def not_well(patient: Patient) -> dict[str, Check]:
    """Give what is not ok; LibreOffice may be missing where tests run."""
    found = {check.name: check for check in examine(patient) if check.state != OK}
    found.pop("libreoffice", None)
    return found


def listing(folder: Path) -> list[tuple[str, int]]:
    return [(str(path), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))]


class TestCommand:
    def doctor(self, patient: Patient, *more: str) -> int:
        place = ["--warehouse", str(patient.settings.warehouse), "--inbox", str(patient.inbox)]
        return cli.main(["doctor", *place, *more])

    def test_a_healthy_one_is_code_0_in_aligned_lines(self, patient, tmp_path, capsys):
        before = listing(tmp_path)
        assert self.doctor(patient) == 0
        assert listing(tmp_path) == before
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 13
        assert {line[:9].strip() for line in lines} <= {OK, WARNING}
        assert {line[8] + line[21] for line in lines} == {"  "}
        (line,) = (line for line in lines if line[9:].startswith("warehouse "))
        assert line.endswith("proved")

    def test_a_broken_one_is_code_1_and_says_what_to_do(self, patient, capsys):
        patient.settings.warehouse.write_text("this is no database" * 1000)
        assert self.doctor(patient, "--json") == 1
        told = json.loads(capsys.readouterr().out)
        assert told["healthy"] is False
        (check,) = (check for check in told["checks"] if check["name"] == "warehouse")
        assert check["state"] == WRONG
        assert "is not a DuckDB file" in check["message"]
        assert check["advice"].startswith("restore it from a copy")

    def test_nothing_yet_is_no_fault(self, tmp_path, capsys, monkeypatch):
        monkeypatch.delenv("PREFECT_API_URL", raising=False)
        assert cli.main(["doctor", "--warehouse", str(tmp_path / "new" / "w.duckdb")]) == 0
        assert "is not there yet: run gongkai ingest INBOX" in capsys.readouterr().out
        assert list(tmp_path.iterdir()) == []


class TestInstallation:
    def test_a_version_out_of_its_range_and_a_missing_package(self, patient, monkeypatch):
        real = importlib.metadata.version

        def version(name: str) -> str:
            if name == "rapidfuzz":
                raise importlib.metadata.PackageNotFoundError(name)
            return "2.1.9" if name == "sqlalchemy" else real(name)

        monkeypatch.setattr(importlib.metadata, "version", version)
        check = installation.packages(patient)
        assert check.state == WRONG
        assert "sqlalchemy is 2.1.9 where <2.1 is asked for" in check.message
        assert "rapidfuzz is missing" in check.message

    def test_without_libreoffice_is_a_warning(self, patient, monkeypatch):
        monkeypatch.setenv("PATH", "")
        assert installation.libreoffice(patient).state == WARNING

    def test_reference_data_that_is_gone(self, patient, monkeypatch):
        def gone():
            raise FileNotFoundError(errno.ENOENT, "No such file", "indicators.csv")

        monkeypatch.setattr(installation, "load_reference", gone)
        check = installation.reference(patient)
        assert (check.state, "indicators.csv" in check.message) == (WRONG, True)

    def test_an_inbox_that_is_not_there(self, patient, tmp_path):
        check = installation.inbox(Patient(patient.settings, tmp_path / "no"))
        assert (check.state, check.advice) == (WARNING, "name yours with --inbox")

    def test_folders_that_are_closed(self, patient, monkeypatch):
        closed = patient.settings.warehouse.parent
        monkeypatch.setattr(installation.os, "access", lambda path, mode: path != closed)
        check = installation.rights(patient)
        assert (check.state, check.message) == (WRONG, f"{closed}: cannot be written")

    @pytest.mark.parametrize(
        ("free", "state"), [(10_000_000, WRONG), (500_000_000, WARNING), (50_000_000_000, OK)]
    )
    def test_room_on_the_disk(self, patient, monkeypatch, free, state):
        usage = shutil.disk_usage(patient.settings.warehouse.parent)._replace(free=free)
        monkeypatch.setattr(installation.shutil, "disk_usage", lambda path: usage)
        assert installation.disk(patient).state == state

    def test_a_server_of_the_users_own_that_is_away(self, patient, monkeypatch):
        monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
        check = installation.prefect(patient)
        assert (check.state, check.advice) == (WRONG, "start that server, or unset PREFECT_API_URL")

    def test_whom_it_would_tell(self, patient, monkeypatch):
        monkeypatch.setenv("GONGKAI_NOTIFY", "https://example.org/robot?key=secret")
        assert installation.notification(patient).message == "https://example.org, as json"
        monkeypatch.setenv("GONGKAI_NOTIFY", "robot")
        assert installation.notification(patient).state == WRONG


class TestWarehouse:
    def test_one_that_does_not_hold_what_it_should(self, patient):
        with duckdb.connect(patient.settings.warehouse) as con:
            con.execute("delete from facts where report_id = (select min(report_id) from facts)")
        check = not_well(patient)["warehouse"]
        assert (check.state, "ingest again" in check.advice) == (WRONG, True)

    def test_a_corrections_file_without_its_form(self, patient):
        patient.settings.corrections.write_text("who,why\n")
        assert not_well(patient)["corrections"].state == WRONG

    @pytest.mark.parametrize(
        ("entry", "state", "words"),
        [
            (Entry("/i", NOW, "quarantined", NOW), OK, "quarantined"),
            (Entry("/i", NOW, FAILED, NOW, "no folder"), WRONG, "failed: no folder"),
            (Entry("/i", NOW, RUNNING), WARNING, "was cut short"),
            (Entry("/i", NOW, "ok", NOW - datetime.timedelta(days=3)), WARNING, "ok"),
        ],
        ids=["well", "failed", "killed", "old"],
    )
    def test_how_the_last_run_went(self, patient, entry, state, words):
        patient.settings.state.mkdir()
        write_entry(patient.settings, entry)
        check = last_run(patient)
        assert check.state == state
        assert check.message.endswith(words) or words in check.message

    def test_a_run_and_a_schedule_under_way(self, patient):
        patient.settings.state.mkdir()
        write_entry(patient.settings, Entry("/i", NOW, RUNNING))
        told = {}
        with (
            patient.settings.lock.open("w") as writer,
            (patient.settings.state / "schedule.lock").open("w") as schedule,
        ):
            for stream in (writer, schedule):
                stream.write("4711\n")
                stream.flush()
                fcntl.flock(stream, fcntl.LOCK_EX)
            told = {check.name: check for check in examine(patient)}
        assert told["last run"].message.endswith("by process 4711")
        assert told["schedule"].message == "gongkai serve, process 4711"
        assert set(not_well(patient)) <= {"last run", "quarantine"}


def test_a_check_that_breaks_is_wrong_and_the_others_go_on(patient, monkeypatch):
    def broken(patient):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("flows.doctor.examine._CHECKS", (broken, installation.disk))
    found = states(patient)
    assert found == {"broken": WRONG, "disk": OK}
