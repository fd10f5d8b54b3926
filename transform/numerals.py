"""Chinese numerals to numbers: the signs, and what a well-formed numeral comes to."""

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}


def value_of_numeral(numeral: str) -> int:
    """Give the number below ten thousand that a numeral spells.

    >>> value_of_numeral("十二"), value_of_numeral("两百零三"), value_of_numeral("五")
    (12, 203, 5)
    """
    total, digit = 0, 0
    for sign in numeral:
        if sign in POWERS:
            total += (digit or 1) * POWERS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit
