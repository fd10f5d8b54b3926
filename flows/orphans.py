"""A run that `gongkai serve` has started ends with it, even where that was killed.

It would otherwise wait for a Prefect server that has gone too, and hold the lock of the warehouse
meanwhile. A run can be ended at any moment.
"""

import os
import threading
import time

# The process id of whoever has started this one and will be missed.
ENVIRONMENT = "GONGKAI_SERVED_BY"
_PAUSE_SECONDS = 1.0


def end_with_parent() -> None:
    """End this process when its parent does, if that is the one that serves."""
    parent = os.getppid()
    if os.environ.get(ENVIRONMENT) == str(parent):
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_PAUSE_SECONDS)
    os._exit(1)
