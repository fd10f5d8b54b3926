"""Fixtures that several test files share."""

import shutil

import pytest

from flows.settings import read_settings
from tests.ingest_support import SAMPLES


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
