"""Run the console examples of a page and put what they print below them.

Run as `make docs`; a test fails when a page shows something else than what is printed.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

REPO = Path(__file__).resolve().parents[1]
PAGES = (REPO / "README.md",)

_EXAMPLE = re.compile(r"```console\n\$ (.+)\n(?:.*\n)*?```")
_DURATION = re.compile(r"\d+\.\d s$", re.MULTILINE)


def without_durations(text: str) -> str:
    """A page as it would be if every run took the same time."""
    return _DURATION.sub("1.0 s", text)


def with_output(page: str) -> str:
    """Give the page with fresh output below each example, run in order in a new folder."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "data").mkdir()
        (place / "data" / "samples").symlink_to(REPO / "data" / "samples")
        return _EXAMPLE.sub(lambda match: _example(match[1], place), page)


def _example(command: str, place: Path) -> str:
    commands = _recipe() if command == "make run" else [command]
    printed = "".join(_printed(each, place) for each in commands)
    return f"```console\n$ {command}\n{printed}```"


def _recipe() -> Iterator[str]:
    """The commands of `make run`, without Prefect, whose first start is slow."""
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"^run:.*\n((?:\t.+\n)+)", makefile, re.MULTILINE)
    for line in recipe.splitlines():
        command = line.strip().removeprefix("@").replace("$(BIN)/", "")
        yield f"{command} --direct" if "ingest" in command else command


def _printed(command: str, place: Path) -> str:
    """What a command says, on stderr and on stdout; `| head -n N` is done here."""
    command, _, head = command.partition(" | head -n ")
    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *words[1:]],
        cwd=place,
        env={"PYTHONPATH": str(REPO), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()[: int(head) if head else None]
    return "".join(f"{line.rstrip()}\n" for line in lines)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(with_output(path.read_text(encoding="utf-8")), encoding="utf-8")
