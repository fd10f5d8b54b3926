"""One run over all sources: hosts side by side, the sources of a host one after the other."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import httpx

from flows.exceptions import FetchError, FetchStoppedError
from flows.fetch.follow import links_to_follow
from flows.fetch.manifest import Fetched
from flows.fetch.shelf import Shelf, open_shelf
from flows.fetch.sources import Source, SourceList
from flows.fetch.urls import clean_url
from flows.fetch.web import Web, host_name

NEW, CHANGED, UNCHANGED, FAILED, NOTE = "new", "changed", "unchanged", "failed", "note"
_NOT_MODIFIED, _OK = 304, 200
_PATIENCE = 0.2


class Outcome(NamedTuple):
    """What became of one source: NEW, CHANGED, UNCHANGED or FAILED, or a NOTE beside it.

    `words` is the path in the inbox, or the reason.
    """

    kind: str
    url: str
    words: str


Tell = Callable[[Outcome], None]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class FetchSummary:
    """One run in numbers; links that were followed count as sources."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """How many were asked for."""
        return self.new + self.changed + self.unchanged + self.failed

    def count(self, kind: str) -> None:
        """Count an outcome."""
        if kind != NOTE:
            setattr(self, kind, getattr(self, kind) + 1)


class _Task(NamedTuple):
    source: Source
    url: httpx.URL
    found_on: str | None = None


def fetch(sources: SourceList, inbox: Path, tell: Tell, progress: Progress) -> FetchSummary:
    """Fetch what is new or has changed into an inbox, which is made if there is none.

    Each outcome is told from whatever thread it comes up in, one at a time. A source that fails
    stops no other, and leaves the file it gave before. Raises LockedError, ManifestError and
    OSError where nothing can be kept.
    """
    started = time.perf_counter()
    with open_shelf(inbox) as shelf:
        run = _Run(Web(sources.manners), shelf, tell, progress)
        summary = run.work(sources)
    summary.seconds = time.perf_counter() - started
    return summary


class _Run:
    """What the threads of a run share; whoever changes it holds `_changed`."""

    def __init__(self, web: Web, shelf: Shelf, tell: Tell, progress: Progress) -> None:
        self._web, self._shelf = web, shelf
        self._tell, self._progress = tell, progress
        self._summary = FetchSummary()
        self._changed = threading.Condition()
        # by host; a host has an entry as long as a thread works it
        self._waiting: dict[str, deque[_Task]] = {}
        self._seen: set[str] = set()
        self._futures: list[Future[None]] = []
        self._error: OSError | None = None

    def work(self, sources: SourceList) -> FetchSummary:
        """Work all sources; whatever interrupts it ends all requests at once."""
        tasks = [_Task(source, clean_url(source.url)) for source in sources.sources]
        with ThreadPoolExecutor(sources.manners.hosts_at_once) as self._threads:
            try:
                self._add(tasks)
                with self._changed:
                    while self._waiting and not self._error:
                        self._changed.wait(_PATIENCE)
            finally:
                self._threads.shutdown(wait=False, cancel_futures=True)
                self._web.stop()
                # Again and again: a thread may just have been about to connect.
                while wait(self._futures, _PATIENCE).not_done:
                    self._web.stop()
        if self._error:
            raise self._error
        return self._summary

    def _add(self, tasks: Iterable[_Task]) -> None:
        """Queue what is not queued yet, and have a thread for each host that has none."""
        with self._changed:
            for task in tasks:
                if str(task.url) in self._seen:
                    continue
                self._seen.add(str(task.url))
                host = host_name(task.url)
                if host not in self._waiting:
                    self._waiting[host] = deque()
                    self._futures.append(self._threads.submit(self._work_host, host))
                self._waiting[host].append(task)

    def _work_host(self, host: str) -> None:
        while task := self._next(host):
            try:
                self._work_task(task)
            except FetchStoppedError:
                return
            except OSError as error:
                # The disk, not the network, whose errors have another name: it would fail all.
                with self._changed:
                    self._error = error
                    self._changed.notify()
                return

    def _next(self, host: str) -> _Task | None:
        with self._changed:
            if self._waiting[host]:
                return self._waiting[host].popleft()
        # Before the host is given back: whoever works it next opens a connection of its own.
        self._web.rest(host)
        with self._changed:
            if self._waiting[host]:
                return self._waiting[host].popleft()
            del self._waiting[host]
            self._changed.notify()
        return None

    def _work_task(self, task: _Task) -> None:
        try:
            self._say(self._fetch(task))
        except FetchError as error:
            self._shelf.note(task.url, error.status)
            self._say(Outcome(FAILED, str(task.url), str(error)))
        except (FetchStoppedError, OSError):
            raise
        # What one source uncovers in us must cost that source, never the night's run.
        except Exception as error:  # noqa: BLE001
            words = f"unexpected {type(error).__name__} (a defect of gongkai: please report it)"
            self._say(Outcome(FAILED, str(task.url), words))

    def _say(self, outcome: Outcome) -> None:
        with self._changed:
            self._summary.count(outcome.kind)
            self._tell(outcome)
            self._progress(self._summary.total, len(self._seen))

    def _fetch(self, task: _Task) -> Outcome:
        """Fetch one source; what its page links to is queued."""
        url, keep = task.url, task.source.keep or task.found_on is not None
        known = self._shelf.known(url, keep=keep)
        with self._shelf.draft() as draft:
            with draft.open("w+b") as sink:
                reply = self._web.get(url, _conditions(known), sink)
            if known and reply.status == _NOT_MODIFIED:
                self._shelf.note(url, reply.status)
                file, outcome = known, Outcome(UNCHANGED, str(url), known.source_path)
            elif reply.status == _OK:
                file, old = self._shelf.put(url, task.found_on, reply, draft, keep=keep)
                kind = {None: NEW, file.sha256: UNCHANGED}.get(old, CHANGED)
                outcome = Outcome(kind, str(url), file.source_path)
            else:
                message = f"HTTP {reply.status}{_at(reply.url, url)}"
                raise FetchError(message, status=reply.status)
        if task.source.follow and not task.found_on:
            self._follow(task.source, file)
        return outcome

    def _follow(self, source: Source, page: Fetched) -> None:
        found = links_to_follow(source, page, self._shelf.content(page))
        self._add(_Task(source, url, page.url) for url in found.urls)
        if found.left_out:
            words = f"{found.left_out} more links fit follow than follow_max lets be fetched"
            self._say(Outcome(NOTE, source.url, words))


def _conditions(known: Fetched | None) -> Mapping[str, Mapping[str, str]]:
    """Give the headers that ask whoever answered last time for news only."""
    if known is None:
        return {}
    headers = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {known.final_url: {name: text for name, text in headers.items() if text}}


def _at(final: httpx.URL, url: httpx.URL) -> str:
    return "" if final == url else f" at {final}"
