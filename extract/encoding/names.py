"""What a file says of its own encoding, and the codec that is meant.

A label names what the author's program believed; readers take the superset, as browsers do
(WHATWG Encoding Standard, "Names and labels"): GB2312 and GBK are read as GB18030. The codec for
Big5 is settled later, by `extract.encoding.big5`.
"""

import codecs
import re

_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]+)""",
    re.IGNORECASE,
)
# Browsers look at 1,024 bytes; pages of old content systems put scripts in front.
_DECLARATION_WINDOW = 4096

_READ_AS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32-le",
    "utf-32-le": "utf-32-le",
    "utf-32-be": "utf-32-be",
}
# Labels of that standard which Python does not know.
_ALIASES = {
    "cn-big5": "big5",
    "x-x-big5": "big5",
    "x-gbk": "gbk",
    "gb_2312-80": "gb2312",
    "csgb2312": "gb2312",
    "windows-936": "gbk",
    "unicode": "utf-16",
    "hz-gb-2312": "hz",
}


def declared_encoding(data: bytes) -> str | None:
    """Name the codec for what an HTML meta tag or XML declaration states; None if it says nothing.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">')
    'gb18030'
    """
    match = _DECLARATION.search(data[:_DECLARATION_WINDOW].replace(b"\0", b""))
    return known_encoding((match[1] or match[2]).decode("ascii")) if match else None


def known_encoding(label: str | None) -> str | None:
    """Give the codec that reads what a label means, or None for one that is not Chinese or unknown.

    >>> known_encoding("x-gbk"), known_encoding("koi8-r"), known_encoding("")
    ('gb18030', None, None)
    """
    if not label:
        return None
    try:
        return _READ_AS.get(codecs.lookup(_ALIASES.get(label.lower(), label)).name)
    except LookupError:
        return None
