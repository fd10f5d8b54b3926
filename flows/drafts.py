"""Files that appear whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MOST_AT_ONCE = 1 << 30
_BUFFER = 1 << 20


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


def clone(source: Path, target: Path) -> None:
    """Copy a file; where the file system can (btrfs, XFS), both share what they have in common.

    A warehouse of 200,000 reports is more than a gigabyte, most of which a night leaves as it is.
    """
    with source.open("rb") as reader, target.open("wb") as writer:
        # not on this system, or not between these files
        with suppress(AttributeError, OSError):
            # the kernel clones where it can
            while os.copy_file_range(reader.fileno(), writer.fileno(), _MOST_AT_ONCE):
                pass
        # what is left, if anything is: all of it, or none
        reader.seek(os.lseek(writer.fileno(), 0, os.SEEK_CUR))
        shutil.copyfileobj(reader, writer, _BUFFER)
    shutil.copymode(source, target)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a draft beside `path` that takes its place when all went well."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
