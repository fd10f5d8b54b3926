"""The inbox as fetch sees it: files that appear whole or not at all, and the manifest of them."""

import datetime
import hashlib
import itertools
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import httpx

from flows.exceptions import FetchError
from flows.fetch.host import Reply
from flows.fetch.manifest import (
    FOLDER,
    MANIFEST,
    Fetched,
    as_line,
    read_manifest,
    write_manifest,
)
from flows.fetch.names import file_name
from flows.lock import exclusive_lock

_PAGES = f"{FOLDER}/pages"
_LONGEST_HEADER = 400


@contextmanager
def open_shelf(inbox: Path) -> Iterator["Shelf"]:
    """Be the only run that fetches into an inbox; raises LockedError where there is another."""
    folder = inbox / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    drafts = folder / "drafts"
    with exclusive_lock(folder / "lock", inbox):
        files = read_manifest(inbox)
        write_manifest(inbox, files.values())
        # whatever a run left that was killed
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.mkdir()
        with (inbox / MANIFEST).open("ab") as log:
            yield Shelf(inbox, files, log, drafts)
        write_manifest(inbox, read_manifest(inbox).values())
        shutil.rmtree(drafts, ignore_errors=True)


class Shelf:
    """Files and manifest of one inbox, for many threads."""

    def __init__(
        self, inbox: Path, files: Mapping[str, Fetched], log: BinaryIO, drafts: Path
    ) -> None:
        self._inbox = inbox
        self._files: dict[str, Fetched] = {}
        self._log = log
        self._drafts = drafts
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        # paths of files and of the folders they are in, without case: not every disk has it
        self._taken: set[str] = set()
        self._folders: set[str] = set()
        for file in files.values():
            self._enter(file)

    def known(self, url: httpx.URL, *, keep: bool) -> Fetched | None:
        """Give what is known of an address, if its file is there as it was fetched."""
        with self._lock:
            file = self._files.get(str(url))
        if file is None or file.is_kept is not keep:
            return None
        return file if self._digest(file.source_path) == file.sha256 else None

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Give a place for a file that is not whole yet."""
        draft = self._drafts / str(next(self._numbers))
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)

    def put(
        self, url: httpx.URL, found_on: str | None, reply: Reply, draft: Path, *, keep: bool
    ) -> tuple[Fetched, str | None]:
        """Take a draft in as the file of an address.

        Gives its line of the manifest, and the digest that the file had before, if there was one.
        Raises FetchError where something else is in its place.
        """
        with draft.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        moment = _now()
        with self._lock:
            path = self._place(url, reply.headers, digest, keep=keep)
            old = self._digest(path)
            known = self._files.get(str(url))
            is_same = old == digest and known is not None
            file = Fetched(
                source_path=path,
                url=str(url),
                final_url=str(reply.url),
                found_on=found_on,
                fetched_at=known.fetched_at if known and is_same else moment,
                checked_at=moment,
                status=reply.status,
                etag=_header(reply.headers, "etag"),
                last_modified=_header(reply.headers, "last-modified"),
                content_type=_header(reply.headers, "content-type"),
                sha256=digest,
                size=draft.stat().st_size,
            )
            # The line first: if the file does not follow, its digest tells that it did not.
            self._write(file)
            if old != digest:
                (self._inbox / path).parent.mkdir(parents=True, exist_ok=True)
                draft.replace(self._inbox / path)
        return file, old

    def note(self, url: httpx.URL, status: int | None) -> None:
        """Note that a known address was asked for and nothing new came."""
        with self._lock:
            if file := self._files.get(str(url)):
                self._write(file._replace(checked_at=_now(), status=status))

    def content(self, file: Fetched) -> bytes:
        """Read a file."""
        return (self._inbox / file.source_path).read_bytes()

    def _enter(self, file: Fetched) -> None:
        self._files[file.url] = file
        path = PurePosixPath(file.source_path.casefold())
        self._taken.add(str(path))
        self._folders.update(str(parent) for parent in path.parents)

    def _write(self, file: Fetched) -> None:
        self._enter(file)
        self._log.write(as_line(file))
        self._log.flush()

    def _place(self, url: httpx.URL, headers: httpx.Headers, digest: str, *, keep: bool) -> str:
        """Give the path of an address: the one it has, else one that nothing else has."""
        known = self._files.get(str(url))
        if known and known.is_kept is keep:
            return known.source_path
        for is_marked in (False, True):
            name = file_name(url, headers, is_marked=is_marked)
            path = name if keep else f"{_PAGES}/{name}"
            if self._is_free(path, digest):
                return path
        message = f"its place {path} in the inbox is taken by another file; move that away"
        raise FetchError(message)

    def _is_free(self, path: str, digest: str) -> bool:
        """Tell whether a path can become a file, or is one with this content and without a line."""
        low = PurePosixPath(path.casefold())
        if str(low) in self._taken or str(low) in self._folders:
            return False
        if any(str(parent) in self._taken for parent in low.parents):
            return False
        place = self._inbox / path
        parents = [parent for parent in place.parents if parent.is_relative_to(self._inbox)]
        if any(parent.exists() and not parent.is_dir() for parent in parents):
            return False
        return not place.exists() or self._digest(path) == digest

    def _digest(self, path: str) -> str | None:
        try:
            with (self._inbox / path).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return None


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _header(headers: httpx.Headers, name: str) -> str | None:
    """Give a header if it is one that can be sent back."""
    value = headers.get(name, "").strip()
    is_fit = value.isascii() and value.isprintable() and len(value) <= _LONGEST_HEADER
    return value if value and is_fit else None
