"""The steps of a run, one by one: settings, discovery, worklist, harvest, chunks, files."""

import os
from pathlib import Path

import pytest

from flows import process
from flows.discover import Inbox, find_files, require_inbox
from flows.exceptions import InboxError, SettingsError
from flows.harvest import gather
from flows.ingest import CHUNK_BYTES, make_chunks
from flows.limits import MAX_BYTES
from flows.process import process_chunk
from flows.records import (
    QUARANTINE,
    REPORT,
    Chunk,
    ChunkResult,
    Failure,
    FoundFile,
    KnownFile,
    SourceFile,
)
from flows.settings import read_settings
from flows.worklist import sort_files
from tests.ingest_support import (
    JPEG,
    SAMPLES,
    found,
    source_file,
)


class TestSettings:
    def test_state_stands_beside_the_warehouse(self, tmp_path):
        settings = read_settings(tmp_path / "w.duckdb", {})
        assert settings.state == tmp_path / "state"
        assert settings.prefect_home == tmp_path / "state" / "prefect"

    def test_prefect_home_of_the_user_wins(self, tmp_path):
        home = tmp_path / "home"
        settings = read_settings(tmp_path / "w.duckdb", {"PREFECT_HOME": str(home)})
        assert settings.prefect_home == home

    def test_a_link_is_resolved(self, tmp_path):
        (tmp_path / "link.duckdb").symlink_to(tmp_path / "real.duckdb")
        assert read_settings(tmp_path / "link.duckdb", {}).warehouse == tmp_path / "real.duckdb"

    def test_a_folder_is_no_warehouse(self, tmp_path):
        with pytest.raises(SettingsError, match="is a folder: name the warehouse file"):
            read_settings(tmp_path, {})

    def test_nothing_can_stand_in_a_file(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(SettingsError, match=r"file is a file, so .* choose another path"):
            read_settings(tmp_path / "file" / "deeper" / "w.duckdb", {})


class TestDiscover:
    def test_lists_files_sorted_and_leaves_out_what_is_no_report(self, tmp_path):
        for name in (
            "b.txt",
            "a/c.txt",
            "a/README.md",
            "README.md",
            ".hidden",
            ".git/x",
            "README.txt",
            "a/Thumbs.db",
            "desktop.ini",
            "~$b.docx",
        ):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("x")
        listed = find_files(tmp_path)
        paths = [file.source_path for file in listed.files]
        assert paths == ["README.txt", "a/README.md", "a/c.txt", "b.txt"]
        assert listed.folders == ("a",)

    def test_follows_links_only_to_files_inside(self, tmp_path):
        inbox = tmp_path / "inbox"
        (inbox / "sub").mkdir(parents=True)
        (inbox / "sub" / "in.txt").write_text("x")
        (tmp_path / "out.txt").write_text("x")
        (inbox / "to_in.txt").symlink_to("sub/in.txt")
        (inbox / "to_out.txt").symlink_to(tmp_path / "out.txt")
        (inbox / "to_self").symlink_to(inbox, target_is_directory=True)
        (inbox / "broken").symlink_to(inbox / "nowhere")
        listed = find_files(inbox)
        assert [file.source_path for file in listed.files] == ["sub/in.txt", "to_in.txt"]
        assert listed.failures == ()
        assert listed.strays == ("broken", "to_out.txt")

    def test_a_name_in_gbk_becomes_text(self, tmp_path):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd5\xf2.txt"))).write_text("x")
        assert [file.source_path for file in find_files(tmp_path).files] == [r"\xd5\xf2.txt"]

    def test_a_pipe_is_no_file(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.txt")
        assert find_files(tmp_path) == Inbox((), (), (), strays=("pipe.txt",))

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("missing", "no folder .*missing: check the path"),
            ("file", "is not a folder"),
            ("around", "lies inside the inbox"),
        ],
    )
    def test_refuses_what_is_no_inbox(self, tmp_path, name, message):
        (tmp_path / "file").touch()
        (tmp_path / "around").mkdir()
        with pytest.raises(InboxError, match=message):
            require_inbox(tmp_path / name, tmp_path / "around" / "w.duckdb")


class TestWorklist:
    """One file of the content `x`, against what is remembered of it."""

    DIGEST = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"

    @pytest.mark.parametrize(
        ("before", "expected"),
        [
            pytest.param({}, ["fresh"], id="new"),
            pytest.param({"outcome": REPORT}, [], id="unchanged"),
            pytest.param({"outcome": REPORT, "mtime_ns": 5}, ["touched"], id="touched"),
            pytest.param(
                {"outcome": REPORT, "sha256": "f" * 64, "size": 9}, ["fresh"], id="changed"
            ),
            pytest.param({"outcome": REPORT, "version": "0"}, [], id="report of older code"),
            pytest.param({"outcome": QUARANTINE}, ["waiting"], id="quarantined"),
            pytest.param(
                {"outcome": QUARANTINE, "mtime_ns": 5},
                ["touched", "waiting"],
                id="quarantined, touched",
            ),
            pytest.param(
                {"outcome": QUARANTINE, "version": "0"}, ["fresh"], id="quarantined by older code"
            ),
            pytest.param({"outcome": QUARANTINE, "sha256": None}, ["fresh"], id="was unreadable"),
        ],
    )
    def test_sorts(self, tmp_path, before, expected):
        path = tmp_path / "x.txt"
        path.write_text("x")
        file = found(path)
        known = {}
        if before:
            usual = {"size": 1, "mtime_ns": file.mtime_ns, "sha256": self.DIGEST, "version": "1"}
            known = {"x.txt": KnownFile(**{**usual, **before})}
        work = sort_files(Inbox((file,), (), ()), known, "1")
        lists = ("fresh", "repeats", "touched", "failures", "waiting", "recovered")
        assert [name for name in lists if getattr(work, name)] == expected

    def test_full_takes_every_file_for_new(self, tmp_path):
        path = tmp_path / "x.txt"
        path.write_text("x")
        file = found(path)
        known = {"x.txt": KnownFile(1, file.mtime_ns, self.DIGEST, "1", REPORT)}
        assert sort_files(Inbox((file,), (), ()), known, "1", full=True).files_new == 1

    def test_the_same_content_is_worked_once(self, tmp_path):
        for name in ("a", "b"):
            (tmp_path / name).write_text("x")
        work = sort_files(find_files(tmp_path), {}, "1")
        assert [file.source_path for file in work.fresh] == ["a"]
        assert [file.source_path for file in work.repeats] == ["b"]

    def test_a_file_that_cannot_be_read_is_news_once(self, tmp_path):
        gone = FoundFile("gone", str(tmp_path / "gone"), 1, 1)
        work = sort_files(Inbox((gone,), (), ()), {}, "1")
        assert [failure.error for failure in work.failures] == ["FileNotFoundError"]
        assert work.has_news
        again = sort_files(
            Inbox((gone,), (), ()), {"gone": KnownFile(0, 0, None, "", QUARANTINE)}, "1"
        )
        assert again.waiting == ["gone"]
        assert not again.has_news


class TestHarvest:
    def test_a_repeat_shares_the_fate_of_its_twin(self, tmp_path):
        for name in ("a", "b"):
            (tmp_path / name).write_text("x")
        work = sort_files(find_files(tmp_path), {}, "1")
        failure = Failure("a", work.fresh[0].sha256, "extract", "EmptyFile", "m")
        harvest = gather(work, [ChunkResult(0, (failure,))], {}, "1")
        assert {file.source_path: file.outcome for file in harvest.files} == dict.fromkeys(
            "ab", QUARANTINE
        )
        assert [failure.source_path for failure in harvest.failures] == ["a", "b"]

    def test_what_could_not_be_read_is_not_remembered(self, tmp_path):
        (tmp_path / "a").write_text("x")
        work = sort_files(find_files(tmp_path), {}, "1")
        failure = Failure("a", None, "read", "ChangedFile", "m")
        assert gather(work, [ChunkResult(0, (failure,))], {}, "1").files == ()


class TestChunks:
    def test_are_bounded_in_number_and_bytes_and_lose_nothing(self):
        files = [
            SourceFile(str(n), "", "", size, 0)
            for n, size in enumerate([10] * 5 + [CHUNK_BYTES] * 3)
        ]
        chunks = make_chunks(files, workers=1)
        assert [len(chunk.files) for chunk in chunks] == [2, 2, 1, 1, 1, 1]
        assert [file for chunk in chunks for file in chunk.files] == files
        assert len({chunk.name for chunk in chunks}) == len(chunks)

    def test_of_a_great_inbox_hold_two_seconds_of_work(self):
        files = [SourceFile(str(n), "", "", 1, 0) for n in range(5000)]
        assert max(len(chunk.files) for chunk in make_chunks(files, workers=2)) == 512


class TestProcess:
    def work(self, tmp_path, *paths: Path) -> ChunkResult:
        (tmp_path / "shards").mkdir(exist_ok=True)
        chunk = Chunk("c", tuple(source_file(path) for path in paths))
        return process_chunk(chunk, tmp_path / "shards")

    def test_writes_one_shard(self, tmp_path):
        assert self.work(tmp_path, *SAMPLES[:2]) == ChunkResult(2, ())
        names = {path.name for path in (tmp_path / "shards").rglob("*.parquet")}
        assert names == {"c.parquet"}

    @pytest.mark.parametrize(
        ("content", "stage", "message"),
        [(b"", "extract", "empty"), (JPEG, "extract", "JPEG")],
        ids=["empty file", "JPEG named txt"],
    )
    def test_a_file_that_is_no_report_fails_alone(self, tmp_path, content, stage, message):
        (tmp_path / "bad.txt").write_bytes(content)
        result = self.work(tmp_path, tmp_path / "bad.txt", SAMPLES[0])
        assert result.reports == 1
        (failure,) = result.failures
        assert (failure.source_path, failure.stage) == ("bad.txt", stage)
        assert message in failure.message

    def test_a_defect_costs_the_one_file(self, tmp_path, monkeypatch):
        real = process.build_report

        def build(document, source, reference):
            if source.source_path == SAMPLES[1].name:
                raise ZeroDivisionError("first line\nsecond line")
            return real(document, source, reference)

        monkeypatch.setattr(process, "build_report", build)
        result = self.work(tmp_path, *SAMPLES[:3])
        assert result.reports == 2
        (failure,) = result.failures
        assert failure.error == "ZeroDivisionError"
        assert failure.message.startswith(
            "Unexpected ZeroDivisionError at stage transform: first line."
        )

    def test_a_report_that_fits_no_table_costs_the_one_file(self, tmp_path, monkeypatch):
        real = process.to_frames

        def frames(reports):
            made = real(reports)
            if any(report.source.source_path == SAMPLES[1].name for report in reports):
                made["facts"]["value"] = "1" * 30
            return made

        monkeypatch.setattr(process, "to_frames", frames)
        result = self.work(tmp_path, *SAMPLES[:3])
        assert result.reports == 2
        assert [failure.source_path for failure in result.failures] == [SAMPLES[1].name]
        assert not (tmp_path / "shards" / "reports" / "c.parquet").exists()

    def test_a_full_disk_stops_the_run(self, tmp_path, monkeypatch):
        def full(frames, shards, name):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(process.warehouse, "write_shard", full)
        with pytest.raises(OSError, match="No space left"):
            self.work(tmp_path, SAMPLES[0])

    def test_a_file_that_changes_is_left_for_the_next_run(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("x")
        file = source_file(path)
        path.write_text("y")
        (failure,) = process_chunk(Chunk("c", (file,)), tmp_path).failures
        assert (failure.error, failure.source_sha256) == ("ChangedFile", None)

    def test_a_file_that_is_gone_is_left_for_the_next_run(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("x")
        file = source_file(path)
        path.unlink()
        (failure,) = process_chunk(Chunk("c", (file,)), tmp_path).failures
        assert (failure.error, failure.source_sha256) == ("FileNotFoundError", None)

    def test_a_giant_is_not_read(self, tmp_path):
        file = SourceFile("a.txt", str(tmp_path / "a.txt"), "0" * 64, MAX_BYTES + 1, 0)
        (failure,) = process_chunk(Chunk("c", (file,)), tmp_path).failures
        assert (failure.stage, failure.error) == ("read", "TooLarge")
