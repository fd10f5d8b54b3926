"""How hosts are treated, and what is refused: the settings at the top of a file of sources."""

from dataclasses import dataclass

from flows.version import VERSION

# What robots.txt knows us by.
ROBOT = "gongkai"


@dataclass(frozen=True, slots=True)
class Manners:
    """Times are seconds; docs/sources.md says what each setting is for."""

    contact: str = ""
    delay: float = 2.0
    timeout: float = 30.0
    total_time: float = 120.0
    max_bytes: int = 64 << 20
    retries: int = 2
    back_off: float = 5.0
    longest_wait: float = 120.0
    hosts_at_once: int = 8
    allow_private: bool = False

    @property
    def user_agent(self) -> str:
        """Who asks, and whom to ask about it."""
        return f"{ROBOT}/{VERSION} (+{self.contact})" if self.contact else f"{ROBOT}/{VERSION}"
