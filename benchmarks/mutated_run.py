"""One real run over damaged files, watched from outside: what it leaves, takes and writes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.mutations import Mutated
from flows.records import ARCHIVE
from sql import warehouse

_PAUSE = 0.2
_KB = 1024


class Outcome(NamedTuple):
    """What a run made of damaged files.

    `files` has a row for each file or member of an archive: source_path, format, mutation, outcome
    (`report` or an error of the quarantine), message. `lost` are files of which nothing is said;
    `strays` are files written outside the folder of the warehouse; memory is in MB.
    """

    exit_code: int
    talk: str
    seconds: float
    files: pd.DataFrame
    lost: list[str]
    strays: list[str]
    peak_all: float
    peak_one: float

    @property
    def faults(self) -> list[str]:
        """Give what must not be, a line each; none where all is well."""
        bad = self.files["outcome"].isin(["WorkerDied", "TooSlow", "TooMuchMemory"])
        bad |= self.files["message"].str.contains("a defect of gongkai")
        lines = [f"{row.source_path}: {row.message}" for row in self.files[bad].itertuples()]
        lines += [f"nothing is said of {path}" for path in self.lost]
        lines += [f"written outside: {path}" for path in self.strays]
        if self.exit_code != 3:
            lines.append(f"exit code {self.exit_code}: {self.talk[-2000:]}")
        return lines


def run(folder: Path, files: Iterable[Mutated], *options: str) -> Outcome:
    """Ingest files in a folder of its own, with home, temporary and working folder inside it."""
    inbox, out = folder / "inbox", folder / "out"
    places = {name: folder / name for name in ("home", "tmp", "cwd")}
    for place in (inbox, out, *places.values()):
        place.mkdir(parents=True)
    written = {}
    for file in files:
        path = inbox / file.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.data)
        written[file.name] = file
    before = _listing(folder, out)
    command = [sys.executable, "-m", "flows.cli", "ingest", str(inbox), "--direct", *options]
    environment = {
        **os.environ,
        "HOME": str(places["home"]),
        "TMPDIR": str(places["tmp"]),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--warehouse", str(out / "w.duckdb")],
        cwd=places["cwd"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with _Memory(process.pid) as memory:
        _, talk = process.communicate()
    seconds = time.perf_counter() - start
    after = _listing(folder, out)
    strays = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    frame, lost = _what_became(out / "w.duckdb", written)
    return Outcome(process.returncode, talk, seconds, frame, lost, strays, memory.all, memory.one)


def _listing(folder: Path, out: Path) -> dict[str, tuple[int, int]]:
    """Give size and time of everything below a folder, but for what a run is there to write."""
    found = {}
    for path in folder.rglob("*"):
        if not path.is_relative_to(out):
            state = path.lstat()
            found[str(path)] = (state.st_size, state.st_mtime_ns) if path.is_file() else (0, 0)
    return found


def _what_became(path: Path, written: Mapping[str, Mutated]) -> tuple[pd.DataFrame, list[str]]:
    if not path.exists():
        columns = ["source_path", "format", "mutation", "outcome", "message"]
        return pd.DataFrame(columns=columns, dtype=str), list(written)
    with warehouse.closing(warehouse.connect(path, read_only=True)) as con:
        known = con.table("source_files").df().set_index("source_path")["outcome"]
        reasons = con.table("quarantine").df().set_index("source_path")
    rows, said = [], set()
    for source_path in sorted({*known.index, *reasons.index}):
        name = "/".join(source_path.split("/")[:2])
        said.add(name)
        if known.get(source_path) == ARCHIVE:
            continue
        reason = reasons.loc[source_path] if source_path in reasons.index else None
        outcome = "report" if reason is None else reason["error"]
        message = "" if reason is None else reason["message"]
        file = written[name]
        rows.append((source_path, file.format, file.mutation, outcome, message))
    columns = ["source_path", "format", "mutation", "outcome", "message"]
    return pd.DataFrame(rows, columns=columns), sorted(set(written) - said)


class _Memory:
    """Samples the memory of a process and all below it, in MB: together, and the largest."""

    def __init__(self, number: int) -> None:
        self.all = self.one = 0.0
        self._root = number
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "_Memory":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(_PAUSE):
            sizes = [_resident(number) for number in _family(self._root)]
            self.all = max(self.all, sum(sizes))
            self.one = max(self.one, *sizes, 0.0)


def _family(root: int) -> list[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    family = [root]
    for member in family:
        family += [number for number, parent in parents.items() if parent == member]
    return family


def _resident(number: int) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / _KB
    return 0.0
