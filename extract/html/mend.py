"""Mends what browsers give up on, so that a damaged page keeps its text.

Each mend is one function, text in, text out, and changes nothing where its damage is absent.
"""

import html
import re

from extract.html.guard import blanked

_EMPTY_RAW = re.compile(r"<(script|style|title|textarea|iframe|noscript)\b([^<>]*)/>")
_HEAD_WINDOW = 2_000
_ROW_ENDS = re.compile(r"<(/?)(table|tr)(?=[\s/>])", re.IGNORECASE)
# What may stand between two rows of one table.
_BETWEEN_ROWS = re.compile(r"(?:\s|</?t(?:body|head|foot)\b[^<>]*>|</t[dh]\s*>)*", re.IGNORECASE)

# A frame that holds its page as escaped markup.
_PAGE = re.compile(r"\ssrcdoc\s*=\s*(?P<page>\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_FRAME = re.compile(
    rf"(?P<tag><iframe\b[^<>]*?{_PAGE.pattern}[^<>]*>)(?:[^<]*</iframe\s*>)?", re.IGNORECASE
)
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|\shidden\b", re.IGNORECASE)

# What ends a run of rows of which the last is not closed.
_AROUND_ROWS = re.compile(r"</(?:article|body|center|div|form|html|section)\b", re.IGNORECASE)


def mended(text: str) -> str:
    """Give the markup with what parsers cannot read made readable."""
    return _with_tables(_with_frames(_with_comments_closed(_as_html(text.lstrip("\ufeff")))))


def _with_frames(text: str) -> str:
    """Put the pages that stand in the tags of frames where the frames stand."""
    if "srcdoc" not in text:
        return text
    out: list[str] = []
    at = 0
    for frame in _FRAME.finditer(blanked(text)):
        if not _UNSHOWN.search(_PAGE.sub("", frame["tag"])):
            page = html.unescape(frame["page"][1:-1])
            out += [text[at : frame.start()], "<div>", page, "</div>"]
            at = frame.end()
    return "".join([*out, text[at:]])


def _as_html(text: str) -> str:
    """Write out what XHTML may shorten: an empty `<script/>` would swallow the page behind it."""
    head = text[:_HEAD_WINDOW]
    if head.lstrip().startswith("<?xml"):
        text = _with_cdata_escaped(text)
    elif "xmlns" not in head:
        return text
    return _EMPTY_RAW.sub(r"<\1\2></\1>", text) if "/>" in text else text


def _with_cdata_escaped(text: str) -> str:
    first, *rest = text.split("<![CDATA[")
    out = [first]
    for part in rest:
        inner, end, behind = part.partition("]]>")
        out += [html.escape(inner, quote=False), behind] if end else ["<![CDATA[", part]
    return "".join(out)


def _with_comments_closed(text: str) -> str:
    """End comments that nothing closes at their first bracket, else they hide the rest."""
    opening = text.rfind("<!--")
    if opening < 0 or text.find("-->", opening) >= 0:
        return text
    last = max(text.rfind("-->"), 0)
    return text[:last] + text[last:].replace("<!--", "<!")


def _with_tables(text: str) -> str:
    """Put a table around rows that stand in none: parsers drop their cells."""
    if not _has_stray_rows(text):
        return text
    visible = blanked(text)
    tags = list(_ROW_ENDS.finditer(visible))
    out: list[str] = []
    at = depth = index = 0
    while index < len(tags):
        tag = tags[index]
        index += 1
        if tag[2].lower() == "table":
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        elif not tag[1] and not depth:
            index, end = _end_of_rows(visible, tags, index)
            out += [text[at : tag.start()], "<table>", text[tag.start() : end], "</table>"]
            at = end
    return "".join([*out, text[at:]])


def _has_stray_rows(text: str) -> bool:
    depth = 0
    for closing, name in _ROW_ENDS.findall(text):
        if len(name) > 2:
            depth = max(depth - 1, 0) if closing else depth + 1
        elif not closing and not depth:
            return True
    return False


def _end_of_rows(text: str, tags: list[re.Match[str]], index: int) -> tuple[int, int]:
    """Find the tag and the place behind a run of rows; the first row has just begun."""
    closed_at = -1
    row = tags[index - 1]
    while index < len(tags) and tags[index][2].lower() == "tr":
        tag = tags[index]
        if tag[1]:
            closed_at = text.find(">", tag.end()) + 1 or len(text)
        else:
            if closed_at >= 0 and not _BETWEEN_ROWS.fullmatch(text, closed_at, tag.start()):
                break
            closed_at = -1
            row = tag
        index += 1
    if closed_at >= 0:
        return index, closed_at
    end = tags[index].start() if index < len(tags) else len(text)
    around = _AROUND_ROWS.search(text, row.end(), end)
    return index, around.start() if around else end
