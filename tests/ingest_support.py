"""What tests of runs share: sample files, and short ways to run and to look."""

from pathlib import Path

from flows.discover import Inbox
from flows.ingest import Options, ingest
from flows.records import (
    FoundFile,
    RunSummary,
    SourceFile,
)
from flows.settings import Settings
from flows.worklist import sort_files
from sql import warehouse
from tests.support import REPO

SAMPLES = sorted((REPO / "data" / "samples").glob("*.txt"))
SERIAL = Options(runner="serial", workers=1)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


def run(settings: Settings, inbox: Path, **options) -> RunSummary:
    return ingest(settings, inbox, Options("serial", 1, **options))


def source_file(path: Path) -> SourceFile:
    (file,) = sort_files(Inbox((found(path),), (), ()), {}, "1").fresh
    return file


def found(path: Path) -> FoundFile:
    state = path.stat()
    return FoundFile(path.name, str(path), state.st_size, state.st_mtime_ns)


def rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        return con.table(table).order("all").fetchall()


def quarantined(settings: Settings) -> dict[str, tuple[str, str]]:
    with warehouse.connect(settings.warehouse, read_only=True) as con:
        frame = con.table("quarantine").df()
    return {row.source_path: (row.stage, row.error) for row in frame.itertuples()}
