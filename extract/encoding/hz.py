"""HZ (RFC 1843): GB 2312 in seven bits, as mail and news once needed, back to eight.

`~{` begins Chinese, `~}` or the line's end ends it, `~~` is a tilde and `~` before a line end
joins lines. Bytes that only look like it (JavaScript holds `~{` now and then) are left alone.
"""

import re

from extract.encoding.likeness import mean_likelihood

_CHINESE = re.compile(rb"~\{([^\n]*?)(?:~\}|(?=\n)|\Z)")
_ESCAPE = re.compile(rb"~([~\n])")
_HIGH = bytes(range(0x80, 0x100)) * 2
_READS_AS_CHINESE = -10.0


def from_hz(data: bytes) -> bytes | None:
    """Give the GB 2312 bytes that ASCII bytes stand for, or None if they are no HZ.

    >>> from_hz(b"~{9+?*~} 2021").decode("gb2312")
    '公开 2021'
    """
    close, start = data.find(b"~}"), data.find(b"~{")
    # A fragment may begin within Chinese.
    if close >= 0 and (start < 0 or close < start):
        data = b"~{" + data
    elif start < 0:
        return None
    whole, count = _CHINESE.subn(lambda match: match[1].translate(_HIGH), data)
    chinese = b"".join(_CHINESE.findall(data)[:100]).translate(_HIGH).decode("gb2312", "replace")
    if not count or not chinese or mean_likelihood(chinese) < _READS_AS_CHINESE:
        return None
    return _ESCAPE.sub(lambda match: match[1].strip(), whole)
