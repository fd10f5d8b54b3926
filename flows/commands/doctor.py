"""`gongkai doctor`."""

import argparse
import json
import os
from collections.abc import Iterator

from flows.answers import data_stream
from flows.doctor.examine import examine
from flows.doctor.record import WRONG, Check, Patient
from flows.settings import read_settings


def run(args: argparse.Namespace) -> int:
    """Look at everything and say how it is."""
    patient = Patient(read_settings(args.warehouse, os.environ), args.inbox)
    checks = []
    stream = data_stream()
    for check in examine(patient):
        checks.append(check)
        if not args.json:
            stream.write(f"{line_of(check)}\n")
            stream.flush()
    is_healthy = all(check.state != WRONG for check in checks)
    if args.json:
        stream.write("".join(_document(checks, is_healthy)))
    return 0 if is_healthy else 1


def line_of(check: Check) -> str:
    """Give one aligned line.

    >>> line_of(Check("disk", "wrong", "10 MB free", "make room"))
    'wrong    disk         10 MB free: make room'
    """
    advice = f": {check.advice}" if check.advice else ""
    return f"{check.state:<8} {check.name:<12} {check.message}{advice}"


def _document(checks: list[Check], is_healthy: bool) -> Iterator[str]:
    told = {"healthy": is_healthy, "checks": [check._asdict() for check in checks]}
    yield json.dumps(told, ensure_ascii=False, indent=1)
    yield "\n"
