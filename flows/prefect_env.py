"""What must stand in the environment before Prefect is imported; docs/dependencies.md has why.

Prefect reads its settings when it is imported, and hands them to the server it starts.
"""

import logging
import os
from pathlib import Path

SETTINGS = {
    # Otherwise every run ends with an error about telemetry that could not be sent.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # One by one, the recorder lags behind and loses task runs when the server stops.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # What stops a run is told in one line by the command; Prefect would print a traceback as well.
    "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "CRITICAL",
}


def prepare_prefect(home: Path) -> None:
    """Set what is not set yet: whoever runs a Prefect server of their own has the last word.

    Makes the home too, which Prefect does only where its parent is there; raises OSError.
    """
    home.mkdir(parents=True, exist_ok=True)
    # On a busy machine it warns at exit that it is still sending events, which is all in order.
    logging.getLogger("EventsWorker").setLevel(logging.ERROR)
    # Prefect would unpack its page into the installed package, which may belong to another user.
    places = {"PREFECT_HOME": str(home), "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui")}
    for name, value in {**SETTINGS, **places}.items():
        os.environ.setdefault(name, value)
