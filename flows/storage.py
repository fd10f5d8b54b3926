"""Files of inboxes and shards, at a path or at the URL of a store.

URLs go through fsspec, which is imported for them alone; paths do not. Each store has a package of
its own (s3fs, gcsfs …), which whoever uses it installs.
"""

import hashlib
import importlib
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from extract import ExtractError
from flows.exceptions import FlowError, StorageError
from flows.places import Place, is_url

# As many as tell an archive from other files.
HEAD_BYTES = 4
# A store answers each request late but many at a time.
REQUESTS_AT_A_TIME = 32
# What is larger is read in pieces.
_LARGEST_IN_ONE = 64 << 20


class Look(NamedTuple):
    """What one reading of a file tells: the digest of its content, and its first bytes."""

    sha256: str
    head: bytes


def read_file(path: str) -> bytes:
    """Read the file at a path or URL; raises OSError, and StorageError without a package."""
    if not is_url(path):
        return Path(path).read_bytes()
    with store_of(path) as (store, name):
        return cast("bytes", store.cat_file(name))


def open_file(path: str) -> IO[bytes]:
    """Open the file at a path or URL, seekable; raises as `read_file` does."""
    if not is_url(path):
        return Path(path).open("rb")
    with store_of(path) as (store, name):
        return cast("IO[bytes]", store.open(name, "rb"))


def look_at(files: Sequence[tuple[str, int]]) -> Iterator[Look | OSError]:
    """Read files, given with their sizes, and say what each is, or why that cannot be told.

    In their order; those of a path one by one as they are asked for, those of URLs many at a time.
    """
    if not any(is_url(path) for path, _ in files):
        yield from map(_look, files)
        return
    with ThreadPoolExecutor(REQUESTS_AT_A_TIME) as threads:
        yield from threads.map(_look, files)


def _look(file: tuple[str, int]) -> Look | OSError:
    path, size = file
    try:
        if size <= _LARGEST_IN_ONE:
            data = read_file(path)
            return Look(hashlib.sha256(data).hexdigest(), data[:HEAD_BYTES])
        with reaching(path), open_file(path) as stream:
            head = stream.read(HEAD_BYTES)
            stream.seek(0)
            return Look(hashlib.file_digest(stream, "sha256").hexdigest(), head)  # type: ignore[arg-type]
    except OSError as error:
        return error


def send_file(source: Path, target: Place) -> None:
    """Put a file of this machine into a place that is there, whole or not at all.

    Raises OSError and StorageError.
    """
    if isinstance(target, Path):
        part = target.with_name(f"{target.name}.part")
        shutil.copyfile(source, part)
        part.replace(target)
        return
    with store_of(target) as (store, name):
        store.put_file(str(source), name)


def make_folder(place: Place) -> None:
    """Make a folder and those above it; an object store has none. Raises OSError, StorageError."""
    if isinstance(place, Path):
        place.mkdir(parents=True, exist_ok=True)
        return
    with store_of(place) as (store, name):
        store.makedirs(name, exist_ok=True)


def remove(place: Place) -> None:
    """Remove a file, or a folder with all that is in it, where it is there."""
    if isinstance(place, Path):
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
        return
    with store_of(place) as (store, name):
        store.invalidate_cache()
        if store.exists(name):
            store.rm(name, recursive=True)


@contextmanager
def store_of(url: str) -> Iterator[tuple[Any, str]]:
    """Give the file system of a URL and the name it knows the URL by.

    Raises StorageError where there is none, and what `reaching` raises.
    """
    try:
        store, name = importlib.import_module("fsspec").core.url_to_fs(url)
    except ImportError as error:
        # fsspec names the package: "Install s3fs to access S3"
        message = f"{url} needs a package that is not installed here: {error}"
        raise StorageError(message) from None
    except ValueError as error:
        message = f"{url} cannot be used: {error}"
        raise StorageError(message) from None
    with reaching(url):
        yield store, name


@contextmanager
def reaching(path: str) -> Iterator[None]:
    """Raise what a store has to say as OSError, whatever the store calls it."""
    try:
        yield
    except (OSError, FlowError, ExtractError):
        raise
    # Each store has errors of its own, of which many are no OSError.
    except Exception as error:
        if not is_url(path):
            raise
        message = f"{path} cannot be reached: {type(error).__name__}: {error}"
        raise OSError(message) from error
