"""A site on this machine that tests fetch from: it answers what it is told to, and remembers."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import httpx

from flows.fetch.manifest import Fetched, read_manifest
from flows.fetch.manners import Manners
from flows.fetch.run import FetchSummary, Outcome, fetch
from flows.fetch.sources import Source, SourceList

QUICK = {
    "delay": 0.0,
    "timeout": 2.0,
    "total_time": 5.0,
    "back_off": 0.02,
    "longest_wait": 2.0,
    "allow_private": True,
}


class Asked(NamedTuple):
    path: str
    headers: Mapping[str, str]
    at: float


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.begin(self)
        try:
            answer = site.routes.get(self.path)
            if callable(answer):
                answer(self)
            else:
                self.answer(*(answer or (404, b"none", {})))
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True
        finally:
            site.end()

    def answer(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None):
        headers = dict(headers or {})
        if status == 200 and self.is_known(headers):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def is_known(self, headers: Mapping[str, str]) -> bool:
        pairs = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
        return any(
            name in headers and self.headers.get(asked) == headers[name] for name, asked in pairs
        )

    def log_message(self, *args):
        pass


@dataclass
class Site:
    """`routes` are answers (status, body, headers) or functions, by path."""

    port: int = 0
    routes: dict[str, tuple | Callable[[Handler], None]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    pause: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def give(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.routes[path] = (status, data, names)
        return self.url(path)

    def begin(self, handler: Handler) -> None:
        with self.lock:
            headers = httpx.Headers(dict(handler.headers))
            self.asked.append(Asked(handler.path, headers, time.monotonic()))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.pause)

    def end(self) -> None:
        with self.lock:
            self.at_once -= 1

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def forget(self) -> None:
        self.asked.clear()


@contextmanager
def served(address: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site until the end of the block, over TLS where a context is given."""
    server = ThreadingHTTPServer((address, 0), Handler)
    if context:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    server.daemon_threads, server.block_on_close = True, False
    server.handle_error = lambda *about: None
    server.site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Result(NamedTuple):
    summary: FetchSummary
    outcomes: list[Outcome]

    def of(self, kind: str) -> list[str]:
        """The words of the outcomes of a kind."""
        return [outcome.words for outcome in self.outcomes if outcome.kind == kind]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        summary = self.summary
        return summary.new, summary.changed, summary.unchanged, summary.failed


def fetched(inbox: Path, *sources: str | Source, **manners: object) -> Result:
    """Fetch sources quickly; `manners` are settings that differ."""
    outcomes: list[Outcome] = []
    wanted = tuple(Source(each) if isinstance(each, str) else each for each in sources)
    listed = SourceList(Manners(**(QUICK | manners)), wanted)
    summary = fetch(listed, inbox, outcomes.append, lambda done, total: None)
    return Result(summary, outcomes)


def lines(inbox: Path) -> dict[str, Fetched]:
    """The manifest by path in the inbox."""
    return {file.source_path: file for file in read_manifest(inbox).values()}


def files(inbox: Path) -> dict[str, bytes]:
    """What an ingestion would find."""
    return {
        str(path.relative_to(inbox)): path.read_bytes()
        for path in sorted(inbox.rglob("*"))
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(inbox).parts)
    }


def toml(sources: Mapping[str, str] | list[str], **settings: object) -> str:
    """A file of sources with quick manners."""
    values = QUICK | settings
    head = [f"{name} = {str(value).lower()}" for name, value in values.items()]
    return "\n".join([*head, *(f'[[source]]\nurl = "{url}"' for url in sources), ""])
