"""Addresses that may be asked for."""

import httpx

from flows.exceptions import FetchError

_SCHEMES = frozenset({"http", "https"})
_LONGEST = 4000


def clean_url(text: str) -> httpx.URL:
    """Give an address in one form, without what follows a `#`.

    Raises FetchError where it is none of http or https, names no host, or holds a password.
    """
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        message = f"{text[:200]!r} is no address: {error}"
        raise FetchError(message) from None
    if url.scheme not in _SCHEMES:
        message = f"it is no address of http or https: {text[:200]!r}"
        raise FetchError(message)
    if not url.host:
        message = f"it names no host: {text[:200]!r}"
        raise FetchError(message)
    if url.userinfo:
        message = f"it holds a name or password for {url.host}"
        raise FetchError(message)
    if len(str(url)) > _LONGEST:
        message = f"it is longer than {_LONGEST} characters"
        raise FetchError(message)
    # with the stroke that an address without a path goes without
    return url.copy_with(raw_path=url.raw_path)


def origin(url: httpx.URL) -> str:
    """Give scheme, host and port, for each of which there is one robots.txt."""
    return str(url.copy_with(raw_path=b"/"))
