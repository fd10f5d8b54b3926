"""The day of publication where only a script of the page states it."""

import datetime
import re
from collections.abc import Iterator

# A page as saved before its script ran has an empty line in the place of the day.
_WECHAT = "rich_media"
_STATED = re.compile(r"\b(?:createTime|publish_time)\s*=\s*[\"'](20\d\d-\d\d?-\d\d?)")
_SECONDS = re.compile(r"\bct\s*=\s*[\"'](1\d{9})[\"']")
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))
# What search engines are told of an article.
_LINKED_DATA = "application/ld+json"
_LINKED = re.compile(r"\"(?:pubDate|datePublished)\"\s*:\s*\"(20\d\d-\d\d?-\d\d?)")


def publication(text: str) -> Iterator[tuple[str, str]]:
    """Give what the scripts of a page say of its publication, as a meta tag would.

    >>> list(publication('<div class="rich_media"><script>var ct = "1642665600";</script>'))
    [('publish_time', '2022-01-20')]
    """
    stated = None
    if _WECHAT in text:
        stated = _STATED.search(text)
        if not stated and (seconds := _SECONDS.search(text)):
            yield "publish_time", f"{datetime.datetime.fromtimestamp(int(seconds[1]), _BEIJING):%F}"
    elif _LINKED_DATA in text:
        stated = _LINKED.search(text)
    if stated:
        yield "publish_time", stated[1]
