"""The documentation says what the programs do."""

import re
import shutil
import subprocess
import sys

import duckdb
import pytest

from docs.make_warehouse_page import PAGE, page
from docs.run_examples import PAGES, with_output, without_durations
from tests.support import REPO

CLIENTS = (REPO / "docs" / "clients.md").read_text(encoding="utf-8")


@pytest.fixture
def place(tmp_path, generated):
    """A folder with a warehouse where the page has it."""
    (tmp_path / "data").mkdir()
    shutil.copy(generated.path, tmp_path / "data" / "warehouse.duckdb")
    return tmp_path


def example(language):
    (code,) = re.findall(rf"```{language}\n(.*?)```", CLIENTS, flags=re.DOTALL)
    return code


def test_the_page_of_the_warehouse_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_examples_print_what_the_page_shows(path):
    text = path.read_text(encoding="utf-8")
    assert without_durations(text) == without_durations(with_output(text)), "run make docs"


def test_the_example_in_python_runs(place):
    done = subprocess.run(
        [sys.executable, "-c", example("python")],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "双峰县" in done.stdout
    assert "Sum of requests received" in done.stdout


def test_the_example_in_sql_runs_in_a_file_of_ones_own(place, generated, monkeypatch):
    monkeypatch.chdir(place)
    with duckdb.connect("own.duckdb") as con:
        con.execute(example("sql"))
        (late,) = con.execute("select count(*) from late").fetchone()
    assert late == len(generated.planted.late)
