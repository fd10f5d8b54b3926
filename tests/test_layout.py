"""The layout is the data flow: who may import whom, how large a file may grow, where SQL is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import REPO

PACKAGES = ("extract", "transform", "sql", "flows")
MODULES = sorted(path for package in PACKAGES for path in (REPO / package).rglob("*.py"))
ALL_PYTHON = sorted(
    path for folder in (*PACKAGES, "benchmarks", "tests") for path in (REPO / folder).rglob("*.py")
)

# `transform` may know the records of `extract`, and nothing else of ours crosses a border.
ALLOWED = {
    "extract": {"extract"},
    "transform": {"transform", "extract.document"},
    "sql": {"sql"},
    "flows": set(PACKAGES),
}
# Tests may list more cases in one place than a reader takes in at one sitting.
MOST_LINES = {"tests": 500}
MOST_FUNCTION_LINES = {"tests": 80}
# A statement that fits a line needs no file.
LONGEST_SQL = 100


def identifier(path: Path) -> str:
    return str(path.relative_to(REPO))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_imports_follow_the_flow_of_data(path):
    package = path.relative_to(REPO).parts[0]
    for name in imports(path):
        if name.split(".")[0] in PACKAGES:
            assert any(
                name == allowed or name.startswith(allowed + ".") for allowed in ALLOWED[package]
            ), f"{identifier(path)} imports {name}"


def test_only_flows_imports_prefect():
    users = {
        path.relative_to(REPO).parts[0]
        for path in MODULES
        if any(name.split(".")[0] == "prefect" for name in imports(path))
    }
    assert users == {"flows"}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if "transform" in path.parts], ids=identifier
)
def test_transform_is_pure(path):
    """No disk, no clock, no database."""
    forbidden = {"pathlib", "os", "io", "duckdb", "time", "logging", "subprocess", "prefect"}
    assert not forbidden & {name.split(".")[0] for name in imports(path)}
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bopen\(|\.today\(|\.now\(", text)


@pytest.mark.parametrize("path", ALL_PYTHON, ids=identifier)
def test_files_are_read_in_one_sitting(path):
    folder = path.relative_to(REPO).parts[0]
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES.get(folder, 300)
    for function in functions(path):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= MOST_FUNCTION_LINES.get(folder, 40), f"{function.name}: {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_sql_lives_in_sql_files(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_sql = re.match(
                r"\s*(select|from|with|insert|create|copy|delete|update)\b", node.value
            )
            assert not is_sql or len(node.value) <= LONGEST_SQL, node.value


def test_every_module_says_what_it_is_for():
    assert not [
        identifier(path)
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
