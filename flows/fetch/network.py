"""Connections to public addresses only, each of which can be cut at any moment.

A name is resolved here and the address that was judged is the one that is connected to, so that no
second look-up can give another one, whatever redirects or name servers say.
"""

import contextlib
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from flows.exceptions import FetchError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# IPv4 in the last 32 bits: ::127.0.0.1 and its like, long out of use.
_COMPATIBLE = ipaddress.ip_network("::/96")
# Given out for protocols; older releases of Python know only the first eight of them as such.
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
_MOST_ADDRESSES = 4
_SocketOption = tuple[Any, ...]


def is_public(text: str) -> bool:
    """Tell whether an address is one of the public network, also the one within another.

    >>> [is_public(text) for text in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.is_site_local or any(not is_public(str(inner)) for inner in _within(address)):
            return False
        if address in _COMPATIBLE:
            return False
    elif address in _PROTOCOLS:
        return False
    return address.is_global and not address.is_multicast


def _within(address: ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(address.packed[-4:])


class Network(httpcore.NetworkBackend):
    """The connections of one host; a name that has no public address is refused."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()
        self._lines: set[socket.socket] = set()
        self.is_cut = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that may be had and answers, within `timeout`.

        Raises FetchError where no address may be had, ConnectError of httpcore where none answers.
        """
        end = time.monotonic() + timeout if timeout else None
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            left = max(0.01, end - time.monotonic()) if end else None
            try:
                stream = self._backend.connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            else:
                return _Stream(stream, self._lines)
        raise error

    def cut(self) -> None:
        """Shut every connection down; whoever waits on one sees it end at once.

        To who reads a body of no stated length that looks like its end: `is_cut` tells it was not.
        """
        self.is_cut = True
        for line in tuple(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if self._allow_private:
            return addresses[:_MOST_ADDRESSES]
        public = [address for address in addresses if is_public(address)]
        if not public:
            message = (
                f"{host} is at {addresses[0]}, which is no public address; "
                "allow_private = true lets it be fetched"
            )
            raise FetchError(message)
        return public[:_MOST_ADDRESSES]


class _Stream(httpcore.NetworkStream):
    """A connection with a second handle, by which it is cut even within a TLS handshake."""

    def __init__(self, stream: httpcore.NetworkStream, lines: set[socket.socket]) -> None:
        self._stream = stream
        self._lines = lines
        self._line: socket.socket = stream.get_extra_info("socket").dup()
        lines.add(self._line)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._lines.discard(self._line)
        self._line.close()
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            self._stream = self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore's own signature)
        return self._stream.get_extra_info(info)
