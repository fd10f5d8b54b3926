r"""Markdown to blocks: its markup taken off, the text and its pipe tables read as plain text.

Converters also write merged tables as HTML into Markdown; those are read as HTML. A bar that
belongs to a cell (`\|`) becomes a full-width one, since plain text has no way to say so.
"""

import html
import re
from collections.abc import Iterator

from extract.document import Block, Content, Paragraph, Table
from extract.exceptions import UnreadableFileError
from extract.html.guard import MOST_MARKUP
from extract.html.read import read_html
from extract.text import read_text
from extract.text_pipes import LONGEST_FRONT

# So many headings no plain text has by chance.
_LEAST_HEADINGS = 3

_HTML_PAGE = re.compile(r"<(?:!doctype|head|meta)\b", re.IGNORECASE)
_RULE = re.compile(r"[ \t>]*+\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)*+\|?[ \t]*+")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=\S)(.*)")
_HEADING_MARKS = re.compile(r"\{[#.][^{}]*\}$|(?<=[ \t])#+$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|(?:-[ \t]*+){3,}+)")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[ \t]*+[\w{}.+-]*+[ \t]*+")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_DEFINITION = re.compile(r" {0,3}\[[^\]^]+\]:[ \t]*\S+.*")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_FRONT = re.compile(
    r"---[ \t]*\n((?:[\w -]+:.*\n|[ \t]+.*\n|-[ \t].*\n)+)(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
# Escaped marks stand as characters that no text has (Unicode keeps them free) until all is done.
_KEPT = {ord(mark): 0xFDD0 + index for index, mark in enumerate(_ESCAPABLE)}
_GIVEN_BACK = {kept: "｜" if mark == ord("|") else mark for mark, kept in _KEPT.items()}

_TARGET = (
    r"\([ \t]*<?[!-'*-;=?-~]*(?:\([!-'*-~]*\)[!-'*-~]*)?>?(?:[ \t]+[\"'][^\"'()]*[\"'])?[ \t]*\)"
)
_INLINE = (
    (re.compile(rf"!\[[^\[\]]*\](?:{_TARGET}|\[[^\[\]]*\])"), ""),
    (re.compile(rf"\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\]|\{{[.#][^{{}}]*\}})"), r"\1"),
    (re.compile(r"\[\^[^\[\]\s]+\]"), ""),
    (re.compile(r"<((?:https?|mailto):[^\s<>]+)>"), r"\1"),
    (re.compile(r"</?(?!br\b|t[dhr]\b|table\b|tbody\b|thead\b)[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>"), ""),
    (re.compile(r"(?<!`)(`++)([^`]+)\1(?!`)"), r"\2"),
    (re.compile(r"(\*{1,3})(?![\s*])([^*]+)(?<![\s*])\1(?!\*)"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?![\s_])([^_]+)(?<![\s_])\1(?![\w_])"), r"\2"),
    (re.compile(r"~~(?!\s)([^~]+)(?<!\s)~~"), r"\1"),
)
# Products and sums are no emphasis.
_ARITHMETIC = re.compile(r"(?<=[0-9A-Za-z)）])\*(?=[0-9A-Za-z(（])")
_MARK = re.compile(r"[*_`~\[<]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});")


def is_markdown(text: str) -> bool:
    """Tell Markdown from plain text: by the rule below the head of a table, or by headings.

    Bars, stars and hash signs alone are none: plain text has them too.
    """
    if _HTML_PAGE.search(text):
        return False
    lines = text.split("\n") if text.count("#") >= _LEAST_HEADINGS or "|" in text else []
    if sum(bool(_HEADING.fullmatch(line)) for line in lines) >= _LEAST_HEADINGS:
        return True
    return any(
        "|" in line and "|" in lines[at - 1] and _RULE.fullmatch(line)
        for at, line in enumerate(lines)
        if at
    )


def plain(text: str) -> str:
    """Give Markdown as plain text with pipe tables; what is no Markdown comes out unchanged."""
    return _stripped(_body(text)[0]) if is_markdown(text) else text


def read_markdown(text: str) -> Content:
    """Give the blocks of a Markdown text, with the fields in front of it as metadata."""
    if len(text) > MOST_MARKUP:
        reason = f"This text has {len(text):,} characters."
        raise UnreadableFileError("TooLarge", reason, "Cut the report out of it.")
    body, metadata = _body(text)
    blocks: list[Block] = []
    for stretch, is_table in _stretches(body):
        blocks += _html_blocks(stretch) if is_table else read_text(_stripped(stretch))
    if not blocks:
        reason = "There is no text in this file."
        raise UnreadableFileError("NoContent", reason, "Convert the report again.")
    return Content(tuple(blocks), metadata)


def _body(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Part a text from comments, and from the fields that some editors write in front of it."""
    text = _without_comments(text)
    front = _FRONT.match(text.lstrip("\ufeff"))
    if not front:
        return text, ()
    fields = (line.partition(":") for line in front[1].split("\n") if line[:1].strip())
    found = tuple((name.strip().lower(), value.strip(" \t\"'")) for name, _, value in fields)
    return text.lstrip("\ufeff")[front.end() :], tuple(pair for pair in found if all(pair))


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    out = [first]
    for part in rest:
        _, end, behind = part.partition("-->")
        out.append(behind if end else f"<!--{part}")
    return "".join(out)


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text at its HTML tables; one that is not closed ends where the text does."""
    at = start = depth = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            if not depth:
                yield text[at : tag.start()], False
                start = at = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield text[start : tag.end()], True
                at = tag.end()
    yield text[at:], depth > 0


def _html_blocks(markup: str) -> Iterator[Block]:
    try:
        blocks = read_html(markup).blocks
    except UnreadableFileError as error:
        if error.error != "NoContent":
            raise
        return
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Paragraph(_inline(block.text))
        else:
            cells = (cell._replace(text=_inline(cell.text)) for cell in block.cells)
            yield Table(tuple(cells), has_grid=block.has_grid)


def _stripped(text: str) -> str:
    lines = _with_bars(text.split("\n"))
    return "\n".join(_line(line, above) for line, above in zip(lines, ["", *lines], strict=False))


def _with_bars(lines: list[str]) -> list[str]:
    """Set bars around the rows of tables that stand without: from above the rule up to a blank.

    A label that was broken in its cell goes on on the next line, so that its front has no bar.
    """
    lines = list(lines)
    for at in range(1, len(lines) - 1):
        is_rule = _RULE.fullmatch(lines[at]) and "|" in lines[at] + lines[at + 1]
        if not is_rule or any(line.strip().startswith("|") for line in _framed(lines, at)):
            continue
        for row in (at - 1, at, *_rows_below(lines, at)):
            lines[row] = f"|{lines[row].strip()}|"
    return lines


def _framed(lines: list[str], at: int) -> list[str]:
    """Give the rule at `at`, and the row above it if that ends with a bar."""
    return [lines[at], lines[at - 1]] if lines[at - 1].rstrip().endswith("|") else [lines[at]]


def _rows_below(lines: list[str], at: int) -> Iterator[int]:
    for below in range(at + 1, len(lines)):
        following = "".join(lines[below + 1 : below + 2])
        is_front = len(lines[below].strip()) <= LONGEST_FRONT and "|" in following
        if not lines[below].strip() or not ("|" in lines[below] or is_front):
            return
        yield below


def _line(line: str, above: str) -> str:
    """Take the markup off a line; the line above tells an underline from a rule."""
    line = _behind(_QUOTE, line)
    if "|" in line and _RULE.fullmatch(line):
        return line
    is_underline = above.strip() and _UNDERLINE.fullmatch(line)
    if is_underline or any(mark.fullmatch(line) for mark in (_BREAK, _FENCE, _DEFINITION)):
        return ""
    if heading := _HEADING.fullmatch(line):
        return _inline(_HEADING_MARKS.sub("", heading[1].strip()).strip())
    for mark in (_BULLET, _NOTE):
        line = _behind(mark, line)
    # A tab in front would make it a row of a table.
    return _inline(line.strip(" \t").removesuffix("\\"))


def _behind(mark: re.Pattern[str], line: str) -> str:
    """Give what stands behind a mark that a line begins with, else the line."""
    match = mark.match(line)
    return line[match.end() :] if match else line


def _inline(text: str) -> str:
    """Take the markup off a run of text, cell by cell where it is a row."""
    kept = _ESCAPE.sub(lambda mark: mark[1].translate(_KEPT), text)
    plain_text = "|".join(map(_without_marks, kept.split("|"))).translate(_GIVEN_BACK)
    return _ENTITY.sub(_character, plain_text)


def _without_marks(text: str) -> str:
    if not _MARK.search(text):
        return text
    text = _ARITHMETIC.sub(lambda mark: mark[0].translate(_KEPT), text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0]).replace("|", "｜")
