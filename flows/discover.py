"""What stands in an inbox. Looks at names, sizes and times only; content is `flows/worklist.py`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from extract.archive import SYSTEM_FILES
from flows.exceptions import InboxError
from flows.records import Failure, FoundFile

_LEFT_OUT_AT_THE_TOP = "README.md"
# Hidden files, and what Word leaves beside a document that is open.
_LEFT_OUT_PREFIXES = (".", "~$")


class Inbox(NamedTuple):
    """What stands in an inbox, all sorted.

    Regular files, folders that could be listed, what could not be looked at, and paths of what a
    person may have meant for a file but is none: links that lead out or nowhere, pipes, devices.
    """

    files: tuple[FoundFile, ...]
    folders: tuple[str, ...]
    failures: tuple[Failure, ...]
    strays: tuple[str, ...] = ()


class _Stray(NamedTuple):
    source_path: str


def require_inbox(inbox: Path, warehouse: Path) -> Path:
    """Give the inbox as an absolute path; raises InboxError where it cannot be one."""
    path = inbox.expanduser().resolve()
    if not path.exists():
        message = f"there is no folder {inbox}: check the path"
        raise InboxError(message)
    if not path.is_dir():
        message = f"{inbox} is not a folder: name the folder that holds the reports"
        raise InboxError(message)
    if warehouse.is_relative_to(path):
        message = f"the warehouse {warehouse} lies inside the inbox {inbox}: keep them apart"
        raise InboxError(message)
    return path


def is_left_out(source_path: str) -> bool:
    """Tell whether a path below the inbox is none that holds reports.

    >>> [is_left_out(path) for path in ("a/.git", "README.md", "a/README.md", "~$a.docx")]
    [True, True, False, True]
    """
    name = source_path.rpartition("/")[2]
    is_litter = name.startswith(_LEFT_OUT_PREFIXES) or name in SYSTEM_FILES
    return is_litter or source_path == _LEFT_OUT_AT_THE_TOP


def find_files(inbox: Path) -> Inbox:
    """List the files under an absolute `inbox`, folders within folders too.

    Hidden files and folders are left out, and so are litter and the inbox's own README.md. A link
    is followed only to a file inside the inbox: one that leads out could bring in anything, and a
    folder inside is found in its own place. A folder or file that cannot be looked at is a failure.
    """
    files: list[FoundFile] = []
    folders: list[str] = []
    failures: list[Failure] = []
    strays: list[str] = []
    for item in _walk(str(inbox)):
        if isinstance(item, FoundFile):
            files.append(item)
        elif isinstance(item, Failure):
            failures.append(item)
        elif isinstance(item, _Stray):
            strays.append(item.source_path)
        else:
            folders.append(item)
    found = (tuple(sorted(files)), tuple(sorted(folders)), tuple(sorted(failures)))
    return Inbox(*found, tuple(sorted(strays)))


def _walk(inbox: str) -> Iterator[FoundFile | Failure | _Stray | str]:
    """Walk an inbox; `str` items are folders below it that could be listed."""
    root = os.path.realpath(inbox)
    pending = [(inbox, "")]
    while pending:
        folder, source_path = pending.pop()
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            yield _failure(source_path or ".", error, "folder")
            continue
        if source_path:
            yield source_path
        for entry in listed:
            name = _readable(entry.name)
            below = f"{source_path}/{name}" if source_path else name
            if is_left_out(below):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append((entry.path, below))
            else:
                yield from _file(entry, below, root)


def _file(
    entry: os.DirEntry[str], source_path: str, root: str
) -> Iterator[FoundFile | Failure | _Stray]:
    """Give the file of a directory entry, if it is one and no link that leads out."""
    try:
        leads_out = entry.is_symlink() and not _is_inside(os.path.realpath(entry.path), root)
        if not leads_out and entry.is_file():
            state = entry.stat()
            yield FoundFile(source_path, entry.path, state.st_size, state.st_mtime_ns)
        elif leads_out or not entry.is_dir():
            yield _Stray(source_path)
    except OSError as error:
        yield _failure(source_path, error, "file")


def _is_inside(path: str, root: str) -> bool:
    return os.path.commonpath([root, path]) == root


def _readable(name: str) -> str:
    """Give a name as text that any database takes; bytes that are no UTF-8 are written in hex."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _failure(source_path: str, error: OSError, what: str) -> Failure:
    reason = error.strerror or str(error)
    message = (
        f"This {what} cannot be looked at: {reason}. Give the nightly job the right to read it."
    )
    return Failure(source_path, None, "discover", type(error).__name__, message)
