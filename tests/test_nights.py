"""Nights that go wrong: runs killed at any moment, and readers who never stop reading.

A few kills and readers here; `make bench-nights` takes fifty kills over 500 reports and eight
readers through twenty publications.
"""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from random import Random

import pytest

from benchmarks.corpus.files import known_files
from flows import cli
from flows.export_package import NAME as PACKAGE
from flows.settings import read_settings
from sql import warehouse
from tests.ingest_support import SAMPLES, run
from tests.support import REPO

KILLS = int(os.environ.get("NIGHTS_KILLS", "3"))
REPORTS = int(os.environ.get("NIGHTS_REPORTS", "24"))
READERS = int(os.environ.get("NIGHTS_READERS", "2"))
PUBLICATIONS = int(os.environ.get("NIGHTS_PUBLICATIONS", "4"))
SEED = 20261126


@pytest.fixture(scope="module")
def corpus():
    """Files of every format that needs no conversion, damaged ones among them."""
    return list(known_files(SEED, REPORTS, converts=False))


def put(folder, files):
    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)


def start(settings, inbox):
    """Ingest as the nightly job does, in a process of its own with workers of its own."""
    words = ["ingest", str(inbox), "--direct", "--workers", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *words, "--warehouse", str(settings.warehouse)],
        cwd=REPO,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def count_reports(settings):
    """Open what is published, prove it whole, and count; nothing where nothing is published."""
    if not settings.warehouse.exists():
        return 0
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        warehouse.verify(con)
        return len(con.table("reports"))


def exported(settings, folder):
    """Give all exported files by name, but for the one that says when the run was."""
    words = ["export", "--out", str(folder), "--warehouse", str(settings.warehouse)]
    assert cli.main(words) == 0
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != PACKAGE}


def test_runs_killed_at_any_moment(settings, corpus, tmp_path):
    """Some files come every night; nights go on until so many runs were killed in their work."""
    random = Random(SEED)
    step = max(1, REPORTS // (4 * KILLS))
    whole, inbox = tmp_path / "whole", tmp_path / "growing"
    undisturbed = read_settings(tmp_path / "undisturbed" / "w.duckdb", {})
    for files in (corpus[:step], corpus[step : 2 * step]):
        put(whole, files)
        began = time.monotonic()
        assert start(undisturbed, whole).wait() == 0
        seconds = time.monotonic() - began

    put(inbox, corpus[:step])
    published = count_killed = 0
    for night in range(1, 4 * KILLS):
        child = start(settings, inbox)
        time.sleep(random.uniform(0, seconds))
        child.send_signal(signal.SIGKILL)
        count_killed += child.wait() == -signal.SIGKILL
        child.stderr.close()
        # what stands is the warehouse of an earlier night or of this one, each complete
        now = count_reports(settings)
        assert now in (published, night * step)
        published = now
        put(inbox, corpus[night * step : (night + 1) * step])
        if count_killed == KILLS:
            break
    assert count_killed == KILLS

    for place, folder in ((settings, inbox), (undisturbed, whole)):
        put(folder, corpus)
        run(place, folder)
        assert not run(place, folder).is_published
        assert count_reports(place) == REPORTS
    found = exported(settings, tmp_path / "found")
    assert found == exported(undisturbed, tmp_path / "expected")
    assert not settings.upcoming.exists()
    left = {path.name for path in settings.state.iterdir()}
    assert left <= {"earlier", "last_run.json", "lock"}


READER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from sql import warehouse
    path, stop = map(Path, sys.argv[1:])
    counts = []
    while not stop.exists():
        with warehouse.connect_for_query(path) as con:
            (count,) = con.execute("select count(*) from reports where is_current").fetchone()
            (wide,) = con.execute("select count(*) from township_years").fetchone()
            (peers,) = con.execute(
                "select count(distinct report_id) from indicator_comparisons"
            ).fetchone()
        assert count == wide == peers, (count, wide, peers)
        counts.append(count)
    assert counts == sorted(counts), counts
    print(len(counts), counts[0], counts[-1])
    """
)


def test_readers_read_while_nights_publish(settings, empty_inbox, tmp_path):
    shutil.copy(SAMPLES[0], empty_inbox)
    run(settings, empty_inbox)
    stop = tmp_path / "stop"
    words = [sys.executable, "-c", READER, str(settings.warehouse), str(stop)]
    readers = [
        subprocess.Popen(words, cwd=REPO, stdout=subprocess.PIPE, text=True) for _ in range(READERS)
    ]
    try:
        for night in range(PUBLICATIONS):
            # one report more where there is one, else a change to a file
            target = empty_inbox / SAMPLES[min(night + 1, len(SAMPLES) - 1)].name
            if target.exists():
                target.write_bytes(target.read_bytes() + b"\n")
            else:
                shutil.copy(SAMPLES[night + 1], target)
            assert run(settings, empty_inbox).is_published
    finally:
        stop.touch()
        answers = [reader.communicate()[0].split() for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * READERS
    for queries, first, last in answers:
        assert int(queries) >= PUBLICATIONS
        assert int(first) < int(last)
