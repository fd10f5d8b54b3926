"""HTML to blocks, by the parser rules browsers use, so that broken markup reads as people saw it.

The way: bound and mend the markup (`guard`, `mend`), parse it, mark what its style sheets hide
(`hidden`, `styles`), cut what the parser makes of it into pieces (`markup`, `pieces`), walk them
into boxes of lines and tables (`walk`, `fields`, `tables`, `shapes`), part the article from the
furniture of the page (`article`). Where the page shows hardly anything its article may stand in a
field or a script, and is read from there (`embedded`), as its day may be (`scripts`).
"""

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from extract.document import Content
from extract.exceptions import UnreadableFileError
from extract.html.article import LEAST_ARTICLE, around, parted
from extract.html.boxes import Box, lines_of
from extract.html.embedded import embedded_articles
from extract.html.guard import bounded
from extract.html.hidden import shown_boxes
from extract.html.mend import mended
from extract.html.scripts import publication

# What stands around the article names the site and its owner: evidence, but no text of it.
FURNITURE = "page_furniture"
_MOST_FURNITURE = 2_000
# What may make a box transparent, or put it beyond the edge of the page.
_UNSEEN = re.compile(r"opacity\s*:\s*0(?![.\d]*[1-9])|(?:left|top)\s*:\s*-\d{3}", re.IGNORECASE)
_ESCAPED = re.compile(r"</(?:p|td|div|table)>", re.IGNORECASE)


def read_html(text: str) -> Content:
    """Give the article's blocks in reading order, and what the page says of itself.

    The metadata are title, meta tags and, as `page_furniture`, the text around the article.
    Raises `UnreadableFileError` where nothing can be read or where the page is beyond measure.
    """
    parser = _parsed(text)
    root = shown_boxes(parser, may_be_unseen=_may_be_unseen(text))
    metadata = [*_metadata(parser), *publication(text)]
    titles = [value for name, value in metadata if name.endswith("title") and value]
    blocks, furniture = parted(root, titles)
    if article := _unshown_article(parser, root):
        blocks = [*around(root), *parted(article)[0]]
    if not blocks:
        raise _no_content(parser)
    if furniture:
        metadata.append((FURNITURE, "\n".join(furniture)[:_MOST_FURNITURE]))
    return Content(tuple(blocks), tuple(metadata))


def _may_be_unseen(text: str) -> bool:
    """Tell whether a page holds the signs at all, before its whole markup is searched for them."""
    has_signs = any(sign in text for sign in (":-", ": -", "opacity", "OPACITY"))
    return has_signs and _UNSEEN.search(text) is not None


def _parsed(text: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(bounded(mended(text)))
    except SelectolaxError as error:
        reason = f"The markup cannot be parsed: {error}."
        raise UnreadableFileError("DamagedFile", reason, "Fetch the page again.") from None


def _unshown_article(parser: LexborHTMLParser, shown: Box) -> Box | None:
    """Give the article that the page holds without showing it, if it says more than the page."""
    escaped = "" if shown.cells else _escaped_markup(shown)
    if shown.mass >= LEAST_ARTICLE and not escaped:
        return None
    best = Box("body") if escaped else shown
    around = ""
    for markup in embedded_articles(parser, escaped):
        if markup in around:
            # Hidden within what is hidden: the article would not show it either.
            continue
        found = shown_boxes(_parsed(markup))
        if found.mass >= LEAST_ARTICLE:
            around = around or markup
        if (found.cells > 0, found.mass) > (best.cells > 0, best.mass):
            best = found
    return best if best is not shown and best.mass >= LEAST_ARTICLE else None


def _escaped_markup(shown: Box) -> str:
    """Give the lines that show markup: it was escaped once too often."""
    lines = list(lines_of(shown))
    found = [index for index, line in enumerate(lines) if _ESCAPED.search(line)]
    return "\n".join(lines[found[0] : found[-1] + 1]) if found else ""


def _metadata(parser: LexborHTMLParser) -> list[tuple[str, str]]:
    titles: list[tuple[str, str]] = []
    found: list[tuple[str, str]] = []
    for node in parser.css("title,meta"):
        if node.tag == "title":
            titles.append(("title", node.text(strip=True)))
            continue
        attributes = node.attributes
        name, content = attributes.get("name"), attributes.get("content")
        if name and content:
            found.append((name.lower(), content))
    return [*titles[:1], *found]


def _no_content(parser: LexborHTMLParser) -> UnreadableFileError:
    """Say where the text is, if the page is only a frame around it or a way to it."""
    frames = [node.attributes.get("src") for node in parser.css("frame,iframe")]
    shown = ", ".join(src for src in frames if src)[:200]
    if frames:
        reason = f"This page only frames others: {shown or 'unnamed'}."
        return UnreadableFileError("NoContent", reason, "Fetch the page inside the frame.")
    if target := _redirect(parser):
        reason = f"This page only leads to another: {target[:200]}."
        return UnreadableFileError("NoContent", reason, "Fetch the page it leads to.")
    reason = "This page shows no text."
    return UnreadableFileError("NoContent", reason, "Open it in a browser and save what is shown.")


def _redirect(parser: LexborHTMLParser) -> str | None:
    for meta in parser.css("meta"):
        if (meta.attributes.get("http-equiv") or "").lower() == "refresh":
            return (meta.attributes.get("content") or "").partition("=")[2].strip() or "a page"
    scripts = "\n".join(node.text() for node in parser.css("script"))
    return "a page named in its script" if "location" in scripts else None
