"""Room on the disk: asked for before a run begins, so that it is missed before the work is done."""

import shutil
from collections.abc import Iterable

from flows.exceptions import DiskError
from flows.records import SourceFile
from flows.settings import Settings

# The next warehouse is a copy that grows; what comes as text is a fraction of its files.
_GROWTH = 1.25
# Divisions and views of an empty one, and what DuckDB lays aside while it works.
_LEAST = 24 << 20


def require_space(settings: Settings, fresh: Iterable[SourceFile]) -> None:
    """See that the next warehouse has room beside the published one; raises DiskError."""
    published = settings.warehouse.stat().st_size if settings.warehouse.exists() else 0
    needed = int(published * _GROWTH) + sum(file.size for file in fresh) + _LEAST
    free = shutil.disk_usage(settings.state).free
    if free < needed:
        raise DiskError(settings.warehouse.parent, free, needed)
