"""Runs under Prefect: the same outcome, every task run recorded, and a quiet terminal."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from flows.prefect_env import prepare_prefect
from flows.prefect_server import ADDRESS, reach_server

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "data" / "samples").glob("*.txt"))
START = "gongkai ingest: starting Prefect (the first start may take 20 s) …"


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Give a home of Prefect that the first run makes, with the folder it stands in."""
    return tmp_path_factory.mktemp("prefect") / "new" / "home"


def ingest(inbox: Path, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    place = str(inbox.parent / "w.duckdb")
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "ingest", str(inbox), "--warehouse", place, *more],
        cwd=ROOT,
        env={**own, "PREFECT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def recorded(home: Path, table: str) -> list[tuple[str, str]]:
    """Give name and state of what Prefect recorded, oldest first."""
    with closing(sqlite3.connect(home / "prefect.db")) as con:
        return con.execute(f"select name, state_type from {table} order by created").fetchall()


def test_a_run_is_recorded_whole_and_says_little(tmp_path, home):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for sample in SAMPLES:
        for copy in range(6):
            text = sample.read_bytes() + b"\n" + str(copy).encode()
            (inbox / f"{copy}_{sample.name}").write_bytes(text)
    (inbox / "empty.txt").touch()
    done = ingest(inbox, home, "--workers", "2")
    assert done.stdout == ""
    start, seen, bad, outcome = done.stderr.splitlines()
    assert start == START
    count = 6 * len(SAMPLES)
    assert seen == f"gongkai ingest: {count + 1} files, {count + 1} new"
    assert "quarantined empty.txt (extract)" in bad
    assert f"loaded {count} reports" in outcome
    assert done.returncode == 3
    steps = dict(recorded(home, "task_run"))
    assert set(steps.values()) == {"COMPLETED"}
    chunks = sorted(int(name.removeprefix("chunk ")) for name in steps if name.startswith("chunk "))
    assert chunks == list(range(len(chunks)))
    assert len(chunks) >= 7
    assert len(steps) == len(chunks) + 2
    assert [state for _, state in recorded(home, "flow_run")] == ["COMPLETED"]


def test_a_night_without_news_starts_no_server(tmp_path):
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    inbox.mkdir()
    shutil.copy(SAMPLES[0], inbox)
    assert ingest(inbox, home, "--direct").returncode == 0
    done = ingest(inbox, home)
    assert done.stderr.splitlines() == [
        "gongkai ingest: 1 file, 0 new",
        "gongkai ingest: nothing new: 1 file unchanged, warehouse untouched",
    ]
    assert not home.exists()


def test_a_run_that_fails_is_recorded_and_is_one_line(tmp_path, home):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES[0], inbox)
    (tmp_path / "state").mkdir()
    with (tmp_path / "state" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = ingest(inbox, home)
    assert done.returncode == 1
    error = f"another run (process unknown) is writing {tmp_path / 'w.duckdb'}: wait until it has"
    error += " finished, or stop it, and start again"
    assert done.stderr.splitlines() == [START, f"gongkai ingest: {error}"]
    assert recorded(home, "flow_run")[-1][1] == "FAILED"


def test_a_server_that_cannot_start_is_one_line(tmp_path):
    (tmp_path / "inbox").mkdir()
    shutil.copy(SAMPLES[0], tmp_path / "inbox")
    home = tmp_path / "home"
    home.mkdir()
    (home / "prefect.db").write_text("this is no database")
    done = ingest(tmp_path / "inbox", home)
    assert done.returncode == 1
    log = home / "server.log"
    error = f"Prefect's server did not start: see {log}, or ingest with --direct"
    assert done.stderr.splitlines() == [START, f"gongkai ingest: {error}"]
    assert "file is not a database" in log.read_text()


STARTER = """
import sys, time
from pathlib import Path
from flows.prefect_server import TemporaryServer
server = TemporaryServer(Path(sys.argv[1]))
server.wait()
print(server.address, flush=True)
time.sleep(600)
"""


def test_a_server_ends_with_its_starter_however_that_ends(home):
    home.mkdir(parents=True, exist_ok=True)
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, home], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    address = starter.stdout.readline().strip()
    assert answers(address)
    starter.kill()
    starter.communicate()
    end = time.monotonic() + 30
    while answers(address) and time.monotonic() < end:
        time.sleep(0.1)
    assert not answers(address)


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health").status_code == 200
    except httpx.TransportError:
        return False


def test_a_server_of_the_users_own_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv(ADDRESS, "http://prefect.example/api")
    assert reach_server(tmp_path) is None
    assert os.environ[ADDRESS] == "http://prefect.example/api"
    assert list(tmp_path.iterdir()) == []


def test_the_environment_of_the_user_wins(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "environ", {"PREFECT_LOGGING_LEVEL": "DEBUG"})
    prepare_prefect(tmp_path / "new" / "home")
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "new" / "home")
    assert (tmp_path / "new" / "home").is_dir()
