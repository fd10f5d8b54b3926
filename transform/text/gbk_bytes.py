"""The two bytes behind a character in GBK, both ways, and which pairs can stand in a report.

A character is a lead byte 81–FE and a trail byte 40–7E or 80–FE (GB/T 2312 superset, Chinese
Internal Code Specification 1.0, 1995). The user-defined zones AAA1–AFFE, F8A1–FEFE and A140–A7A0
are read as private-use characters, as Windows (code page 936) and GB 18030 do.
"""

from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = tuple(byte for byte in range(0x40, 0xFF) if byte != 0x7F)

# Python's table leaves this one tone letter to the four-byte part of GB 18030; mirrors do not.
_M_ACUTE = ("ḿ", b"\xa8\xbc")
# Rows of punctuation (1), of enumerators (2) and of full-width forms (3).
_SYMBOL_LEADS = frozenset((0xA1, 0xA2, 0xA3))
_FIRST_SYMBOL = 0xA1


@cache
def code_of(char: str) -> bytes:
    """One or two bytes for a character on a page; none if GBK does not have it."""
    if char == _M_ACUTE[0]:
        return _M_ACUTE[1]
    try:
        code = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return code if len(code) <= 2 else b""


@cache
def char_of(lead: int, trail: int) -> str:
    """Give the character that may stand in a report behind two bytes; empty where there is none.

    Kana, Cyrillic and box drawings are what shifted bytes read as, not what reports are made of.
    """
    try:
        char = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    is_symbol = lead in _SYMBOL_LEADS and trail >= _FIRST_SYMBOL
    return char if is_symbol or "\u4e00" <= char <= "\u9fff" else ""


@cache
def symbols() -> frozenset[str]:
    """Give the punctuation, enumerators and full-width forms of rows 1–3."""
    pairs = ((lead, trail) for lead in _SYMBOL_LEADS for trail in range(_FIRST_SYMBOL, 0xFF))
    return frozenset(char_of(lead, trail) for lead, trail in pairs)


@cache
def undefined() -> dict[int, tuple[int, ...]]:
    """By lead byte, the trail bytes above 7F with which it is no character in plain GBK."""
    found: dict[int, tuple[int, ...]] = {}
    for lead in range(0x80, 0x100):
        trails = tuple(trail for trail in range(0x81, 0xFF) if not _is_character(lead, trail))
        if trails:
            found[lead] = trails
    return found


def _is_character(lead: int, trail: int) -> bool:
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True
