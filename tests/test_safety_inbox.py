"""What may lie in an inbox beside reports, and names that are made to harm, from end to end."""

import csv
import json
import logging
import os
import re
import socket
import sys

import pytest

from flows import answers, cli
from flows.discover import find_files
from tests.ingest_support import JPEG, SAMPLES, quarantined, rows, run

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
NAMES = (
    b"line\nbreak.txt",
    b"gongkai ingest: loaded 9 reports\r\n.txt",
    b"\x1b[2J\x1b]0;owned\x07.txt",
    b"\xc2\x9b31m.txt",
    "gnp.\u202egpj.txt".encode(),
    b"invalid\xff\xfe\x80utf8.txt",
    b"n" * 251 + b".txt",
    "名".encode() * 83 + b".txt",
    b"-rf.txt",
    b"--help",
    b"'; drop table reports; --.txt",
    b'"; select 1; ".txt',
    b"=cmd|' !A1'.txt",
    "＝1+1.txt".encode(),
    b"<svg onload=document.title='broken'>.txt",
    b"<img src=x onerror=alert(1)>.txt",
    b"$(touch x)`touch y`;&|.txt",
    b"%s%n{0}{x}.txt",
    b"[bold red]name[bold].txt",
    b"NUL",
    b" .txt ",
)


@pytest.fixture
def hostile_inbox(empty_inbox):
    """Hold a picture and a report under each hostile name: one is quarantined, one loaded."""
    report = SAMPLES[0].read_bytes()
    for number, name in enumerate(NAMES):
        folder = empty_inbox / str(number)
        folder.mkdir()
        (folder / os.fsdecode(name)).write_bytes(JPEG + str(number).encode())
        (folder / "deeper").mkdir()
        below = folder / "deeper" / os.fsdecode(name)
        below.write_bytes(report + str(number).encode())
    return empty_inbox


@pytest.fixture(autouse=True)
def _no_handler_left():
    """Take away the handler that a command leaves: its stream ends with the test."""
    logging.getLogger("flows").handlers = []
    yield
    logging.getLogger("flows").handlers = []


def said(capsys, *words) -> tuple[int, str, str]:
    code = cli.main(list(map(str, words)))
    return code, *capsys.readouterr()


def test_hostile_names_go_through_everything_as_names(
    hostile_inbox, settings, tmp_path, capsys, monkeypatch
):
    where = ("--warehouse", settings.warehouse)
    code, _, talk = said(capsys, "ingest", hostile_inbox, "--direct", "--runner", "serial", *where)
    assert code == 3
    assert not STEERING.search(talk)
    # A line of ours for each file that is shown, and one at the beginning and two at the end.
    assert all(line.startswith("gongkai ingest: ") for line in talk.split("\n")[:-1])
    assert not any(line.startswith("gongkai ingest: loaded 9") for line in talk.split("\n"))
    assert len(rows(settings, "reports")) == len(NAMES)
    paths = {os.fsencode(name).decode("utf-8", "backslashreplace") for name in NAMES}
    assert {path.split("/", 1)[1] for path in quarantined(settings)} == paths

    code, table, _ = said(capsys, "quarantine", *where)
    assert code == 0
    assert not STEERING.search(table)
    code, text, _ = said(capsys, "quarantine", "--format", "json", *where)
    assert not STEERING.search(text)
    assert {row["source_path"].split("/", 1)[1] for row in json.loads(text)} == paths
    code, text, _ = said(capsys, "quarantine", "--format", "csv", *where)
    listed = {row["source_path"] for row in csv.DictReader(text.splitlines(keepends=True))}
    assert {path.split("/", 1)[1].replace("\r\n", "\n") for path in listed} == {
        path.replace("\r\n", "\n") for path in paths
    }

    monkeypatch.chdir(tmp_path)
    for kind in ("csv", "parquet", "xlsx"):
        assert said(capsys, "export", "--out", tmp_path / kind, "--format", kind, *where)[0] == 0
    with (tmp_path / "csv" / "quarantine.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == len(NAMES)
    assert said(capsys, "report", "--out", tmp_path / "page.html", *where)[0] == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<svg onload" not in page
    assert "<img" not in page
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {"inbox", "out", "csv", "parquet", "xlsx", "page.html"}


def test_inspect_shows_a_hostile_name_and_text_harmlessly(tmp_path, capsys):
    path = tmp_path / "a\x1b[31m\u202e.txt"
    text = SAMPLES[0].read_text(encoding="utf-8", errors="replace")
    path.write_text(f"{text}\n收到\x1b[2J申请\u202e\x9b7件。\n", encoding="utf-8")
    code, shown, _ = said(capsys, "inspect", path)
    assert code == 0
    assert not STEERING.search(shown)
    assert not STEERING.search(said(capsys, "inspect", path, "--json")[1])


def test_errors_are_one_harmless_line(tmp_path, capsys):
    code, _, talk = said(capsys, "ingest", tmp_path / "no\x1b[2J\nsuch", "--direct")
    assert code == 1
    assert talk.count("\n") == 1
    assert not STEERING.search(talk)


class Terminal:
    """Stands for a terminal: what is written to it."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text
        return len(text)

    def flush(self):
        """Hold nothing back."""

    def isatty(self):
        return True


def test_a_terminal_gets_no_more_rows_than_are_read(settings, empty_inbox, monkeypatch):
    (empty_inbox / "a.jpg").write_bytes(JPEG)
    run(settings, empty_inbox)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(answers, "_MOST_ON_TERMINAL", 2)
    for count, is_cut in ((2, False), (3, True)):
        terminal.text = ""
        sql = f"from range({count})"
        assert cli.main(["query", sql, "--warehouse", str(settings.warehouse)]) == 0
        assert ("the first 2 rows" in terminal.text) == is_cut
        assert terminal.text.count("\n") == 4 + is_cut


def test_answers_do_not_steer_a_terminal(settings, empty_inbox, monkeypatch):
    (empty_inbox / "a.jpg").write_bytes(JPEG)
    run(settings, empty_inbox)
    sql = "select chr(27) || '[2J' || chr(155) || 'x' || chr(8238) as a, chr(27) as \"b\x1b\""
    for form in ("table", "csv", "json"):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        code = cli.main(["query", sql, "--format", form, "--warehouse", str(settings.warehouse)])
        assert code == 0
        assert "x" in terminal.text
        # The library that draws tables has its own few; none is a character of the answer.
        assert not STEERING.search(re.sub(r"\x1b\[[0-9;]*m", "", terminal.text)), form


def test_what_is_no_file_does_not_hang_a_run(settings, inbox, tmp_path):
    os.mkfifo(inbox / "fifo.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(inbox / "socket.txt"))
        (inbox / "device.txt").symlink_to("/dev/zero")
        (inbox / "loop").symlink_to("loop")
        (inbox / "round").mkdir()
        (inbox / "round" / "again").symlink_to(inbox / "round")
        (inbox / "out.txt").symlink_to("/etc/hostname")
        (inbox / "folder").symlink_to("/etc")
        (inbox / "state").symlink_to(settings.state)
        (inbox / "lock.txt").symlink_to(settings.lock)
        (inbox / "up.txt").symlink_to("../../../../../../etc/hostname")
        (inbox / "nowhere.txt").symlink_to("no such file")
        (inbox / "inside.txt").symlink_to(SAMPLES[0].name)
        summary = run(settings, inbox)
    assert summary.reports_loaded == 3
    seen = {file.source_path for file in find_files(inbox).files}
    assert seen == {"inside.txt", *(path.name for path in SAMPLES[:3])}
    assert set(quarantined(settings)) <= {"loop", "nowhere.txt"}


class TestQuarantineCommand:
    def test_lists_with_chinese_aligned(self, settings, inbox, capsys):
        (inbox / "照片.txt").write_bytes(JPEG)
        (inbox / "a.txt").touch()
        run(settings, inbox)
        code, table, _ = said(capsys, "quarantine", "--warehouse", settings.warehouse)
        assert code == 0
        header, _, first, second = table.rstrip("\n").split("\n")
        assert header.split() == [
            "source_path", "stage", "error", "reason_and_advice", "first_run", "last_run",
        ]  # fmt: skip
        assert first.split()[:3] == ["a.txt", "extract", "EmptyFile"]
        assert second.split()[:3] == ["照片.txt", "extract", "PictureOnly"]
        # Each of the two characters is two columns wide.
        assert second.index("extract") == first.index("extract") - 2

    def test_retry_has_the_next_run_try_again_once(self, settings, inbox, capsys):
        (inbox / "照片.txt").write_bytes(JPEG)
        run(settings, inbox)
        assert run(settings, inbox).files_new == 0
        code, _, talk = said(capsys, "quarantine", "--retry", "--warehouse", settings.warehouse)
        assert (code, talk) == (0, "gongkai quarantine: the next run tries 1 file again\n")
        again = run(settings, inbox)
        assert (again.files_new, again.files_quarantined, again.reports_loaded) == (1, 1, 0)
        assert run(settings, inbox).files_new == 0
        assert len(rows(settings, "reports")) == 3

    def test_retry_of_nothing_leaves_the_warehouse_alone(self, settings, inbox, capsys):
        run(settings, inbox)
        before = settings.warehouse.stat().st_ino
        code, _, talk = said(capsys, "quarantine", "--retry", "--warehouse", settings.warehouse)
        assert (code, talk) == (0, "gongkai quarantine: the next run tries 0 files again\n")
        assert settings.warehouse.stat().st_ino == before

    def test_without_a_warehouse_it_says_so(self, tmp_path, capsys):
        code, _, talk = said(capsys, "quarantine", "--warehouse", tmp_path / "w.duckdb")
        assert code == 1
        assert talk.startswith("gongkai quarantine: ")
        assert talk.count("\n") == 1
