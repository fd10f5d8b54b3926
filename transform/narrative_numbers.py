"""Figures in a sentence: a number with its unit, in digits or numerals, and whether it is exact.

A number counts only with its unit, and not where it is an ordinal (第3次), an end of a range
(3-5条) or a part of a longer numeral; 未发生一起 counts nothing at all.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from transform.numerals import DIGITS, POWERS, value_of_numeral

WAN = Decimal(10000)
# DECIMAL(20,4), the warehouse's type, keeps four places; no township counts in billions.
_LARGEST, _PLACES = Decimal(10) ** 9, -4
# One character for one, so that places in the text stay the same.
_NARROW = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B), 0xFF0E)}
    | {ord(narrow): wide for narrow, wide in zip(";:()", "；：（）", strict=True)}
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．;:(),]")
# 2021 年 1 月 1 日, where the blanks would hide the date; they go in front of it.
_SPACED = re.compile("[0-9] +[年月日]")
_DATE = re.compile(
    "(?<![0-9])[0-9]{1,4} *[年月日](?: *[-~—–至到]? *[0-9]{1,4} *[年月日](?![0-9]))*"
)
_PARTED = re.compile("[0-9]，[0-9]")
_COMMA = re.compile(r",(?![0-9]{3})|(?<![0-9]),")
_UNITS = (
    "人次|场次|期次|班次|条次|件次|篇次|条(?![例款规文街线])|件(?!套)|次(?![之年性日元])|期(?![间限内末刊望])|篇"
    "|份(?!额)|宗|只|起(?![草来步])|项(?!目)|场(?![所地合景])|张(?!贴)|则|册|例(?!会)|轮|个|种(?![植类子养])|名(?![称单录义额字次下为册])|本(?![镇乡年级])"
    "|人(?![大民员才社均])|元(?!旦)"
)
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+"
_FIGURE = re.compile(
    rf"(?<![0-9.A-Za-z第前万亿零〇一二两三四五六七八九十百千〔\[])(?P<number>{_NUMBER})"
    r"(?P<wan>\s*万)?(?P<more>[余多])?(?P<wan_behind>万)?\s*"
    rf"(?P<unit>{_UNITS})(?P<behind>以上|左右|多(?!样)|有余)?"
)
# １，２００条: thousands parted by a comma as wide as the digits, of one number with its unit.
_THOUSANDS = re.compile(
    rf"(?<![0-9.,，])[0-9]{{1,3}}(?:，[0-9]{{3}})+(?=\s*[余多万]?\s*(?:{_UNITS}))"
)
# Quick to find: what no figure can do without.
MAY_BE_FIGURE = re.compile(rf"[0-9０-９零〇一二两三四五六七八九十百千万余多]\s*(?:{_UNITS})")
_ABOUT = re.compile(r"(?:约为|约|近|超过|超|逾|(?<![网线以站台栏号])上|突破)\s*$")
_RANGE = re.compile(r"[0-9一二三四五六七八九十](?:条|件|次|人|项)?[-~～—–－至]\s*$")
# 未发生一起、没有收到过一件、无一例: there was not even one.
_NOT_ONE = re.compile(
    r"(?:没有?|未(?!来)|无|不存在)[曾有再]?(?:因[^，；：（）。]{1,24}?)?"
    r"(?:发生|收到|接[到受收]|受理|出现|产生|存在|引[发起]|导致|涉及|被?提起|被?申请|提出|办理|处理|举[办行]|开展|组织|召开|公开|发布|被|有){0,2}"
    r"[过了到]?(?:因[^，；：（）。]{1,24}的)?"
    r"(?:任何|[^，；：（）。、0-9]{0,16}(?:申请|案件|复议|诉讼)的?)?$"
)
# No clause that denies is longer.
_GOVERNED = 50
_FIXED_WORDS = tuple("统同唯之每这某另任单几数进逐")
_CLOSED = re.compile(
    r"[一二两三四五六七八九]?千?(?:[零〇]?[一二两三四五六七八九]?百)?(?:[零〇]?[一二两三四五六七八九]?十)?[零〇]?[一二三四五六七八九]?"
)


class Figure(NamedTuple):
    """A number with its unit; `start` and `end` are places in the sentence."""

    start: int
    end: int
    value: Decimal
    unit: str
    is_approximate: bool


def narrow(text: str) -> str:
    """Digits as ASCII and punctuation full-width, place for place; 1,234 keeps its comma.

    >>> narrow("截至2021 年 12 月底")
    '截至   2021年12月底'
    """
    if _WIDE.search(text):
        text = _COMMA.sub("，", text.translate(_NARROW))
    if " " in text and _SPACED.search(text):
        text = _DATE.sub(_closed_up, text)
    if not _PARTED.search(text):
        return text
    return _THOUSANDS.sub(lambda match: match[0].replace("，", ","), text)


def _closed_up(date: re.Match[str]) -> str:
    text = date[0].replace(" ", "")
    return " " * (len(date[0]) - len(text)) + text


def figures_in(sentence: str, own_name: str | None = None) -> Iterator[Figure]:
    """Every figure of a narrowed sentence, in order; 千人 in the own name 千人桥镇 is none.

    >>> [str(figure.value) for figure in figures_in("千人桥镇公开信息8条", "千人桥镇")]
    ['8']
    """
    for match in _FIGURE.finditer(sentence):
        start = match.start("number")
        if own_name and _is_in(own_name, sentence, start):
            continue
        value = _value(match["number"])
        if value is None or _is_part(sentence[max(0, start - 8) : start], match["number"]):
            continue
        if value == 1 and _NOT_ONE.search(sentence, max(0, start - _GOVERNED), start):
            continue
        if match["wan"] or match["wan_behind"]:
            if match["unit"] != "元":
                value *= WAN
            unit = "万元" if match["unit"] == "元" else match["unit"]
        else:
            unit = match["unit"]
        if not _is_countable(value, unit) or not _is_piece(unit, sentence[:start]):
            continue
        about = _ABOUT.search(sentence, max(0, start - 4), start)
        begin = about.start() if about else start
        is_about = bool(about or match["more"] or match["behind"])
        yield Figure(begin, match.end(), value, unit, is_about)


def _is_in(name: str, sentence: str, at: int) -> bool:
    """Tell whether a place of a sentence is within a name."""
    return sentence.find(name, max(0, at - len(name) + 1), at + len(name)) >= 0


def _is_countable(value: Decimal, unit: str) -> bool:
    """Tell a number that can be: money may have a fraction, a count may not."""
    exponent = value.as_tuple().exponent
    fits = value < _LARGEST and isinstance(exponent, int) and exponent >= _PLACES
    return fits and (unit.endswith("元") or value == value.to_integral_value())


def _is_piece(unit: str, before: str) -> bool:
    """个 counts anything; only of films it counts what is disclosed."""
    return unit != "个" or before.endswith(("视频", "作品", "动漫"))


def _is_part(before: str, number: str) -> bool:
    """Tell a number that only ends a range or a fixed word (统一, 数百)."""
    if _RANGE.search(before):
        return True
    is_numeral = not number[0].isdigit() or number[0] in DIGITS
    if not is_numeral:
        return False
    loose = number[0] in POWERS or number == "一"
    return loose and before.endswith(_FIXED_WORDS)


def _value(number: str) -> Decimal | None:
    if number[0] in "0123456789":
        return Decimal(number.replace(",", ""))
    if len(number) == 1 and number in DIGITS:
        return Decimal(DIGITS[number])
    if number[0] in "零〇" or not _CLOSED.fullmatch(number):
        return None
    return Decimal(value_of_numeral(number))
