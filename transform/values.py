"""Cell texts to values: a printed number, a blank, `not applicable`, or unreadable. Never a guess.

A blank is not a zero. Thousands must be grouped in threes, and a count word must be one the unit
allows: what fits no rule is `unreadable`, so that a wrong number cannot pass for a right one. A
lone Chinese numeral fits none: it may be a dash (一) or the number of a line.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import NamedTuple

from transform.numerals import value_of_numeral

# DECIMAL(20,4), the warehouse's type, keeps four places and sixteen digits before the point.
PLACES = Decimal("0.0001")
_LARGEST = Decimal(10) ** 16

_NOT_APPLICABLE = frozenset(
    ["/", "\\", "—", "――", "——", "-", "--", "–", "―", "─", "~", "不适用", "无", "N/A"]
)
# What readers put in the place of a picture.
_PICTURE = "\ufffc"
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?P<fraction>\.[0-9]+)?(?P<rest>\D*)"
)
_CHANGE_WORDS = "减少|减|下降|增加|增|新增|↓|↑"
_CHANGE = re.compile(rf"(?P<word>{_CHANGE_WORDS})\s*(?P<number>[0-9].*)")
_LESS = frozenset(["减少", "减", "下降", "↓"])
_FRONT_OF_COUNT = re.compile(r"^共\s*")
_FRONT_OF_SUM = re.compile(r"^(?:共|[¥￥]|人民币)\s*")
# Only before 元: elsewhere these may be two numbers that ran together.
_SPACED_THOUSANDS = re.compile(r"(?P<number>[0-9]{1,3}(?:\s[0-9]{3}){2,})(?=\s*元)")
_WAN_AND_THOUSANDS = re.compile(r"(?P<wan>[0-9]+)万(?P<thousands>[1-9])千(?=元)")
# Full-width forms only: NFKC would also turn ① into 1 and 0² into 02.
_NARROW = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "﹢": "+", "，": ","})
_ZERO_SIGN = re.compile("^[零〇](?![0-9])")
_IN_BRACKETS = re.compile(r"\((?P<unit>.+)\)")
# Before a number `?` is a lost no-break space; before anything else it is a lost character.
_LOST_SPACE = re.compile(r"^\?+(?=[-+]?[0-9])|(?<=[0-9])\?+$")

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇", "一二三四五六七八九十百千零")
_DIGIT, _UNIT_SIGNS = "[一二三四五六七八九]", "[件项个宗起条份次元万亿千]"
_TENS = rf"(?:{_DIGIT}十{_DIGIT}?|十{_DIGIT})"
_HUNDREDS = rf"[一二两三四五六七八九]百(?:零{_DIGIT}|{_DIGIT}十{_DIGIT}?)?"
_THOUSANDS = rf"[一二两三四五六七八九]千(?:零(?:{_DIGIT}十)?{_DIGIT}|零{_DIGIT}十|{_HUNDREDS})?"
_SPELLED = re.compile(
    rf"(?P<numeral>{_THOUSANDS}|{_HUNDREDS}|{_TENS}|[一二两三四五六七八九十](?=\s*{_UNIT_SIGNS}))"
    rf"(?P<unit>\s*{_UNIT_SIGNS}{{0,2}})"
)


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
    default_factor: Decimal | None = Decimal(1),
) -> Value:
    """Read one cell.

    `unit_factors` maps each spelling of a unit the cell may carry to its factor into the stored
    unit; `default_factor` applies to a bare number (a header may state 元 for a 万元 column), None
    where the header states units between which nothing decides.
    """
    if text.isdecimal() and text.isascii():
        return _bare_number(text, default_factor)
    folded = text.translate(_NARROW).strip()
    if not folded or folded == "?":
        return BLANK
    if folded.upper() in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    compact = _LOST_SPACE.sub("", folded).translate(_SIGNS).removesuffix("。")
    compact = _ZERO_SIGN.sub("0", compact)
    change = _CHANGE.fullmatch(compact)
    if change:
        if not may_be_negative:
            return UNREADABLE
        compact = ("-" if change["word"] in _LESS else "+") + change["number"]
    is_money = "元" in unit_factors
    front = _FRONT_OF_SUM if is_money else _FRONT_OF_COUNT
    # ￥12.5 or 三千 in a column of 万元 may be either.
    is_open = is_money and compact[:1] not in "+-.0123456789"
    digits = _in_digits(front.sub("", compact))
    return _number(digits, unit_factors, None if is_open else default_factor)


def is_void(text: str) -> bool:
    """Tell whether a cell holds no number by intent: it is blank or says that none applies."""
    folded = text.translate(_NARROW).strip()
    return not folded or folded.upper() in _NOT_APPLICABLE


def _in_digits(text: str) -> str:
    """Give a number that is spelt out in digits: 壹拾万元, 12万5千元, 1 286 500元."""
    if spelled := _SPELLED.fullmatch(text.translate(_FORMAL)):
        return f"{value_of_numeral(spelled['numeral'])}{spelled['unit']}"
    text = _SPACED_THOUSANDS.sub(lambda match: "".join(match["number"].split()), text)
    return _WAN_AND_THOUSANDS.sub(lambda match: f"{match['wan']}{match['thousands']}000", text)


# Nearly all cells, and most of these are zeros.
@lru_cache(maxsize=4096)
def _bare_number(digits: str, factor: Decimal | None) -> Value:
    return _number(digits, {}, factor)


def _number(
    text: str, unit_factors: Mapping[str, Decimal], default_factor: Decimal | None
) -> Value:
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["digits"] or match["fraction"]):
        return UNREADABLE
    rest = _IN_BRACKETS.sub(r"\g<unit>", match["rest"].strip())
    factor = unit_factors.get(rest) if rest else default_factor
    if factor is None:
        return UNREADABLE
    digits = (match["digits"] or "0").replace(",", "")
    number = Decimal(match["sign"] + digits + (match["fraction"] or "")) * factor
    if abs(number) >= _LARGEST:
        return UNREADABLE
    return Value(number.quantize(PLACES, ROUND_HALF_EVEN), "reported")


_VALUE_LIKE = re.compile(
    rf"[?\s]*(?:{_CHANGE_WORDS}|[共¥￥]|人民币)?[-+−–—﹣﹢]?\s*"
    r"(?:[0-9][0-9,，]*(?:\.[0-9]+)?|[零〇]|[0-9]+万[1-9]千|[0-9]{1,3}(?:\s[0-9]{3}){2,}(?=\s*元))"
    rf"\s*(?:{_UNIT_SIGNS}{{0,2}}|\({_UNIT_SIGNS}{{1,2}}\))[?。]?"
)


@lru_cache(maxsize=8192)
def is_value_like(text: str) -> bool:
    """Tell whether a non-blank cell could stand in a number's place, readable or not.

    >>> [is_value_like(t) for t in ("12件", "?0", "/", "1.属于国家秘密", "规章")]
    [True, True, True, False, False]
    """
    folded = text.translate(_NARROW).strip()
    is_sign = folded == _PICTURE or folded.upper() in _NOT_APPLICABLE
    if is_sign or _VALUE_LIKE.fullmatch(folded):
        return True
    return _SPELLED.fullmatch(folded.translate(_FORMAL).removeprefix("共")) is not None
