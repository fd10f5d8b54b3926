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


def _changed(config: str, chars: str) -> set[str]:
    converted = converter(config).convert("\n".join(chars)).split("\n")
    return {char for char, other in zip(chars, converted, strict=True) if char != other}


@cache
def scripts() -> Scripts:
    """Sort the characters of the URO (U+4E00–9FFF) by what a conversion would do to them.

    A character that GB 2312 has (乾 於 藉 …) is no sign of traditional text, whatever `t2s` does,
    and one that Big5 has (里 台 范 …) is none of simplified text.
    """
    han = "".join(map(chr, range(0x4E00, 0xA000)))
    general = _changed("t2s", han)
    return Scripts(
        traditional=frozenset(general - _gb2312()),
        simplified=frozenset((_changed("s2t", han) & _gb2312()) - _big5()),
        hong_kong=frozenset(_changed("hk2s", han) - general),
        taiwan=frozenset(_changed("tw2s", han) - general),
    )


def _gb2312() -> frozenset[str]:
    """Give the 6,763 characters of rows 16–87."""
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs))


def _big5() -> frozenset[str]:
    leads, trails = range(0xA4, 0xFA), range(0x40, 0xFF)
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset("".join(pair.decode("big5", "ignore") for pair in pairs))
