"""What httpx sends requests through: httpcore over our own connections, one at a time."""

import contextlib
import ssl
from collections.abc import Iterator

import httpcore
import httpx

from flows.fetch.network import Network

# What a server or the way to it can do wrong; httpcore's own errors, for nothing renames them here.
TROUBLE = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


class Transport(httpx.BaseTransport):
    """One connection, kept open between requests; no proxy and no settings of the environment."""

    def __init__(self, network: Network, context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, network_backend=network
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request as httpx wants it sent; raises errors of httpcore and FetchError."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, extensions=request.extensions
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def rest(self) -> None:
        """Close the connection; the next request opens another."""
        with contextlib.suppress(*TROUBLE):
            self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
