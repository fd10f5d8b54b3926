"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def put_in_place(database: Path, place: Path) -> None:
    """Rename a finished database over another one, safe against a power cut.

    A log that another program left beside the other one goes: it must not be applied to this one.
    """
    with database.open("rb") as stream:
        os.fsync(stream.fileno())
    place.with_name(f"{place.name}.wal").unlink(missing_ok=True)
    database.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a draft beside `path` that takes its place when all went well."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
