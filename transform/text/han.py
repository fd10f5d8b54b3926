"""Facts about single Han characters, derived once from OpenCC and the GB 2312 code table."""

from functools import cache
from typing import NamedTuple

import opencc


@cache
def converter(config: str) -> "opencc.OpenCC":
    """One OpenCC object a configuration and process; they cannot be pickled."""
    return opencc.OpenCC(config)


class Scripts(NamedTuple):
    """Characters that tell one script from the other."""

    traditional: frozenset[str]
    simplified: frozenset[str]
    hong_kong: frozenset[str]
    taiwan: frozenset[str]


_HAN = "".join(map(chr, range(0x4E00, 0xA000)))


def _changed(config: str, chars: str) -> set[str]:
    converted = converter(config).convert("\n".join(chars)).split("\n")
    return {char for char, other in zip(chars, converted, strict=True) if char != other}


@cache
def scripts() -> Scripts:
    """Sort the characters of the URO (U+4E00–9FFF) by what a conversion would do to them.

    A character that GB 2312 has (乾 於 藉 …) is no sign of traditional text, whatever `t2s` does,
    and one that Big5 has (里 台 范 …) or Hong Kong writes (兑 税 脱 …) is none of simplified text.
    """
    general = _changed("t2s", _HAN)
    return Scripts(
        traditional=frozenset(general - gb2312()),
        simplified=frozenset((_changed("s2hk", _HAN) & _changed("s2t", _HAN) & gb2312()) - _big5()),
        hong_kong=frozenset(_changed("hk2s", _HAN) - general),
        taiwan=frozenset(_changed("tw2s", _HAN) - general),
    )


@cache
def simple_forms() -> dict[int, str]:
    """Map each character of the URO to its simplified form, for `str.translate`."""
    converted = converter("t2s").convert("\n".join(_HAN)).split("\n")
    return {
        ord(char): simple
        for char, simple in zip(_HAN, converted, strict=True)
        if char != simple and len(simple) == 1
    }


@cache
def everyday() -> frozenset[str]:
    """Give the 3,755 characters of GB 2312 level 1, and what simplifies to them."""
    first_level = _block("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    forms = simple_forms()
    return first_level | {char for char in _HAN if forms.get(ord(char)) in first_level}


@cache
def gb2312() -> frozenset[str]:
    """Give the 6,763 characters of rows 16–87."""
    return _block("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))


def _big5() -> frozenset[str]:
    return _block("big5", range(0xA4, 0xFA), range(0x40, 0xFF))


def _block(codec: str, leads: range, trails: range) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset("".join(pair.decode(codec, "ignore") for pair in pairs))
