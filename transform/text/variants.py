"""Characters that look right and are not: compatibility ideographs and radicals in words.

PDF files and old fonts give 民 as the radical ⺠ (U+2EA0), 行 as U+2F8F or U+FA08; nothing that
looks for a word finds it then. Unicode says which ordinary character each stands for
(UnicodeData.txt); for the radicals of simplified script, which have no such entry, the table is
below.
"""

import re
import unicodedata
from functools import cache

from transform.text.outcome import Change, Outcome, spliced

_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺒⺔⺩⻤⼾⺝⺪⻌⻏⻖",
        "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟巳巴王鬼户月疋辶阝阝",
        strict=True,
    )
)
_BLOCKS = ((0x2E80, 0x2EF4), (0x2F00, 0x2FD6), (0xF900, 0xFB00), (0x2F800, 0x2FA20))


@cache
def _ordinary() -> dict[str, str]:
    """Map each such character to the ordinary one it stands for."""
    found = dict(_RADICALS)
    for first, end in _BLOCKS:
        for char in map(chr, range(first, end)):
            ordinary = unicodedata.normalize("NFKC", char)
            if ordinary != char:
                found.setdefault(char, ordinary)
    return found


@cache
def characters() -> frozenset[str]:
    """Give all characters that have an ordinary one to stand for them."""
    return frozenset(_ordinary())


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_ordinary())}]")


def unify_variants(text: str) -> Outcome:
    r"""Write the ordinary character for each compatibility ideograph and radical.

    >>> unify_variants("⼈⺠政府\ufa08政复议").text
    '人民政府行政复议'
    """
    table = _ordinary()
    changes = [Change(match.start(), match[0], table[match[0]]) for match in _any().finditer(text)]
    return Outcome(spliced(text, changes), changes)
