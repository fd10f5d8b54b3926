"""What robots.txt allows us, by RFC 9309."""

from typing import NamedTuple

from protego import Protego

from flows.fetch.manners import ROBOT

# A quarter more than the least that RFC 9309 asks to be read.
MOST_BYTES = 640 << 10
_OK = 200
_REFUSED = range(400, 500)


class Rules(NamedTuple):
    """What one origin allows; `refusal` says why it allows nothing at all."""

    parsed: Protego | None = None
    refusal: str | None = None

    def why_not(self, url: str) -> str | None:
        """Say why an address may not be asked for; None where it may."""
        if self.refusal or not self.parsed:
            return self.refusal
        return None if self.parsed.can_fetch(url, ROBOT) else "robots.txt does not allow it"

    @property
    def distance(self) -> float:
        """Seconds that are to pass between requests."""
        if not self.parsed:
            return 0.0
        rate = self.parsed.request_rate(ROBOT)
        pace = rate.seconds / rate.requests if rate else 0.0
        return max(self.parsed.crawl_delay(ROBOT) or 0.0, pace)


def read_rules(status: int, body: bytes) -> Rules:
    """Read the answer for robots.txt: none there (4xx) allows everything, any doubt nothing."""
    if status == _OK:
        return Rules(Protego.parse(body.decode("utf-8-sig", "replace")))
    if status in _REFUSED:
        return Rules()
    return unknown_rules(f"HTTP {status}")


def unknown_rules(reason: str) -> Rules:
    """Allow nothing while it is not known what is allowed."""
    return Rules(refusal=f"{reason} (for robots.txt, without which nothing is asked for)")
