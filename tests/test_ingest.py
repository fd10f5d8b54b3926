"""Runs: what is worked, what is published, and what every fault costs."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from flows import discover, pool, publish
from flows.exceptions import FlowError, LockedError, WorkerError
from flows.ingest import Options, ingest
from flows.lock import writer_lock
from flows.pool import open_pool
from flows.publish import read_known
from flows.records import (
    QUARANTINE,
    REPORT,
    Chunk,
    ChunkResult,
    SourceFile,
)
from flows.settings import Settings, read_settings
from sql import warehouse
from tests.ingest_support import (
    JPEG,
    SAMPLES,
    SERIAL,
    quarantined,
    rows,
    run,
)
from tests.support import REPO


def deadly(chunk: Chunk, shards: Path) -> ChunkResult:
    """Die at the file `guilty`, with a shard half-written, as a crash in C would."""
    for file in chunk.files:
        if file.source_path == "guilty":
            (shards / "facts").mkdir(exist_ok=True)
            (shards / "facts" / f"{chunk.name}.parquet").touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return ChunkResult(len(chunk.files), ())


def dead(chunk: Chunk, shards: Path) -> ChunkResult:
    raise OSError(28, "No space left on device")


def die_at_start() -> None:
    os._exit(1)


class TestPool:
    def chunk(self, name: str, *paths: str) -> Chunk:
        return Chunk(name, tuple(SourceFile(path, "", "0" * 64, 1, 0) for path in paths))

    def test_a_dead_worker_costs_the_guilty_file_only(self, tmp_path):
        with open_pool("processes", 2, tmp_path, deadly) as workers:
            result = workers.run(self.chunk("1", "a", "guilty", "b"))
            assert result.reports == 2
            assert [(f.source_path, f.stage) for f in result.failures] == [("guilty", "worker")]
            assert workers.run(self.chunk("2", "c")) == ChunkResult(1, ())
        assert list(tmp_path.rglob("*.parquet")) == []

    def test_a_machine_without_workers_blames_no_file(self, tmp_path, monkeypatch):
        monkeypatch.setattr(pool, "_begin_worker", die_at_start)
        with (
            pytest.raises(WorkerError, match="die as they start: try again with --runner serial"),
            open_pool("processes", 1, tmp_path, deadly) as workers,
        ):
            workers.run(self.chunk("1", "a"))

    @pytest.mark.parametrize("runner", ["serial", "processes"])
    def test_what_stops_the_run_is_passed_on(self, tmp_path, runner):
        with (
            pytest.raises(OSError, match="No space left"),
            open_pool(runner, 1, tmp_path, dead) as workers,
        ):
            workers.run(self.chunk("1", "a"))


class TestRun:
    def test_loads_what_is_new_and_then_leaves_the_file_alone(self, settings, inbox):
        first = run(settings, inbox)
        assert (first.files_seen, first.files_new, first.reports_loaded) == (3, 3, 3)
        before = settings.warehouse.stat()
        second = run(settings, inbox)
        after = settings.warehouse.stat()
        assert (second.files_new, second.files_unchanged, second.is_published) == (0, 3, False)
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        assert len(rows(settings, "runs")) == 1

    def test_reads_only_what_is_new(self, settings, inbox):
        run(settings, inbox)
        shutil.copy(SAMPLES[3], inbox)
        summary = run(settings, inbox)
        assert (summary.files_new, summary.files_unchanged, summary.reports_loaded) == (1, 3, 1)
        assert len(rows(settings, "reports")) == 4

    def test_full_reads_everything_again_to_the_same_facts(self, settings, inbox):
        run(settings, inbox)
        before = rows(settings, "facts")
        summary = run(settings, inbox, full=True)
        assert (summary.files_new, summary.reports_loaded) == (3, 3)
        assert rows(settings, "facts") == before

    def test_workers_and_one_process_load_the_same(self, tmp_path, inbox):
        one = read_settings(tmp_path / "one" / "w.duckdb", {})
        two = read_settings(tmp_path / "two" / "w.duckdb", {})
        run(one, inbox)
        ingest(two, inbox, Options("processes", 2))
        for table in ("facts", "sections", "findings", "repairs"):
            assert rows(one, table) == rows(two, table)

    def test_a_copy_is_one_report(self, settings, inbox):
        shutil.copy(SAMPLES[0], inbox / "copy.txt")
        summary = run(settings, inbox)
        assert (summary.files_new, summary.reports_loaded) == (4, 3)
        assert run(settings, inbox).files_new == 0

    def test_a_touched_file_is_nothing_new(self, settings, inbox):
        run(settings, inbox)
        os.utime(inbox / SAMPLES[0].name, ns=(1, 1))
        assert not run(settings, inbox).is_published

    def test_a_bad_file_is_quarantined_until_it_is_mended(self, settings, inbox):
        (inbox / "empty.txt").touch()
        (inbox / "photo.txt").write_bytes(JPEG)
        first = run(settings, inbox)
        assert (first.reports_loaded, first.files_quarantined, first.in_quarantine) == (3, 2, 2)
        assert set(quarantined(settings)) == {"empty.txt", "photo.txt"}
        second = run(settings, inbox)
        assert (second.files_new, second.files_quarantined, second.in_quarantine) == (0, 0, 2)
        shutil.copy(SAMPLES[3], inbox / "empty.txt")
        third = run(settings, inbox)
        assert (third.reports_loaded, third.in_quarantine) == (1, 1)
        assert set(quarantined(settings)) == {"photo.txt"}

    def test_a_bad_file_is_tried_again_by_new_code(self, settings, inbox, monkeypatch):
        (inbox / "empty.txt").touch()
        run(settings, inbox)
        monkeypatch.setattr("flows.ingest.code_version", lambda: "new")
        assert run(settings, inbox).files_new == 1
        assert run(settings, inbox).files_new == 0

    def test_a_closed_folder_is_quarantined_until_it_opens(self, settings, inbox, monkeypatch):
        closed = inbox / "closed"
        closed.mkdir()
        shutil.copy(SAMPLES[3], closed)
        real = os.scandir

        def scandir(path):
            if path == str(closed):
                raise PermissionError(13, "Permission denied", path)
            return real(path)

        with monkeypatch.context() as patch:
            patch.setattr(discover.os, "scandir", scandir)
            first = run(settings, inbox)
            assert (first.reports_loaded, first.in_quarantine) == (3, 1)
            assert quarantined(settings) == {"closed": ("discover", "PermissionError")}
            second = run(settings, inbox)
            assert (second.is_published, second.in_quarantine) == (False, 1)
        third = run(settings, inbox)
        assert (third.reports_loaded, third.in_quarantine) == (1, 0)
        assert quarantined(settings) == {}
        assert not run(settings, inbox).is_published

    def test_a_reader_keeps_the_warehouse_it_opened(self, settings, inbox):
        run(settings, inbox)
        with warehouse.connect(settings.warehouse, read_only=True) as reader:
            shutil.copy(SAMPLES[3], inbox)
            run(settings, inbox)
            assert len(reader.table("reports")) == 3
        assert len(rows(settings, "reports")) == 4

    def test_a_warehouse_that_fails_its_proof_is_not_published(self, settings, inbox, monkeypatch):
        run(settings, inbox)
        before = settings.warehouse.read_bytes()
        shutil.copy(SAMPLES[3], inbox)

        def refuse(con):
            raise warehouse.WarehouseError("not right")

        monkeypatch.setattr(publish.warehouse, "verify_load", refuse)
        with pytest.raises(warehouse.WarehouseError, match="not right"):
            run(settings, inbox)
        assert settings.warehouse.read_bytes() == before

    def test_reports_that_do_not_arrive_stop_the_run(self, settings, inbox):
        def forget(chunk, shards):
            return ChunkResult(len(chunk.files), ())

        with pytest.raises(FlowError, match="3 reports were read but 0 loaded"):
            ingest(settings, inbox, SERIAL, work=forget)
        assert not settings.warehouse.exists()

    def test_leaves_nothing_but_the_warehouse_and_the_lock(self, settings, inbox):
        run(settings, inbox)
        left = sorted(path.name for path in settings.warehouse.parent.rglob("*"))
        assert left == ["lock", "state", settings.warehouse.name]

    def test_progress_counts_files(self, settings, inbox):
        told = []
        ingest(settings, inbox, SERIAL, progress=lambda done, total: told.append((done, total)))
        assert told[0] == (0, 3)
        assert told[-1] == (3, 3)

    def test_what_another_program_wrote_is_kept(self, settings, inbox):
        """A client that was killed leaves its last rows in a log beside the file."""
        run(settings, inbox)
        code = "import duckdb, os, signal, sys; c = duckdb.connect(sys.argv[1]); "
        code += (
            "c.execute('create table notes as select 1 as n'); os.kill(os.getpid(), signal.SIGKILL)"
        )
        subprocess.run([sys.executable, "-c", code, settings.warehouse], check=False)
        assert settings.warehouse.with_name("w.duckdb.wal").exists()
        shutil.copy(SAMPLES[3], inbox)
        run(settings, inbox)
        assert rows(settings, "notes") == [(1,)]
        assert not settings.warehouse.with_name("w.duckdb.wal").exists()


class TestOneWriter:
    def test_a_second_one_is_refused_by_name_of_the_first(self, settings):
        with (
            writer_lock(settings),
            pytest.raises(LockedError, match=rf"process {os.getpid()}\) is writing .* wait until"),
            writer_lock(settings),
        ):
            pass

    def test_a_dead_one_leaves_no_lock(self, settings, inbox):
        killed = kill_at(settings, inbox, "flows.publish.publish")
        assert settings.lock.read_text().strip() == str(killed)
        assert run(settings, inbox).reports_loaded == 3


@pytest.mark.parametrize(
    "place", ["flows.publish._load", "flows.publish.put_in_place", "flows.ingest.gather"]
)
def test_a_run_that_is_killed_leaves_the_published_file_as_it_was(settings, inbox, place):
    run(settings, inbox)
    before = settings.warehouse.read_bytes()
    shutil.copy(SAMPLES[3], inbox)
    kill_at(settings, inbox, place)
    assert settings.warehouse.read_bytes() == before
    assert run(settings, inbox).reports_loaded == 1
    assert len(rows(settings, "reports")) == 4


def kill_at(settings: Settings, inbox: Path, place: str) -> int:
    """Ingest in a process of its own that kills itself where it would call `place`."""
    module, _, name = place.rpartition(".")
    script = f"""
        import os, signal
        from pathlib import Path
        import {module}, flows.ingest
        from flows.settings import read_settings
        def die(*args): os.kill(os.getpid(), signal.SIGKILL)
        {module}.{name} = flows.ingest.{name} = die
        settings = read_settings(Path({str(settings.warehouse)!r}), {{}})
        flows.ingest.ingest(settings, Path({str(inbox)!r}), flows.ingest.Options("serial", 1))
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], cwd=REPO)
    assert child.wait() == -signal.SIGKILL
    return child.pid


def test_the_warehouse_remembers_every_file(settings, inbox):
    (inbox / "empty.txt").touch()
    run(settings, inbox)
    outcomes = {path: file.outcome for path, file in read_known(settings).items()}
    assert outcomes == dict.fromkeys((s.name for s in SAMPLES[:3]), REPORT) | {
        "empty.txt": QUARANTINE
    }
