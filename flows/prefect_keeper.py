"""The process of a temporary Prefect server. Ends when its starter does, however that happens.

Run as a program, by `flows/prefect_server.py`; imports nothing of ours. Its standard input is a
pipe whose other end the starter holds open and never writes to: the kernel closes it when the
starter ends, even when it was killed.
"""

import os
import runpy
import signal
import sys
import threading


def main() -> None:
    """Run `prefect server start` with the arguments given."""
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = ["prefect", "server", "start", *sys.argv[1:]]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


def _end_with_starter() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
