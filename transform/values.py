"""Cell texts to values: a printed number, a blank, `not applicable`, or unreadable. Never a guess.

A blank is not a zero. Thousands must be grouped in threes, and a count word must be one the unit
allows: what fits no rule is `unreadable`, so that a wrong number cannot pass for a right one.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import NamedTuple

# DECIMAL(20,4), the warehouse's type, keeps four places and sixteen digits before the point.
PLACES = Decimal("0.0001")
_LARGEST = Decimal(10) ** 16

_NOT_APPLICABLE = frozenset(
    ["/", "\\", "—", "――", "——", "-", "--", "–", "―", "─", "~", "不适用", "无", "N/A"]
)
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?P<fraction>\.[0-9]+)?(?P<rest>\D*)"
)
_CHANGE_WORDS = "减少|减|下降|增加|增|新增"
_CHANGE = re.compile(rf"(?P<word>{_CHANGE_WORDS})(?P<number>[0-9].*)")
# Full-width forms only: NFKC would also turn ① into 1 and 0² into 02.
_NARROW = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "﹢": "+", "，": ","})
# Before a number `?` is a lost no-break space; before anything else it is a lost character.
_LOST_SPACE = re.compile(r"^\?+(?=[0-9])|(?<=[0-9])\?+$")


class Value(NamedTuple):
    """A parsed cell; `value` is set only where `status` is `reported`, in the stored unit."""

    value: Decimal | None
    status: str


BLANK = Value(None, "blank")
UNREADABLE = Value(None, "unreadable")
NOT_APPLICABLE = Value(None, "not_applicable")


def parse_value(
    text: str,
    unit_factors: Mapping[str, Decimal],
    *,
    may_be_negative: bool = False,
    default_factor: Decimal = Decimal(1),
) -> Value:
    """Read one cell.

    `unit_factors` maps each spelling of a unit the cell may carry to its factor into the stored
    unit; `default_factor` applies to a bare number (a header may state 元 for a 万元 column).
    """
    if text.isdecimal() and text.isascii():
        return _bare_number(text, default_factor)
    folded = text.translate(_NARROW).strip()
    if not folded or folded == "?":
        return BLANK
    if folded.upper() in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    compact = _LOST_SPACE.sub("", folded).translate(_SIGNS).removesuffix("。")
    if compact[:1] in "零〇":
        compact = "0" + compact[1:]
    change = _CHANGE.fullmatch(compact)
    if change:
        if not may_be_negative:
            return UNREADABLE
        compact = ("-" if change["word"] in "减少下降" else "+") + change["number"]
    return _number(compact, unit_factors, default_factor)


# Nearly all cells, and most of these are zeros.
@lru_cache(maxsize=4096)
def _bare_number(digits: str, factor: Decimal) -> Value:
    return _number(digits, {}, factor)


def _number(text: str, unit_factors: Mapping[str, Decimal], default_factor: Decimal) -> Value:
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["digits"] or match["fraction"]):
        return UNREADABLE
    rest = match["rest"].strip()
    factor = unit_factors.get(rest) if rest else default_factor
    if factor is None:
        return UNREADABLE
    digits = (match["digits"] or "0").replace(",", "")
    number = Decimal(match["sign"] + digits + (match["fraction"] or "")) * factor
    if abs(number) >= _LARGEST:
        return UNREADABLE
    return Value(number.quantize(PLACES, ROUND_HALF_EVEN), "reported")


_VALUE_LIKE = re.compile(
    rf"[?\s]*(?:{_CHANGE_WORDS})?[-+−–—﹣﹢]?\s*"
    r"(?:[0-9][0-9,，]*(?:\.[0-9]+)?|[零〇])\s*[件项个宗起条份次元万亿千]{0,2}[?。]?"
)


@lru_cache(maxsize=8192)
def is_value_like(text: str) -> bool:
    """Tell whether a non-blank cell could stand in a number's place, readable or not.

    >>> [is_value_like(t) for t in ("12件", "?0", "/", "1.属于国家秘密", "规章")]
    [True, True, True, False, False]
    """
    folded = text.translate(_NARROW).strip()
    return folded.upper() in _NOT_APPLICABLE or _VALUE_LIKE.fullmatch(folded) is not None
