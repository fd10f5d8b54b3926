"""Fixtures that several test files share."""

import shutil

import pytest

from flows.settings import read_settings
from sql import connections, warehouse
from tests.generated_warehouse import generate
from tests.ingest_support import SAMPLES

# There is a process of tests for every core: more threads would wait for each other.
connections.CONFIG["threads"] = 1


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The generated warehouse: its path, the frames it was made from and what is planted in it."""
    return generate(tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="session")
def generated_con(generated):
    """Open it as analysts do."""
    with warehouse.connect_for_query(generated.path) as con:
        yield con


@pytest.fixture
def empty_inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def inbox(empty_inbox):
    for sample in SAMPLES[:3]:
        shutil.copy(sample, empty_inbox)
    return empty_inbox


@pytest.fixture
def settings(tmp_path):
    return read_settings(tmp_path / "out" / "w.duckdb", {})
