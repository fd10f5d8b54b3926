"""Addresses to answers: hop by hop, each of them judged anew, each host by its manners."""

import io
import ssl
import threading
from collections.abc import Mapping
from typing import BinaryIO

import httpx

from flows.exceptions import FetchError, FetchStoppedError
from flows.fetch.host import Host, Reply
from flows.fetch.manners import Manners
from flows.fetch.robots import MOST_BYTES, Rules, read_rules, unknown_rules
from flows.fetch.urls import clean_url, origin

_MOST_HOPS = 5


class Web:
    """All hosts of a run, for many threads."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        # Trusts what SSL_CERT_FILE names, if it is set; loading it takes long, so once a run.
        self._context: ssl.SSLContext = httpx.create_ssl_context()

    def get(
        self, url: httpx.URL, conditions: Mapping[str, Mapping[str, str]], sink: BinaryIO
    ) -> Reply:
        """Ask for an address and follow where it sends us; the body is in `sink` if 200 it is.

        `conditions` are headers for single addresses: what one has answered is asked of no other.
        Raises FetchError with the reason, FetchStoppedError after `stop`.
        """
        for _ in range(_MOST_HOPS + 1):
            self._require_allowed(url)
            reply = self._host(url).ask(url, conditions.get(str(url), {}), sink)
            if reply.location is None:
                return reply
            url = clean_url(str(reply.location))
        message = f"it is redirected more than {_MOST_HOPS} times, last to {url}"
        raise FetchError(message)

    def rest(self, name: str) -> None:
        """Close the connection to a host for which nothing is left to do."""
        with self._lock:
            host = self._hosts.get(name)
        if host:
            host.rest()

    def stop(self) -> None:
        """End all requests and all waiting, and close all connections."""
        self._stopped.set()
        with self._lock:
            hosts = tuple(self._hosts.values())
        for host in hosts:
            host.cut()
            host.rest()

    def _host(self, url: httpx.URL) -> Host:
        name = host_name(url)
        with self._lock:
            if name not in self._hosts:
                self._hosts[name] = Host(self._manners, self._context, self._pause)
            return self._hosts[name]

    def _require_allowed(self, url: httpx.URL) -> None:
        host, place = self._host(url), origin(url)
        with host.rules_lock:
            if place not in host.rules:
                host.rules[place] = rules = self._read_rules(httpx.URL(place).join("/robots.txt"))
                host.keep_distance(rules.distance)
            refusal = host.rules[place].why_not(str(url))
        if refusal:
            raise FetchError(refusal)

    def _read_rules(self, url: httpx.URL) -> Rules:
        sink = io.BytesIO()
        try:
            for _ in range(_MOST_HOPS + 1):
                reply = self._host(url).ask(url, {}, sink, MOST_BYTES)
                if reply.location is None:
                    return read_rules(reply.status, sink.getvalue())
                url = clean_url(str(reply.location))
        except FetchError as error:
            return unknown_rules(str(error))
        return unknown_rules(f"it is redirected more than {_MOST_HOPS} times")

    def _pause(self, seconds: float) -> None:
        if self._stopped.wait(max(0.0, seconds)):
            message = "stopped"
            raise FetchStoppedError(message)


def host_name(url: httpx.URL) -> str:
    """Give the name by which a host is known here, whatever the scheme and port."""
    return url.raw_host.decode("ascii").rstrip(".").lower()
