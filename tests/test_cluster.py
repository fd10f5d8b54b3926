"""Runs on a cluster of two Dask workers on this machine: the same warehouse, whatever dies."""

import os
import subprocess
import sys
from pathlib import Path

import distributed
import pytest

from flows.cluster import ClusterPool
from flows.exceptions import ClusterError
from flows.ingest import Options, ingest
from flows.prefect_env import SETTINGS
from flows.prefect_server import ADDRESS, TemporaryServer
from flows.process import process_chunk
from flows.records import Chunk
from flows.settings import read_settings
from flows.version import code_version
from tests.cluster_support import DaskEngine, content, deadly
from tests.ingest_support import SAMPLES, quarantined, run
from tests.support import REPO
from tests.test_prefect import recorded

# One more than a chunk on a cluster has at least.
FILES = 65


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """An inbox of more than one chunk."""
    folder = tmp_path_factory.mktemp("cluster") / "inbox"
    folder.mkdir()
    for number in range(FILES):
        sample = SAMPLES[number % len(SAMPLES)]
        text = sample.read_bytes() + b"\n" + str(number).encode()
        (folder / f"{number:03d}_{sample.name}").write_bytes(text)
    return folder


@pytest.fixture(scope="module")
def expected(many, tmp_path_factory):
    """What this process makes of it."""
    settings = read_settings(tmp_path_factory.mktemp("expected") / "w.duckdb", {})
    assert run(settings, many).reports_loaded == FILES
    return content(settings)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**SETTINGS, "PREFECT_HOME": str(home)}.items():
            patch.setenv(name, value)
        server = TemporaryServer(home)
    server.wait()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def cluster():
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(**options, silence_logs="ERROR") as cluster:
        yield cluster


def ingest_with_prefect(inbox: str, place: Path, server: TemporaryServer, *more: str):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    home = {"PREFECT_HOME": str(server.log.parent), ADDRESS: server.address}
    command = [sys.executable, "-m", "flows.cli", "ingest", inbox, "--runner", "dask"]
    return subprocess.run(
        [*command, "--warehouse", str(place), *more],
        cwd=REPO,
        env={**own, **home},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_cluster_that_is_there_loads_the_same_from_a_store(
    many, expected, server, cluster, tmp_path
):
    """`local:` is the disk as fsspec sees it, in place of an object store."""
    place = tmp_path / "w.duckdb"
    shards = tmp_path / "store" / "shards"
    done = ingest_with_prefect(
        *(f"local://{many}", place, server, "--address", cluster.scheduler_address),
        *("--shards", f"local://{shards}"),
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert content(read_settings(place, {})) == expected
    names = {name for name, state in recorded(server.log.parent, "task_run")}
    assert {"chunk 0", "chunk 1"} <= names
    assert list(shards.iterdir()) == []


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        yield client


def test_a_file_that_kills_who_reads_it_is_quarantined(client, inbox, settings):
    (inbox / "guilty.txt").write_bytes(SAMPLES[3].read_bytes())
    options = Options("dask", 2)
    summary = ingest(settings, inbox, options, engine=DaskEngine(client), work=deadly)
    assert (summary.reports_loaded, summary.files_quarantined) == (3, 1)
    assert quarantined(settings) == {"guilty.txt": ("worker", "WorkerDied")}
    workers = client.scheduler_info()["workers"]
    assert len(workers) == 2
    assert list(settings.packs.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"version": "0"}, "but this run 0: install the same on both"),
        ({"inbox": Path("/nowhere")}, "does not see /nowhere: give a URL or a path it shares as"),
    ],
    ids=["another gongkai", "an inbox that is not shared"],
)
def test_a_worker_that_is_not_equipped_says_so(client, tmp_path, changed, message):
    fields = {
        "inbox": tmp_path,
        "place": tmp_path / "packs" / "run",
        "shards": tmp_path,
        "work": process_chunk,
        "version": code_version(),
    }
    with ClusterPool(**{**fields, **changed}) as pool:
        future = client.submit(pool.run, Chunk("000000", ()))
        with pytest.raises(ClusterError, match=message):
            future.result()
