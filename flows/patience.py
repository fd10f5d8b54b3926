"""Try again what may pass by itself, and only that."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from flows.complaints import explain
from flows.exceptions import LockedError
from sql.exceptions import WarehouseBusyError

# 30 seconds, 2, 8, 32 minutes: four tries more outlast a long run by hand, or a server restarted.
FIRST_PAUSE_SECONDS = 30.0
_GROWTH = 4

# These say what a person must put right.
_LASTING = (
    FileExistsError,
    FileNotFoundError,
    IsADirectoryError,
    NotADirectoryError,
    PermissionError,
)

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def may_pass(error: Exception) -> bool:
    """Tell whether the same thing, done later, may go well: a lock, a disk, a network folder."""
    if isinstance(error, LockedError | WarehouseBusyError):
        return True
    return isinstance(error, OSError) and not isinstance(error, _LASTING)


def patiently(
    do: Callable[[], Result], retries: int, sleep: Callable[[float], None] = time.sleep
) -> Result:
    """Do something, `retries` times more where it fails in a way that may pass.

    Raises what the last try raised, or at once what will not pass.
    """
    pause = FIRST_PAUSE_SECONDS
    for _ in range(retries):
        try:
            return do()
        except Exception as error:
            if not may_pass(error):
                raise
            logger.warning("%s; trying again in %.0f s", explain(error), pause)
        sleep(pause)
        pause *= _GROWTH
    return do()
