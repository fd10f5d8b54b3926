"""What stands in an inbox that is a URL: one listing, with what tells that a file has changed."""

import hashlib
import itertools
import time
from collections.abc import Mapping
from typing import Any

from flows.discover import Inbox, is_left_out
from flows.exceptions import InboxError
from flows.places import Url
from flows.records import FoundFile
from flows.storage import store_of

# What stores tell of a file that changes with its content, the surest first; names differ by store.
_MARKERS = (
    *("ETag", "etag", "md5Hash", "md5"),
    *("mtime", "LastModified", "last_modified", "updated", "modified", "created"),
)


def find_url_files(inbox: Url) -> Inbox:
    """List the files under a URL by the rules of `flows.discover.find_files`, but for links.

    Raises InboxError where there is nothing, OSError and StorageError where it cannot be listed.
    """
    with store_of(inbox) as (store, root):
        # A process that lives for many nights must not see the listing of the first.
        store.invalidate_cache()
        listing: Mapping[str, Mapping[str, Any]] = store.find(root, detail=True)
        if not listing and not store.exists(root):
            message = f"there is nothing at {inbox}: check the URL, and who may list it"
            raise InboxError(message)
        files = [
            FoundFile(below, store.unstrip_protocol(name), int(info["size"] or 0), _marker(info))
            for name, info in listing.items()
            if (below := _below(root, name)) and not _is_left_out(below)
        ]
    return Inbox(tuple(sorted(files)), (), ())


def _below(root: str, name: str) -> str:
    return name.removeprefix(root.rstrip("/")).lstrip("/")


def _is_left_out(source_path: str) -> bool:
    """Tell it of a file by itself and all folders it lies in."""
    return any(map(is_left_out, itertools.accumulate(source_path.split("/"), "{}/{}".format)))


def _marker(info: Mapping[str, Any]) -> int:
    """Make a number of what changes with a file; where the store tells nothing, a new one always.

    It stands where the time of a local file stands, and is compared in the same way.
    """
    told = next((str(info[name]) for name in _MARKERS if info.get(name)), None)
    if told is None:
        return time.time_ns()
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big") >> 1
