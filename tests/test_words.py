"""What people read: values in JSON, errors in one line."""

import duckdb
import pytest

from flows import cells
from flows.complaints import explain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e300, "1e+300"),
        (2.0, "2"),
        (float("nan"), ""),
        ([1, None], "[1, null]"),
        (b"\x00", r"b'\x00'"),
    ],
)
def test_plain_values(value, text):
    assert cells.plain(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(float("inf"), "null"), (True, "true"), ('"', '"\\""'), ({"a": [1]}, '{"a": [1]}')],
)
def test_json_values(value, text):
    assert cells.to_json(value) == text


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError(), "out of memory: use fewer --workers"),
        (
            OSError(28, "No space left on device", "/x"),
            "/x: No space left on device: make room there",
        ),
        (OSError(5, "Input/output error"), "Input/output error"),
        (
            KeyError("a"),
            "unexpected KeyError: 'a' (a defect of gongkai: please report it)",
        ),
        (
            duckdb.CatalogException("Catalog Error: Table with name a does not exist!"),
            "Catalog Error: Table with name a does not exist! This file is no warehouse of "
            "gongkai, or one of another version: name another with --warehouse, or move it "
            "away and ingest again.",
        ),
        (duckdb.IOException("IO Error: one\ntwo\n\nLINE 1: x"), "IO Error: one two"),
    ],
    ids=["memory", "disk", "no advice", "defect", "no warehouse", "database"],
)
def test_errors_are_one_line(error, line):
    assert explain(error) == line
