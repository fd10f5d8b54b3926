r"""Articles that a page holds without showing them: in a field, a script, or hidden.

Some systems keep the article as escaped markup in a `<textarea>`, as a string or CDATA in a
script, or in an element that a script is to show. All that could be one is given, as markup;
which one is an article is for the caller to weigh.
"""

import binascii
import html
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from extract.html.guard import MOST_MARKUP

# Shorter texts hold no article; more of them than this no page keeps.
_SHORTEST = 200
_MOST_CANDIDATES = 50
# Hidden elements hold others, each of which is given again.
_MOST_CHARS = 2 * MOST_MARKUP
_MOST_READ = 4_000_000

_MARKUP = re.compile(r"<(?:p|br|div|table|td|span|section)\b", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"&lt;(?:p|br|div|table|td|span|section)\b", re.IGNORECASE)
_LITERAL = re.compile(
    r""""((?:[^"\\\n]|\\[\s\S])*+)"|'((?:[^'\\\n]|\\[\s\S])*+)'|`((?:[^`\\]|\\[\s\S])*+)`"""
)
# What may stand between two strings that a script joins.
_JOINT = re.compile(r"\s*(?:\)?\s*;?\s*(?:document\.write(?:ln)?\s*\(|[\w.$\[\]]+\s*\+=)|\+|,)\s*")
_LONGEST_JOINT = 80
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_PERCENT = re.compile(r"%u([0-9a-fA-F]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{200,}={0,2}\s*")


def embedded_articles(parser: LexborHTMLParser, shown: str) -> Iterator[str]:
    """Give markup that the page does not show as such, the longest first.

    `shown` is markup that it shows as text.
    """
    found = {shown} - {""}
    budget = _MOST_CHARS
    for text in _candidates(parser):
        if len(text) >= _SHORTEST:
            budget -= len(text)
            if budget < 0:
                break
            found.add(text)
    budget = _MOST_READ
    for text in sorted(found, key=lambda text: (-len(text), text))[:_MOST_CANDIDATES]:
        yield text
        budget -= len(text)
        if budget < 0:
            break


def _candidates(parser: LexborHTMLParser) -> Iterator[str]:
    for node in parser.css("textarea"):
        yield _unescaped(node.text())
    for node in parser.css("input[value]"):
        yield _unescaped(node.attributes.get("value") or "")
    for node in parser.css("noscript,object,xml"):
        yield node.inner_html or ""
    for node in parser.css('[hidden],[style*="display" i],[style*="visib" i]'):
        if node.tag not in {"textarea", "script"}:
            yield node.inner_html or ""
    for node in parser.css("script"):
        yield from _in_script(node.text())


def _in_script(script: str) -> Iterator[str]:
    if len(script) < _SHORTEST:
        return
    _, *sections = script.split("<![CDATA[")
    for section in sections:
        yield _unescaped(section.partition("]]>")[0])
    if script.lstrip().startswith("<") and not sections:
        yield script
    for run in _literal_runs(script):
        yield _unescaped(_decoded(run))


def _literal_runs(script: str) -> Iterator[str]:
    """Give the strings of a script, those joined to each other as one."""
    run: list[str] = []
    end = 0
    for literal in _LITERAL.finditer(script):
        gap = script[end : literal.start()]
        if run and not (len(gap) <= _LONGEST_JOINT and _JOINT.fullmatch(gap)):
            yield "".join(run)
            run = []
        run.append(_ESCAPE.sub(_character, literal[1] or literal[2] or literal[3] or ""))
        end = literal.end()
    yield "".join(run)


def _character(escape: re.Match[str]) -> str:
    code = escape[1]
    if len(code) > 1:
        number = int(code[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _ESCAPED.get(code, code)


def _decoded(text: str) -> str:
    """Undo what scripts undo before they show a text: percent signs, Base64."""
    if re.match(r"\s*%(?:3C|u003C|[0-9A-F]{2})", text, re.IGNORECASE):
        return unquote(_PERCENT.sub(lambda match: chr(int(match[1], 16)), text))
    if _BASE64.fullmatch(text):
        try:
            return b64decode("".join(text.split())).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return text


def _unescaped(text: str) -> str:
    is_escaped = not _MARKUP.search(text) and _ESCAPED_MARKUP.search(text)
    return html.unescape(text) if is_escaped else text
