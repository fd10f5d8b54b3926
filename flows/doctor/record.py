"""What a check gives, and what it looks at."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from flows.settings import Settings

OK, WARNING, WRONG = "ok", "warning", "wrong"


class Check(NamedTuple):
    """One thing that was looked at: `state` is OK, WARNING or WRONG; `advice` says what to do."""

    name: str
    state: str
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at: a warehouse with what stands beside it, and the inbox it is fed from."""

    settings: Settings
    inbox: Path
