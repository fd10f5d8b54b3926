"""The links of a page, for who fetches what it links to."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from extract.encoding.decode import decode
from extract.exceptions import UnreadableFileError
from extract.html.guard import bounded
from extract.html.mend import mended

_MOST_LINKS = 5_000
_LONGEST_WORDS = 300


class Link(NamedTuple):
    """A link as printed: where to, and the words one clicks on."""

    target: str
    words: str


class Links(NamedTuple):
    """The links of a page in their order; `base` is what their targets are relative to."""

    base: str | None
    links: tuple[Link, ...]


def read_links(data: bytes, charset: str | None = None) -> Links:
    """Read the links of a page; `charset` is what its server says it is in.

    Raises `UnreadableFileError` where it is no text, or beyond measure.
    """
    try:
        parser = LexborHTMLParser(bounded(mended(decode(data, charset).text)))
    except SelectolaxError as error:
        reason = f"The markup cannot be parsed: {error}."
        raise UnreadableFileError("DamagedFile", reason, "Fetch the page again.") from None
    base = parser.css_first("base[href]")
    links = tuple(
        Link(target.strip(), node.text(strip=True)[:_LONGEST_WORDS])
        for node in parser.css("a[href], area[href]")[:_MOST_LINKS]
        if (target := node.attributes.get("href"))
    )
    return Links(base.attributes.get("href") if base is not None else None, links)
