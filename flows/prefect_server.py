"""A Prefect server for one command, where the user has none of their own (PREFECT_API_URL).

Prefect can start one by itself, but that one shares our terminal: Ctrl-C ends it before the run it
serves, which then waits minutes for it; `kill -9` leaves it behind; and what keeps it from starting
is told after minutes. This one has a session of its own and a log, and it starts while we import.
"""

import atexit
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from flows.exceptions import PrefectError

ADDRESS = "PREFECT_API_URL"
# A new home is migrated first, which takes 8 s alone and several times that on a busy machine.
START_SECONDS = 120.0
STOP_SECONDS = 10.0
_PAUSE_SECONDS = 0.1
_HOST = "127.0.0.1"


class TemporaryServer:
    """A server under way: `address` of its API, and a `log` of what it says.

    One that serves a schedule has Prefect's page for the browser as well.
    """

    def __init__(self, home: Path, *, has_schedule: bool = False) -> None:
        port = _free_port()
        self.address = f"http://{_HOST}:{port}/api"
        self.log = home / "server.log"
        keeper = Path(__file__).with_name("prefect_keeper.py")
        options = ["--host", _HOST, "--port", str(port)]
        if not has_schedule:
            options += ["--no-ui", "--no-scheduler"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                # -P: a folder of this package is no place to import from.
                [sys.executable, "-P", str(keeper), *options],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it answers; raises PrefectError where it ends or stays silent instead."""
        end = time.monotonic() + START_SECONDS
        while self._process.poll() is None and time.monotonic() < end:
            try:
                httpx.get(f"{self.address}/health").raise_for_status()
            except httpx.HTTPError:
                time.sleep(_PAUSE_SECONDS)
            else:
                return
        message = f"Prefect's server did not start: see {self.log}, or ingest with --direct"
        raise PrefectError(message)

    @property
    def has_ended(self) -> bool:
        """Whether it has gone, which a command that lives long must see."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """End it, with force where it takes too long."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def reach_server(home: Path, *, has_schedule: bool = False) -> TemporaryServer | None:
    """Have a server at PREFECT_API_URL: the user's own (None is given), or one for this process.

    Call it before Prefect is imported. What is registered first is done last at exit, so Prefect
    can then still send what it has not sent yet.
    """
    if ADDRESS in os.environ:
        return None
    server = TemporaryServer(home, has_schedule=has_schedule)
    atexit.register(server.stop)
    os.environ[ADDRESS] = server.address
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
    return port
