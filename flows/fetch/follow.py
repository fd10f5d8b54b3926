"""Which links of a page are followed."""

import re
from email.message import Message
from typing import NamedTuple

import httpx

from extract import UnreadableFileError
from extract.html.links import Link, read_links
from flows.exceptions import FetchError
from flows.fetch.manifest import Fetched
from flows.fetch.sources import Source
from flows.fetch.urls import clean_url

_LONGEST_MATCHED = 1000


class Followed(NamedTuple):
    """The addresses to fetch, in the order of the page; `left_out` more fit the pattern too."""

    urls: tuple[httpx.URL, ...]
    left_out: int


def links_to_follow(source: Source, page: Fetched, data: bytes) -> Followed:
    """Give the links of a page that fit its pattern, by their address or their words.

    Raises FetchError where the page cannot be read.
    """
    try:
        found = read_links(data, _charset(page.content_type))
    except UnreadableFileError as error:
        message = f"its links cannot be read: {error}"
        raise FetchError(message) from error
    base = _joined(clean_url(page.final_url), found.base or "") or clean_url(page.final_url)
    urls: dict[str, httpx.URL] = {}
    for link in found.links:
        url = _joined(base, link.target)
        if url and str(url) != source.url and source.follow and _fits(source.follow, link, url):
            urls.setdefault(str(url), url)
    chosen = tuple(urls.values())
    return Followed(chosen[: source.follow_max], max(0, len(chosen) - source.follow_max))


def _joined(base: httpx.URL, target: str) -> httpx.URL | None:
    try:
        return clean_url(str(base.join(target)))
    except (FetchError, httpx.InvalidURL, ValueError):
        return None


def _fits(pattern: re.Pattern[str], link: Link, url: httpx.URL) -> bool:
    texts = (str(url), link.target, link.words)
    return any(pattern.search(text[:_LONGEST_MATCHED]) for text in texts)


def _charset(content_type: str | None) -> str | None:
    message = Message()
    message["content-type"] = content_type or ""
    return message.get_content_charset()
