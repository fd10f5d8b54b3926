"""The `gongkai` command: parse, run one command, turn what goes wrong into one line and a code.

Imports of commands wait until one is given, so that `--help` is instant.
"""

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from flows.parser import make_parser
from flows.printable import printable_line

_INTERRUPTED = 130
_FAILED = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    args = make_parser().parse_args(argv)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        command = importlib.import_module(f"flows.commands.{args.command}")
        code: int = command.run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _fail(args.command, "interrupted; nothing is left half-done", _INTERRUPTED)
    except ImportError as error:
        line = f"this installation is incomplete: {error}; install gongkai again"
        return _fail(args.command, line, _FAILED)
    except BrokenPipeError:
        # Whoever read us has read enough (`| head`); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    # The outermost frame: whatever happened, the user gets a line and the shell a code.
    except Exception as error:  # noqa: BLE001
        complaints = importlib.import_module("flows.complaints")
        return _fail(args.command, complaints.explain(error), complaints.exit_code(error))
    return code


def _fail(command: str, line: str, code: int) -> int:
    sys.stderr.write(f"gongkai {command}: {printable_line(line)}\n")
    return code


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    """End on SIGTERM as on Ctrl-C, so that workers and Prefect's server are stopped too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
