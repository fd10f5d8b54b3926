"""Find, read and order the `.sql` files.

A view file holds one select under a header of `-- name: text` lines (purpose, grain, key,
inputs); the file's name is the view's. Views are ordered by their `inputs`.
"""

import re
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent
_HEADER_LINE = re.compile(r"-- {1,9}(?:(?P<name>[a-z]+): )?(?P<text>.*)")
VIEW_FOLDERS = ("staging", "marts")


class Script(NamedTuple):
    """One `.sql` file: its name without suffix, its header and the statements below it."""

    name: str
    header: dict[str, str]
    text: str

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that identify a row; empty where the header says `-`."""
        return _names(self.header["key"])

    @property
    def grain_and_purpose(self) -> str:
        """What a row is and what the rows are for, as two sentences."""
        purpose = self.header["purpose"]
        return f"{self.header['grain']} {purpose[0].upper()}{purpose[1:].removesuffix('.')}."

    @property
    def inputs(self) -> tuple[str, ...]:
        """Tables and views it reads; empty where the header says `-`."""
        return _names(self.header["inputs"])


def _names(listed: str) -> tuple[str, ...]:
    return () if listed == "-" else tuple(name.strip() for name in listed.split(","))


def _parse(path: Path) -> Script:
    lines = path.read_text(encoding="utf-8").splitlines()
    header: dict[str, str] = {}
    name = ""
    for row, line in enumerate(lines):
        found = _HEADER_LINE.fullmatch(line)
        if not found:
            return Script(path.stem, header, "\n".join(lines[row:]) + "\n")
        name = found["name"] or name
        header[name] = f"{header.get(name, '')} {found['text'].strip()}".strip()
    return Script(path.stem, header, "")


@cache
def scripts(folder: str) -> tuple[Script, ...]:
    """Give all files of a folder of `sql/`, by name."""
    return tuple(_parse(path) for path in sorted((_FOLDER / folder).glob("*.sql")))


def script(folder: str, name: str) -> Script:
    """Give one file; KeyError where there is none."""
    return {found.name: found for found in scripts(folder)}[name]


@cache
def views() -> tuple[Script, ...]:
    """Give all views, each behind those it reads."""
    return in_order(view for folder in VIEW_FOLDERS for view in scripts(folder))


def in_order(found: Iterable[Script]) -> tuple[Script, ...]:
    """Give files so that each stands behind those of them it reads."""
    by_name = {each.name: each for each in found}
    graph = {
        name: [read for read in each.inputs if read in by_name] for name, each in by_name.items()
    }
    return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())


def reads(found: Script, view: str) -> bool:
    """Whether a file reads a view, itself or through the views it reads."""
    by_name = {other.name: other for other in views()}
    return view in found.inputs or any(
        reads(by_name[name], view) for name in found.inputs if name in by_name
    )


def tables_read(found: Script) -> set[str]:
    """Name the tables a file reads, itself or through the views it reads."""
    by_name = {other.name: other for other in views()}
    names = set(found.inputs)
    return names.difference(by_name).union(
        *(tables_read(by_name[name]) for name in names if name in by_name)
    )
