"""What a cluster needs, piece by piece and without one: requests, packs, workplaces, pickles."""

import importlib.util
import pickle
import shlex
import subprocess
import sys
import time
import zipfile

import pytest
from distributed import KilledWorker

from flows import cluster, cluster_request
from flows.cli import main
from flows.cluster import ClusterPool, run_place
from flows.exceptions import ClusterError
from flows.ingest import make_chunks
from flows.packs import receive_pack, send_pack
from flows.parser import make_parser
from flows.places import Url, inside
from flows.prefect_runners import explain_loss
from flows.prefect_server import ADDRESS
from flows.process import process_chunk
from flows.records import Chunk, ChunkResult, SourceFile
from flows.settings import read_settings
from tests.cluster_support import content
from tests.ingest_support import run
from tests.support import REPO

PAGE = (REPO / "docs" / "cluster.md").read_text(encoding="utf-8")


class TestRequest:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ("--runner dask --direct", "--direct runs without Prefect"),
            ("--runner ray --direct", "reaches ray: leave out --direct"),
            ("--address tcp://h:1", "--address is for a cluster: add --runner dask"),
            ("--runner serial --shards s3://b/x", "--shards is for a cluster"),
            ("--runner dask --address tcp://h:1", f"set {ADDRESS} to its address"),
            ("--shards file://elsewhere/x", "is on another machine"),
        ],
    )
    def test_that_contradicts_itself_is_one_line(self, capsys, monkeypatch, options, message):
        monkeypatch.delenv(ADDRESS, raising=False)
        try:
            code = main(["ingest", "inbox", *options.split()])
        except SystemExit as end:
            code = end.code
        assert code == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert message in line

    def test_without_the_package_names_it(self, capsys, monkeypatch):
        monkeypatch.setattr(cluster_request.importlib.util, "find_spec", lambda name: None)
        assert main(["ingest", "inbox", "--runner", "ray"]) == 1
        assert "pip install 'gongkai[ray]'" in capsys.readouterr().err


class TestPacks:
    @pytest.fixture
    def shards(self, tmp_path):
        for name in ("1-a", "1-a-0003", "1-b", "11-a"):
            file = tmp_path / "shards" / "facts" / f"{name}.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)
        return tmp_path / "shards"

    @pytest.mark.parametrize("kind", ["path", "url"])
    def test_carry_what_one_chunk_wrote_and_leave_nothing(self, tmp_path, shards, kind):
        place = tmp_path / "packs" if kind == "path" else Url("memory://packs/run")
        pool = ClusterPool(tmp_path, inside(place, "run"), tmp_path / "out", process_chunk, "1")
        with pool:
            pack = send_pack(shards, "1-a", pool.place)
            left = sorted(path.stem for path in (shards / "facts").iterdir())
            assert left == ["1-b", "11-a"]
            pool.collect(ChunkResult(2, (), pack))
            with pytest.raises(ClusterError, match=r"wrote 1-a\.zip to .* not there .* --shards"):
                pool.collect(ChunkResult(2, (), pack))
        arrived = sorted(path.read_text() for path in (tmp_path / "out" / "facts").iterdir())
        assert arrived == ["1-a", "1-a-0003"]

    def test_of_nothing_are_none(self, tmp_path):
        assert send_pack(tmp_path, "1-a", tmp_path) == ""
        pool = ClusterPool(tmp_path, tmp_path, tmp_path, process_chunk, "1")
        pool.collect(ChunkResult(0, ()))
        assert list(tmp_path.iterdir()) == []

    def test_never_appear_by_half(self, tmp_path, shards, monkeypatch):
        def full(source, target):
            target.write_bytes(source.read_bytes()[:10])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("flows.storage.shutil.copyfile", full)
        (tmp_path / "place").mkdir()
        with pytest.raises(OSError, match="No space left"):
            send_pack(shards, "1-a", tmp_path / "place")
        assert list((tmp_path / "place").glob("*.zip")) == []

    def test_that_are_damaged_stop_the_run(self, tmp_path):
        (tmp_path / "1.zip").write_bytes(b"half of a p")
        with pytest.raises(zipfile.BadZipFile):
            receive_pack(tmp_path, "1.zip", tmp_path / "out")


class TestPlaces:
    def test_a_run_shares_its_place_with_no_other(self, tmp_path):
        one, two = (run_place(tmp_path, tmp_path / "w.duckdb") for _ in range(2))
        other = run_place(tmp_path, tmp_path / "v.duckdb")
        assert one != two
        assert one.parent == two.parent != other.parent

    def test_what_a_killed_run_left_is_cleared_by_the_next(self, tmp_path):
        (tmp_path / "kept.txt").touch()
        left = run_place(tmp_path, tmp_path / "w.duckdb")
        left.mkdir(parents=True)
        (left / "1.zip").touch()
        new = run_place(tmp_path, tmp_path / "w.duckdb")
        with ClusterPool(tmp_path, new, tmp_path, process_chunk, "1"):
            assert list(new.iterdir()) == []
            assert not left.exists()
        assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_workplace_closes_when_no_chunk_comes(monkeypatch):
    monkeypatch.setattr(cluster, "IDLE_SECONDS", 0.2)
    keeper = cluster._Keeper(process_chunk)
    with keeper.workplace() as first:
        pass
    with keeper.workplace() as second:
        assert second == first
        time.sleep(0.4)
        assert second.shards.is_dir()
    end = time.monotonic() + 10
    while first.shards.is_dir() and time.monotonic() < end:
        time.sleep(0.05)
    assert not first.shards.is_dir()
    with keeper.workplace() as third:
        assert third.shards != first.shards


def test_a_pool_travels_as_it_is(tmp_path):
    pool = ClusterPool(Url("s3://b"), tmp_path, tmp_path, process_chunk, "1")
    assert pickle.loads(pickle.dumps(pool)) == pool


def test_chunks_for_a_cluster_are_not_cut_fine():
    files = [SourceFile(str(n), "", "", 1, 0) for n in range(200)]
    assert [len(chunk.files) for chunk in make_chunks(files, 50, 64)] == [64, 64, 64, 8]


@pytest.mark.parametrize(
    "line", [line for line in PAGE.replace("\\\n", "").splitlines() if line.startswith("gongkai ")]
)
def test_commands_on_the_page_parse(line):
    assert make_parser().parse_args(shlex.split(line)[1:]).command == "ingest"


def test_a_chunk_that_was_given_up_is_named():
    files = [SourceFile(name, "", "", 1, 0) for name in ("a.pdf", "b.pdf", "c.pdf")]
    lost = KilledWorker("task", None, 3)
    error = explain_loss(lost, Chunk("1", tuple(files)))
    assert isinstance(error, ClusterError)
    assert "lost every worker that read a.pdf to c.pdf" in str(error)
    other = OSError(28, "No space left on device")
    assert explain_loss(other, Chunk("1", tuple(files))) is other


@pytest.mark.skipif(not importlib.util.find_spec("prefect_ray"), reason="Ray is not installed")
def test_ray_loads_the_same(tmp_path, inbox, settings):
    run(settings, inbox)
    place = tmp_path / "ray" / "w.duckdb"
    command = [sys.executable, "-m", "flows.cli", "ingest", inbox, "--warehouse", place]
    done = subprocess.run(
        [*command, "--runner", "ray", "--workers", "2"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert content(read_settings(place, {})) == content(settings)
