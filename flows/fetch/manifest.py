"""What is kept of every fetched file, in `.gongkai/fetched.jsonl` of its inbox: one line a file.

Lines are only added while a run goes on, the last one of an address holds; the next run writes the
file anew. A line that was cut off by a power cut is the last one, and left out.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from flows.drafts import replacing
from flows.exceptions import ManifestError

FOLDER = ".gongkai"
MANIFEST = f"{FOLDER}/fetched.jsonl"


class Fetched(NamedTuple):
    """One fetched file; times are UTC in ISO 8601, `last_modified` and `etag` as the server says.

    `source_path` is relative to the inbox. `url` was asked for, `final_url` answered; `found_on` is
    the page that links to it. `fetched_at` is when the content came, `checked_at` when it was last
    asked for, and `status` what HTTP said then: none where there was no answer.
    """

    source_path: str
    url: str
    final_url: str
    found_on: str | None
    fetched_at: str
    checked_at: str
    status: int | None
    etag: str | None
    last_modified: str | None
    content_type: str | None
    sha256: str
    size: int

    @property
    def is_kept(self) -> bool:
        """Whether it is a file of the inbox, and not only a page whose links are followed."""
        return not self.source_path.startswith(f"{FOLDER}/")


def read_manifest(inbox: Path) -> dict[str, Fetched]:
    """Read what was fetched into an inbox, by address; nothing where nothing was.

    Raises ManifestError naming a line that is none of fetch's.
    """
    path = inbox / MANIFEST
    if not path.exists():
        return {}
    found: dict[str, Fetched] = {}
    *lines, _cut_off = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, 1):
        try:
            file = Fetched(**json.loads(line))
        except (ValueError, TypeError):
            message = f"{path}, line {number}: not written by gongkai fetch; delete the line"
            raise ManifestError(message) from None
        found[file.url] = file
    return found


def write_manifest(inbox: Path, files: Iterable[Fetched]) -> None:
    """Write the manifest anew, in the order of paths."""
    with replacing(inbox / MANIFEST) as draft:
        draft.write_bytes(b"".join(as_line(file) for file in sorted(files)))


def as_line(file: Fetched) -> bytes:
    """Give the line of a file."""
    return json.dumps(file._asdict(), ensure_ascii=False).encode() + b"\n"
