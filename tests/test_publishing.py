"""What is published: kept for a way back, complete or not at all, whatever disk and clock do."""

import datetime
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from flows import cli, disk, earlier, publish
from flows.drafts import clone
from flows.earlier import editions
from flows.exceptions import DiskError, RollbackError
from flows.ingest import KEPT
from flows.settings import read_settings
from sql import warehouse
from tests.ingest_support import SAMPLES, rows, run

GIGABYTE = 1 << 30


def publish_one_by_one(settings, inbox, count):
    """Publish so many warehouses, each with a report more; give how many reports each has."""
    for sample in SAMPLES[:count]:
        shutil.copy(sample, inbox)
        assert run(settings, inbox).is_published


def count_reports(path):
    with warehouse.connect(path, read_only=True) as con:
        return len(con.table("reports"))


def command(settings, *words):
    return cli.main([*words, "--warehouse", str(settings.warehouse)])


# -- a way back


def test_the_last_ones_are_kept(settings, empty_inbox):
    publish_one_by_one(settings, empty_inbox, KEPT + 2)
    kept = editions(settings)
    assert [count_reports(edition.path) for edition in kept] == [4, 3, 2]
    assert [edition.run.count_reports for edition in kept] == [4, 3, 2]
    assert count_reports(settings.warehouse) == 5


def test_rolling_back_and_forward(settings, empty_inbox, capsys):
    publish_one_by_one(settings, empty_inbox, 3)
    before, last = editions(settings), rows(settings, "runs")
    assert command(settings, "rollback") == 0
    assert before[0].run.run_id in capsys.readouterr().err
    assert count_reports(settings.warehouse) == 2
    # what was published is kept, and what is published is no longer listed among the earlier
    assert [edition.run.count_reports for edition in editions(settings)] == [3, 1]
    forward = editions(settings)[0].run.run_id
    assert command(settings, "rollback", "--to", forward) == 0
    assert rows(settings, "runs") == last
    assert [edition.run.count_reports for edition in editions(settings)] == [2, 1]


def test_after_a_way_back_the_next_run_reads_what_came_since(settings, empty_inbox):
    publish_one_by_one(settings, empty_inbox, 3)
    facts = rows(settings, "facts")
    command(settings, "rollback")
    assert run(settings, empty_inbox).reports_loaded == 1
    assert rows(settings, "facts") == facts


def test_the_list_is_a_table(settings, empty_inbox, capsys):
    publish_one_by_one(settings, empty_inbox, 3)
    assert command(settings, "rollback", "--list") == 0
    head, _, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["run_id", "finished_at", "status", "reports"]
    assert [line.split()[-1] for line in lines] == ["2", "1"]


def test_a_log_of_another_program_is_not_applied_to_an_earlier_warehouse(settings, empty_inbox):
    publish_one_by_one(settings, empty_inbox, 2)
    code = "import duckdb, os, signal, sys; c = duckdb.connect(sys.argv[1]); "
    code += "c.execute('create table notes as select 1 as n'); os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", code, settings.warehouse], check=False)
    assert settings.warehouse.with_name("w.duckdb.wal").exists()
    assert command(settings, "rollback") == 0
    assert not settings.warehouse.with_name("w.duckdb.wal").exists()
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        assert len(con.table("reports")) == 1
        tables = con.execute("select table_name from duckdb_tables()").fetchall()
    assert ("notes",) not in tables


def test_there_is_a_way_back_from_a_damaged_warehouse(settings, empty_inbox, capsys):
    publish_one_by_one(settings, empty_inbox, 2)
    whole = settings.warehouse.read_bytes()
    settings.warehouse.write_bytes(whole[: len(whole) // 2])
    assert command(settings, "rollback") == 0
    assert "w.duckdb.damaged now" in capsys.readouterr().err
    assert count_reports(settings.warehouse) == 1


@pytest.mark.parametrize("words", [[], ["--to", "20000101T000000-abcdef"]])
def test_no_way_back_is_one_line(settings, empty_inbox, words, capsys):
    publish_one_by_one(settings, empty_inbox, 1)
    capsys.readouterr()
    assert command(settings, "rollback", *words) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "there is no earlier warehouse" in said
    with pytest.raises(RollbackError, match="none is kept yet"):
        earlier.roll_back(settings, None)


def test_nothing_is_kept_where_nobody_wants_it(settings, empty_inbox):
    for sample in SAMPLES[:2]:
        shutil.copy(sample, empty_inbox)
        run(settings, empty_inbox, keep=0)
    assert editions(settings) == []


def test_a_run_killed_after_keeping_lists_nothing_twice(settings, empty_inbox):
    publish_one_by_one(settings, empty_inbox, 2)
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        earlier.keep_published(settings, warehouse.last_run(con))
    assert [edition.run.count_reports for edition in editions(settings)] == [1]


def test_a_file_system_without_links_keeps_copies(settings, empty_inbox, monkeypatch):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    publish_one_by_one(settings, empty_inbox, 2)
    assert command(settings, "rollback") == 0
    assert count_reports(settings.warehouse) == 1


# -- the disk


def test_room_is_asked_for_before_the_work(settings, inbox, monkeypatch):
    run(settings, inbox)
    published = settings.warehouse.read_bytes()
    shutil.copy(SAMPLES[4], inbox)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: SimpleNamespace(free=9 << 20))
    with pytest.raises(
        DiskError, match=r"has 9 MB free, the next warehouse may need [1-9][0-9] MB"
    ):
        run(settings, inbox)
    assert settings.warehouse.read_bytes() == published


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 MB, mounted where that is allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    done = subprocess.run(["mount", *options], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("left", [0, 2 << 20, 8 << 20], ids=lambda left: f"{left >> 20} MB")
def test_a_full_disk_leaves_what_is_published(small_disk, inbox, left, monkeypatch):
    """The check beforehand is passed by, as where another program fills the disk under way."""
    monkeypatch.setattr(disk, "_LEAST", -GIGABYTE)
    settings = read_settings(small_disk / "out" / "w.duckdb", {})
    run(settings, inbox, keep=0)
    published = settings.warehouse.read_bytes()
    shutil.copy(SAMPLES[4], inbox)
    filler = small_disk / "filler"
    with filler.open("wb") as stream:
        stream.write(b"x" * (shutil.disk_usage(small_disk).free - left))
    with pytest.raises((OSError, warehouse.WarehouseError), match=r"No space left|space"):
        run(settings, inbox)
    assert settings.warehouse.read_bytes() == published
    assert not settings.upcoming.exists()
    filler.unlink()
    assert run(settings, inbox).reports_loaded == 1
    assert count_reports(settings.warehouse) == 4


def test_a_disk_that_cannot_be_written_to_is_one_line(small_disk, inbox, capsys):
    settings = read_settings(small_disk / "out" / "w.duckdb", {})
    run(settings, inbox)
    published = settings.warehouse.read_bytes()
    shutil.copy(SAMPLES[4], inbox)
    words = ["ingest", str(inbox), "--direct", "--runner", "serial"]
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    capsys.readouterr()
    assert command(settings, *words) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"{settings.lock}: Read-only file system" in said
    assert settings.warehouse.read_bytes() == published
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert command(settings, *words) == 0
    assert count_reports(settings.warehouse) == 4


# -- the clock


def test_a_clock_set_back_loses_nothing(settings, empty_inbox, monkeypatch):
    day = datetime.datetime(2026, 3, 1, 2, 30)  # noqa: DTZ001  (UTC, as the warehouse stores it)
    for number, sample in enumerate(SAMPLES[:3]):
        moment = day - number * datetime.timedelta(days=30)
        monkeypatch.setattr("flows.ingest.utc_now", lambda moment=moment: moment)
        monkeypatch.setattr(publish, "utc_now", lambda moment=moment: moment)
        shutil.copy(sample, empty_inbox)
        assert run(settings, empty_inbox).reports_loaded == 1
    assert [edition.run.count_reports for edition in editions(settings)] == [2, 1]
    assert not run(settings, empty_inbox).is_published
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        assert warehouse.last_run(con).finished_at == day - 2 * datetime.timedelta(days=30)


@pytest.mark.parametrize("how", ["by the kernel", "not at all", "in part"])
def test_a_clone_is_the_same_however_much_the_kernel_copies(tmp_path, monkeypatch, how):
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(bytes(range(256)) * 5000)
    source.chmod(0o640)
    copy = getattr(os, "copy_file_range", None)

    def partly(source, target, count):
        if os.lseek(target, 0, os.SEEK_CUR):
            raise OSError(18, "Invalid cross-device link")
        return copy(source, target, 1000)

    if how == "not at all":
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    elif how == "in part" and copy:
        monkeypatch.setattr(os, "copy_file_range", partly)
    clone(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_mode == source.stat().st_mode
