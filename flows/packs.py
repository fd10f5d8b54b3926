"""Shards on their way from the workers of a cluster to the one loader.

A chunk's shard is several files, and a chunk that was worked apart has several shards; all of them
travel as one pack, which is there whole or not at all.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from flows.places import Place, inside
from flows.storage import open_file, remove, send_file
from sql import warehouse


def send_pack(shards: Path, chunk_name: str, place: Place) -> str:
    """Move what a chunk wrote to `shards` into one pack at `place`; give the name of the pack.

    Nothing written, no pack and no name. Raises OSError and StorageError.
    """
    files = list(_shard_files(shards, chunk_name))
    if not files:
        return ""
    pack = f"{chunk_name}.zip"
    with tempfile.TemporaryDirectory(dir=shards) as folder:
        draft = Path(folder, pack)
        # Parquet is compressed already.
        with zipfile.ZipFile(draft, "w") as archive:
            for file in files:
                archive.write(file, file.relative_to(shards).as_posix())
        send_file(draft, inside(place, pack))
    for file in files:
        file.unlink()
    return pack


def receive_pack(place: Place, pack: str, shards: Path) -> None:
    """Unpack a pack into `shards` and remove it from `place`; raises OSError, StorageError."""
    source = inside(place, pack)
    with open_file(str(source)) as stream, zipfile.ZipFile(stream) as archive:
        archive.extractall(shards)
    remove(source)


def _shard_files(shards: Path, chunk_name: str) -> Iterator[Path]:
    for table in warehouse.SHARD_TABLES:
        for pattern in (f"{chunk_name}.parquet", f"{chunk_name}-*.parquet"):
            yield from (shards / table).glob(pattern)
