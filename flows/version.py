"""Which gongkai this is: the release, and a digest of the code that decides what a file becomes."""

import functools
import hashlib
from pathlib import Path

VERSION = "0.1.0"
_ROOT = Path(__file__).resolve().parent.parent
_DECIDING = ("extract", "transform", "sql")
_CODE = (".py", ".sql")


@functools.cache
def code_version() -> str:
    """Release and digest, as in `0.1.0+1a2b3c4d`; it changes when reading or recognition does.

    A quarantined file is tried again when this changes, so that a repaired reader is put to use
    without anyone having to raise the release number.
    """
    digest = hashlib.sha256()
    for folder in _DECIDING:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in _CODE:
                digest.update(path.relative_to(_ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:8]}"
