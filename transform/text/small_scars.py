"""Scars that need no solving: marks of conversion programs, and spaces that became `?`."""

import html
import re

from transform.text.outcome import LOST, Change, Outcome, spliced
from transform.text.readings import SYLLABLE

_MARKS = re.compile(
    r"\[bookmark:[^\]\n]{0,40}\]"  # Word bookmarks that a converter spelled out
    r"|\[email[\s\xa0]protected\]"  # addresses hidden by a content network, lost for good
    r"|_x000[dD]_\n?"  # a carriage return as Excel escapes it
    # Zero-width and direction marks, soft hyphens, variation selectors.
    r"|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\ufe00-\ufe0f]"
)
MARK_STARTS = frozenset(
    "[_\u00ad\ufeff"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
# Only what can be nothing else: named ones that pages use, and numbers, with their semicolon.
_ENTITY = re.compile(
    r"&(?:amp;)?(?:nbsp|ensp|emsp|lt|gt|amp|quot|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip"
    r"|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)
# A question in Chinese has one of these words and a full-width mark; a lone ASCII one after a
# number, a bracket or at a line's end is the no-break space a mirror could not encode.
_QUESTION = re.compile(r"[吗嗎呢什么麼何谁誰哪怎是否]")
# Before it come what a torn character left (`?jīng)` and what is shifted behind it) and the
# question mark of an address, which both stay.
_LOST_SPACE = re.compile(
    rf"[?\ufffd]\(?{SYLLABLE}\)(?:[^\x00-\x7f]|\?)*"
    r"|[A-Za-z0-9/]\?[A-Za-z_]+="
    r"|(?P<space>\?+)"
)
_CLAUSE = re.compile(r"[，。；：！、,;:!\x1f\n]")

# Windows fonts of bullets and boxes (Symbol, Wingdings) live in F000–F0FF.
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
PRIVATE_USE = frozenset(map(chr, range(0xE000, 0xF900)))
_HAN = re.compile("[\u4e00-\u9fff]")


def remove_marks(text: str) -> Outcome:
    """Remove what conversion programs left behind.

    >>> remove_marks("[bookmark: _GoBack]42.856万元").text
    '42.856万元'
    """
    return _removed(text, [(match.start(), match[0]) for match in _MARKS.finditer(text)])


def unescape_entities(text: str) -> Outcome:
    r"""Write the characters that HTML entities stand for where a page escaped them twice.

    >>> unescape_entities("&ldquo;三公&rdquo;经费&nbsp;0元 R&D AT&T;").text
    '“三公”经费\xa00元 R&D AT&T;'
    """
    changes = [
        Change(match.start(), match[0], html.unescape(html.unescape(match[0])))
        for match in _ENTITY.finditer(text)
    ]
    return Outcome(spliced(text, changes), changes)


def drop_private_use(text: str) -> Outcome:
    r"""Remove bullets and icons of symbol fonts; a private-use character within a word is lost.

    Such a one stood for a character that the writer's own font had, and is counted as unsolved.

    >>> drop_private_use("\uf06c一、总体情况").text, drop_private_use("张\ue2a5镇").text
    ('一、总体情况', '张\ufffd镇')
    """
    changes: list[Change] = []
    unsolved: list[str] = []
    for match in _PRIVATE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if match[0] < "\uf000" and _HAN.match(before) and _HAN.match(after):
            changes.append(Change(match.start(), match[0], LOST * len(match[0])))
            unsolved.append(before + match[0] + after)
        else:
            changes.append(Change(match.start(), match[0], ""))
    return Outcome(spliced(text, changes), changes, unsolved)


def restore_lost_spaces(text: str) -> Outcome:
    """Remove the `?` that stand for lost no-break spaces; keep those that ask something.

    Meant for pages that carry other scars of the same mirror.

    >>> restore_lost_spaces("期限为?2021年。什么是政府信息?").text
    '期限为2021年。什么是政府信息?'
    """
    lost: list[tuple[int, str]] = []
    for match in _LOST_SPACE.finditer(text):
        clause = _CLAUSE.split(text[max(0, match.start() - 40) : match.start()])[-1]
        if match["space"] and not _QUESTION.search(clause):
            lost.append((match.start(), match[0]))
    return _removed(text, lost)


def _removed(text: str, places: list[tuple[int, str]]) -> Outcome:
    changes = [Change(at, found, "") for at, found in places]
    return Outcome(spliced(text, changes), changes)
