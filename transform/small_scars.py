"""Scars that need no solving: marks of conversion programs, and spaces that became `?`."""

import re

Change = tuple[str, str]

_MARKS = re.compile(
    r"\[bookmark:[^\]\n]{0,40}\]"  # Word bookmarks that a converter spelled out
    r"|\[email[\s\xa0]protected\]"  # addresses hidden by a content network, lost for good
    r"|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\ue000-\uf8ff]"  # invisible and private use
)
# A question in Chinese has one of these words and a full-width mark; a lone ASCII one after a
# number, a bracket or at a line's end is the no-break space a mirror could not encode.
_QUESTION = re.compile(r"[吗吗呢嗎什么麼何谁誰哪怎是否]")
_LOST_SPACE = re.compile(r"\?+")
_CLAUSE = re.compile(r"[，。；：！、,;:!\x1f\n]")


def remove_marks(text: str) -> tuple[str, list[Change]]:
    """Remove what conversion programs left behind.

    >>> remove_marks("[bookmark: _GoBack]42.856万元")
    ('42.856万元', [('[bookmark: _GoBack]', '')])
    """
    changes: list[Change] = []

    def drop(match: re.Match[str]) -> str:
        changes.append((match[0], ""))
        return ""

    return _MARKS.sub(drop, text), changes


def restore_lost_spaces(text: str) -> tuple[str, list[Change]]:
    """Remove the `?` that stand for lost no-break spaces; keep those that ask something.

    Meant for pages that carry other scars of the same mirror.

    >>> restore_lost_spaces("期限为?2021年。什么是政府信息?")[0]
    '期限为2021年。什么是政府信息?'
    """
    changes: list[Change] = []
    out: list[str] = []
    at = 0
    for match in _LOST_SPACE.finditer(text):
        clause = _CLAUSE.split(text[max(0, match.start() - 40) : match.start()])[-1]
        if _QUESTION.search(clause):
            continue
        out.append(text[at : match.start()])
        at = match.end()
        around = slice(max(0, match.start() - 4), match.end() + 4)
        changes.append((text[around], text[around].replace(match[0], "")))
    return "".join(out) + text[at:], changes
