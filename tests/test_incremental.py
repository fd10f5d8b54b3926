"""Night after night: whatever happened to the files, the warehouse is what `--full` would give."""

import os
import shutil
import zipfile
from dataclasses import replace
from random import Random

import pytest

from extract import UnreadableFileError
from flows import process
from flows.ingest import Options
from flows.quiet import is_quiet
from sql import warehouse
from tests.ingest_support import SAMPLES, quarantined, rows, run

TEXTS = [sample.read_bytes() for sample in SAMPLES]
# what differs from run to run, and tells nothing of reports
BOOKKEEPING = {"run_id", "loaded_at", "first_loaded_at", "seen_run_id", "first_run_id"}
BOOKKEEPING |= {"last_run_id", "version"}
TABLES = [*warehouse.SHARD_TABLES, "source_files", "quarantine", "report_rows", "peer_statistics"]


def content(settings):
    """Every table as rows, but for the books of runs."""
    found = {}
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        for table in TABLES:
            names = [name for name in con.table(table).columns if name not in BOOKKEEPING]
            found[table] = con.table(table).project(", ".join(names)).order("all").fetchall()
    return found


def paths(settings):
    """Each report by its path, with the township it was matched to."""
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        frame = con.table("reports").df()
    return dict(zip(frame["source_path"], frame["report_id"], strict=True))


def present(settings):
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        return dict(con.execute("select source_path, is_present from source_files").fetchall())


def names_of(summary):
    return summary.files_new, summary.reports_loaded, summary.files_gone


def test_a_moved_file_is_one_report_under_its_new_path(settings, inbox):
    run(settings, inbox)
    before = paths(settings)
    (inbox / "b").mkdir()
    old = SAMPLES[0].name
    (inbox / old).rename(inbox / "b" / old)
    summary = run(settings, inbox)
    assert summary.is_published
    assert paths(settings) == {
        f"b/{old}" if path == old else path: report for path, report in before.items()
    }
    assert present(settings)[old] is False
    assert present(settings)[f"b/{old}"] is True
    assert not run(settings, inbox).is_published


def test_a_copy_behind_the_first_is_not_read(settings, inbox):
    run(settings, inbox)
    shutil.copy(inbox / SAMPLES[0].name, inbox / "龘.txt")
    summary = run(settings, inbox)
    assert names_of(summary) == (1, 0, 0)
    assert len(rows(settings, "reports")) == 3


def test_a_report_is_read_again_under_a_copy_where_its_own_file_goes(settings, inbox):
    run(settings, inbox)
    first = SAMPLES[0].name
    shutil.copy(inbox / first, inbox / "龘.txt")
    run(settings, inbox)
    (inbox / first).unlink()
    assert names_of(run(settings, inbox)) == (1, 1, 1)
    assert "龘.txt" in paths(settings)
    assert first not in paths(settings)


def test_a_changed_file_keeps_its_old_report_as_superseded(settings, inbox):
    run(settings, inbox)
    old = paths(settings)[SAMPLES[0].name]
    (inbox / SAMPLES[0].name).write_bytes(TEXTS[5])
    run(settings, inbox)
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        is_current, superseded_by = con.execute(
            "select is_current, superseded_by from reports where report_id = ?", [old]
        ).fetchone()
        new = con.execute(
            "select report_id from source_files where source_path = ?", [SAMPLES[0].name]
        ).fetchone()
    assert not is_current
    assert (superseded_by,) == new
    assert superseded_by != old


def test_a_deleted_file_is_marked_and_its_report_kept(settings, inbox):
    run(settings, inbox)
    name = SAMPLES[0].name
    report = paths(settings)[name]
    (inbox / name).unlink()
    summary = run(settings, inbox)
    assert names_of(summary) == (0, 0, 1)
    assert summary.is_published
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        gone = con.execute("select report_id from report_overview where is_source_gone").fetchall()
    assert gone == [(report,)]
    assert not run(settings, inbox).is_published
    (inbox / name).write_bytes(TEXTS[0])
    assert names_of(run(settings, inbox)) == (1, 1, 0)
    assert all(present(settings).values())


def test_a_deleted_bad_file_leaves_the_quarantine(settings, inbox):
    (inbox / "bad.html").write_bytes(b"")
    assert run(settings, inbox).in_quarantine == 1
    (inbox / "bad.html").unlink()
    assert run(settings, inbox).in_quarantine == 0
    assert rows(settings, "quarantine") == []


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(os, "seteuid"), reason="rights are POSIX")
def test_what_cannot_be_looked_at_is_not_taken_for_gone(settings, inbox, monkeypatch):
    (inbox / "folder").mkdir()
    shutil.copy(SAMPLES[4], inbox / "folder")
    run(settings, inbox)
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("folder"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert run(settings, inbox).files_gone == 0
    assert all(present(settings).values())


def test_an_archive_that_goes_takes_its_members_along(settings, inbox):
    archive = inbox / "龘.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for sample in SAMPLES[2:5]:
            out.write(sample, sample.name)
    run(settings, inbox)
    # the first of the members lies in the inbox as well; take that away
    (inbox / SAMPLES[2].name).unlink()
    assert names_of(run(settings, inbox)) == (1, 1, 1)
    assert f"龘.zip/{SAMPLES[2].name}" in paths(settings)
    archive.unlink()
    assert names_of(run(settings, inbox)) == (0, 0, 4)
    assert len(rows(settings, "reports")) == 5


def change(random, inbox):
    """Do one of the things people do to folders."""
    files = sorted(path for path in inbox.rglob("*.txt"))
    target = inbox / random.choice(["", "乙", "甲/湖南省"]) / f"{random.randint(0, 30)}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    kind = random.choice(["add", "add", "move", "copy", "delete", "change", "spoil", "touch"])
    if kind == "add" or not files:
        target.write_bytes(random.choice(TEXTS))
    elif kind == "spoil":
        random.choice(files).write_bytes(b"\xff\xd8\xff\xe0 no report")
    elif kind == "delete":
        random.choice(files).unlink()
    elif kind == "change":
        random.choice(files).write_bytes(random.choice(TEXTS))
    elif kind == "touch":
        os.utime(random.choice(files), ns=(1, random.randint(1, 10**18)))
    else:
        source = random.choice(files)
        (shutil.copy if kind == "copy" else shutil.move)(source, target)


def test_what_a_newer_version_takes_for_no_report_goes(settings, inbox, monkeypatch):
    run(settings, inbox)
    refused = SAMPLES[0].name
    build = process.build_report

    def build_report(document, source, reference):
        report = build(document, source, reference)
        return replace(report, why_no_report="a plan") if source.source_path == refused else report

    monkeypatch.setattr(process, "build_report", build_report)
    run(settings, inbox, full=True)
    assert quarantined(settings) == {refused: ("transform", "NotAReport")}
    after = content(settings)
    settings.warehouse.unlink()
    run(settings, inbox)
    assert content(settings) == after
    assert len(after["reports"]) == 2


def test_what_cannot_be_read_again_keeps_its_report(settings, inbox, monkeypatch):
    run(settings, inbox)
    before = paths(settings)

    def fail(*_):
        raise UnreadableFileError("TooSlow", "This file takes longer than 60 s.", "Ingest it.")

    monkeypatch.setattr(process, "build_report", fail)
    run(settings, inbox, full=True)
    assert len(quarantined(settings)) == 3
    assert paths(settings) == before


@pytest.mark.parametrize("seed", [1, 2])
def test_nights_of_changes_give_what_reading_everything_gives(settings, empty_inbox, seed):
    random = Random(seed)
    for _ in range(4):
        for _ in range(5):
            change(random, empty_inbox)
        is_news = not is_quiet(settings, empty_inbox, Options())
        assert is_news >= run(settings, empty_inbox).is_published
        assert is_quiet(settings, empty_inbox, Options())
    by_nights = content(settings)
    assert not run(settings, empty_inbox).is_published
    run(settings, empty_inbox, full=True)
    assert content(settings) == by_nights
    assert len(by_nights["reports"]) > 3
