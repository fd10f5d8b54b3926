"""Where files lie: a path of this machine, or the URL of a store. Imports nothing heavy."""

import urllib.parse
from pathlib import Path
from typing import NewType, TypeAlias

from flows.exceptions import StorageError

Url = NewType("Url", str)
Place: TypeAlias = Path | Url

_SEPARATOR = "://"


def place_of(text: str) -> Place:
    """Tell a URL from a path; a `file://` URL is a path. Raises StorageError for a remote one."""
    if _SEPARATOR not in text:
        return Path(text)
    parts = urllib.parse.urlsplit(text)
    if parts.scheme != "file":
        return Url(text.rstrip("/") if parts.path.strip("/") else text)
    if parts.netloc not in {"", "localhost"}:
        message = f"{text} is on another machine: give the path at which it is mounted here"
        raise StorageError(message)
    return Path(urllib.parse.unquote(parts.path))


def is_url(place: Place | str) -> bool:
    """Tell whether a place, or the text of one, is a URL."""
    return isinstance(place, str) and _SEPARATOR in place


def inside(place: Place, *names: str) -> Place:
    """Name what is inside a place."""
    return place.joinpath(*names) if isinstance(place, Path) else Url("/".join([place, *names]))
