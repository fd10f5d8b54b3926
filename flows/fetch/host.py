"""One host and its manners: one request at a time, pauses between them, patience, giving up."""

import email.utils
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import BinaryIO, NamedTuple

import httpx

from flows.exceptions import FetchError
from flows.fetch.body import copy_body
from flows.fetch.manners import Manners
from flows.fetch.network import Network
from flows.fetch.robots import Rules
from flows.fetch.transport import TROUBLE, Transport

_OK = 200
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500
# After so many requests in a row without an answer a host is left alone for the rest of a run.
_MOST_FAILURES = 3
_LONGEST_REASON = 160


class Reply(NamedTuple):
    """An answer; its body is in the sink if the status is 200. `location` is where it sends us."""

    status: int
    url: httpx.URL
    headers: httpx.Headers
    location: httpx.URL | None


class _TooSlowError(FetchError):
    """Speaks against the host, but to ask for the same once more would only burden it."""


class Host:
    """A host that is asked by whoever needs it, in any thread, but one request at a time.

    `pause` waits so many seconds, or raises where the run is stopped. `rules` are those of
    robots.txt by origin, for who holds `rules_lock`.
    """

    def __init__(
        self, manners: Manners, context: ssl.SSLContext, pause: Callable[[float], None]
    ) -> None:
        self.rules: dict[str, Rules] = {}
        self.rules_lock = threading.Lock()
        self._manners = manners
        self._pause = pause
        self._lock = threading.Lock()
        self._network = Network(allow_private=manners.allow_private)
        self._transport = Transport(self._network, context)
        # For cookies, which some sites set before they answer.
        self._client = httpx.Client(
            transport=self._transport,
            timeout=manners.timeout,
            headers={
                "user-agent": manners.user_agent,
                "accept": "*/*",
                "accept-encoding": "gzip",
            },
            trust_env=False,
        )
        self._delay = manners.delay
        self._free_at = 0.0
        self._failures = 0
        self._given_up: FetchError | None = None

    def ask(
        self, url: httpx.URL, headers: Mapping[str, str], sink: BinaryIO, most: int | None = None
    ) -> Reply:
        """Send one request, and again after a while where that may help.

        Raises FetchError where there is no answer, or one of 429 and 5xx; for a redirect see the
        reply. At most `most` bytes are taken, those of the settings where it is not given.
        """
        with self._lock:
            attempt = 0
            while True:
                if self._given_up:
                    raise FetchError(str(self._given_up), status=self._given_up.status)
                self._pause(self._free_at - time.monotonic())
                try:
                    reply = self._once(url, headers, sink, most or self._manners.max_bytes)
                except FetchError as error:
                    if not error.is_passing:
                        raise
                    self._be_patient(error, attempt)
                else:
                    self._failures = 0
                    return reply
                sink.seek(0)
                sink.truncate()
                attempt += 1

    def keep_distance(self, seconds: float) -> None:
        """Let at least so many seconds pass between requests, as robots.txt asks."""
        with self._lock:
            if seconds > self._manners.longest_wait:
                self._given_up = FetchError(
                    f"robots.txt asks for {seconds:g} s between requests, "
                    f"longer than longest_wait ({self._manners.longest_wait:g} s)"
                )
            elif seconds > self._delay:
                self._free_at += seconds - self._delay
                self._delay = seconds

    def rest(self) -> None:
        """Close the connection, but for a request that is under way."""
        if self._lock.acquire(blocking=False):
            self._transport.rest()
            self._lock.release()

    def cut(self) -> None:
        """End the request that is under way."""
        self._network.cut()

    def _be_patient(self, error: FetchError, attempt: int) -> None:
        """Plan the next try after a failed one; raises the error where there is none."""
        wait = max(error.retry_after or 0.0, self._manners.back_off * 2.0**attempt)
        self._free_at = max(self._free_at, time.monotonic() + wait)
        if wait > self._manners.longest_wait:
            self._given_up = FetchError(
                f"{error}; the host is to be left alone for {wait:.0f} s, try again later",
                status=error.status,
            )
            raise self._given_up
        if attempt >= self._manners.retries or isinstance(error, _TooSlowError):
            self._failures += 1
            if self._failures == _MOST_FAILURES:
                self._given_up = FetchError(
                    f"the host failed {_MOST_FAILURES} times in a row, last with: {error}"
                )
            raise error

    def _once(self, url: httpx.URL, headers: Mapping[str, str], sink: BinaryIO, most: int) -> Reply:
        most_time = self._manners.total_time
        watchdog = threading.Timer(most_time, self._network.cut)
        watchdog.daemon = True
        begun = time.monotonic()
        self._network.is_cut = False
        watchdog.start()
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if _is_passing(response.status_code):
                    raise _refusal(response)
                if response.status_code == _OK:
                    copy_body(response, sink, most)
                if self._network.is_cut:
                    message = "cut off"
                    raise httpx.ReadError(message)
                following = response.next_request
                location = following.url if following else None
                return Reply(response.status_code, url, response.headers, location)
        except TROUBLE as error:
            self._pause(0)
            if time.monotonic() - begun >= most_time:
                message = f"it takes longer than {most_time:g} s (total_time)"
                raise _TooSlowError(message, is_passing=True) from error
            raise FetchError(_reason(error), is_passing=True) from error
        finally:
            watchdog.cancel()
            self._free_at = time.monotonic() + self._delay


def _is_passing(status: int) -> bool:
    return status == _TOO_MANY_REQUESTS or status >= _SERVER_ERRORS


def _refusal(response: httpx.Response) -> FetchError:
    return FetchError(
        f"HTTP {response.status_code}",
        is_passing=True,
        status=response.status_code,
        retry_after=_seconds(response.headers.get("retry-after", "").strip()),
    )


def _seconds(retry_after: str) -> float | None:
    """Read seconds, or the time until a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - time.time())


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())[:_LONGEST_REASON]
    kind = type(error).__name__
    return f"no proper answer: {words} ({kind})" if words else f"no proper answer ({kind})"
