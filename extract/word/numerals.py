"""Whole numbers in the numerals of Word's lists (ISO/IEC 29500, ST_NumberFormat)."""

from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# Beyond these Word itself is at a loss, and a hostile number would fill memory.
_LARGEST_ROMAN = 3999
_LARGEST_LETTER = 780


def numeral(count: int, number_format: str) -> str:
    """Print a number as a list does; in plain digits where the format is not known.

    >>> [numeral(n, "chineseCountingThousand") for n in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百零五']
    >>> [numeral(4, f) for f in ("decimal", "decimalEnclosedCircle", "upperRoman", "lowerLetter")]
    ['4', '④', 'IV', 'd']
    """
    write = _FORMATS.get(number_format)
    return (write(count) if write and count > 0 else "") or str(count)


def _counted(count: int, digits: str, units: str) -> str:
    """Write as spoken, with a unit behind each digit; below 10,000."""
    if count >= 10_000:
        return ""
    spoken, is_gap = "", False
    for power, unit in zip((1000, 100, 10, 1), units, strict=True):
        digit = count // power % 10
        if digit:
            zero = "零" if is_gap and spoken else ""
            spoken += zero + digits[digit] + unit.strip()
        is_gap = not digit
    return spoken


def _chinese(count: int) -> str:
    spoken = _counted(count, _HAN, "千百十 ")
    return spoken.removeprefix("一") if 10 <= count < 20 else spoken


def _roman(count: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (count // worth)
        count %= worth
    return written


def _upper_roman(count: int) -> str:
    return _roman(count) if count <= _LARGEST_ROMAN else ""


def _upper_letter(count: int) -> str:
    times, at = divmod(count - 1, 26)
    return chr(ord("A") + at) * (times + 1) if count <= _LARGEST_LETTER else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else ""


def _digits(signs: str) -> Callable[[int], str]:
    return lambda count: "".join(signs[int(digit)] for digit in str(count))


def _signs(first: str, how_many: int) -> Callable[[int], str]:
    return _cycle("".join(chr(ord(first) + at) for at in range(how_many)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digits(_HAN),
    "taiwaneseDigital": _digits(_HAN),
    "japaneseDigitalTenThousand": _digits(_HAN),
    "chineseLegalSimplified": lambda count: _counted(count, _LEGAL_SIMPLIFIED, "仟佰拾 "),
    "ideographLegalTraditional": lambda count: _counted(count, _LEGAL_TRADITIONAL, "仟佰拾 "),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalZero": lambda count: f"{count:02}",
    "upperRoman": _upper_roman,
    "lowerRoman": lambda count: _upper_roman(count).lower(),
    "upperLetter": _upper_letter,
    "lowerLetter": lambda count: _upper_letter(count).lower(),
}
