"""Connections: errors in one line, and SQL of strangers locked in."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from sql import warehouse
from sql.warehouse import WarehouseError
from tests.small_warehouse import Small, fill, write_reference


@pytest.fixture
def published(tmp_path, tmp_path_factory):
    path = tmp_path / "warehouse.duckdb"
    with warehouse.connect(path) as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        fill(con, Small("甲镇"))
    return path


def test_a_signal_stops_a_statement(published):
    """DuckDB would make it an error of its own, and work on while the connection is closed."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with (
            pytest.raises(KeyboardInterrupt),
            warehouse.closing(warehouse.connect_for_query(published)) as con,
        ):
            con.execute("select count(*) from range(10_000_000_000_000)")
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "statement",
    [
        "from read_csv('{file}')",
        "from read_text('{file}')",
        "from '{file}'",
        "from glob('{folder}/*')",
        "from sniff_csv('{file}')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy reports to '{folder}/out.parquet'",
        "export database '{folder}/out'",
        "import database '{folder}'",
        "attach '{folder}/other.duckdb' as other",
        "attach ':memory:' as other",
        "install httpfs",
        "load httpfs",
        "from 'https://example.org/a.csv'",
        "from in_this_process",
        "create table made as select 1",
        "insert into runs (run_id) values ('x')",
        "delete from reports",
        "create persistent secret s (type http)",
        "set enable_external_access = true",
        "reset enable_external_access",
        "set lock_configuration = false",
        "pragma profiling_output = '{folder}/out'",
    ],
)
def test_sql_of_strangers_reaches_nothing(published, tmp_path, statement):
    file = tmp_path / "secret.csv"
    file.write_text("secret\n1\n")
    in_this_process = pd.DataFrame({"secret": [1]})
    before = sorted(tmp_path.iterdir())
    with warehouse.connect_for_query(published) as con:
        assert con.execute("select count(*) from township_years").fetchone() == (1,)
        with pytest.raises(duckdb.Error):
            con.execute(statement.format(file=file, folder=tmp_path)).fetchall()
    assert sorted(tmp_path.iterdir()) == before
    assert len(in_this_process) == 1


def test_no_progress_bar_is_drawn_into_the_data(published):
    for connect in (warehouse.connect, warehouse.connect_for_query):
        with connect(published) as con:
            setting = con.execute("select current_setting('enable_progress_bar')").fetchone()
            assert setting == (False,)


def test_a_missing_warehouse_is_one_line(tmp_path):
    for connect in (warehouse.connect_for_query, lambda p: warehouse.connect(p, read_only=True)):
        with pytest.raises(WarehouseError, match=r"none\.duckdb does not exist\. Make it with"):
            connect(tmp_path / "none.duckdb")


def test_a_file_that_is_no_warehouse_is_one_line(tmp_path):
    path = tmp_path / "text.duckdb"
    path.write_text("年度报告" * 5000)
    with pytest.raises(WarehouseError, match="is not a DuckDB file") as it:
        warehouse.connect(path)
    assert "\n" not in str(it.value)
    with pytest.raises(WarehouseError, match="is a folder"):
        warehouse.connect(tmp_path)


def test_a_damaged_warehouse_is_one_line(published):
    broken = bytearray(published.read_bytes())
    broken[:12288] = bytes(len(broken[:12288]))
    published.write_bytes(bytes(broken))
    with pytest.raises(WarehouseError) as it:
        warehouse.connect(published, read_only=True)
    assert "\n" not in str(it.value)


def test_a_warehouse_locked_by_a_writer_is_one_line(published):
    holder = (
        "import sys, duckdb; con = duckdb.connect(sys.argv[1]); print('open', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout.readline() == b"open\n"
        for connect in (warehouse.connect_for_query, warehouse.connect):
            with pytest.raises(WarehouseError, match="is open in another process") as it:
                connect(published)
            assert "\n" not in str(it.value)
        writer.stdin.close()
        writer.wait()
    with warehouse.connect_for_query(published) as con:
        con.execute("from reports")


def test_a_writer_that_is_killed_leaves_what_was_committed(published):
    killed = (
        "import os, signal, sys; from pathlib import Path; from sql import warehouse\n"
        "from tests.small_warehouse import LOADED_AT, Small, to_frames\n"
        "con = warehouse.connect(Path(sys.argv[1])); con.begin()\n"
        "con.execute('delete from facts')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parent.parent
    ended = subprocess.run(
        [sys.executable, "-c", killed, str(published)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
    )
    assert ended.returncode == -9
    with warehouse.connect(published) as con:
        warehouse.verify(con)
        assert con.execute("select count(*) from facts").fetchone() == (200,)
