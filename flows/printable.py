"""Text of strangers on a terminal and in a log: what would steer either is shown, not obeyed."""

import re

# Control characters (C0 but for tab and line feed, C1), those that turn the direction of a line or
# end it for some programs, and halves of characters, which no stream can write.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_ENDS = str.maketrans({"\n": "\\n", "\t": "\\t"})


def printable(text: str) -> str:
    r"""Give text of any number of lines.

    >>> printable("a\x1b[2J\u202eb")
    'a\\x1b[2J\\u202eb'
    """
    return _STEERING.sub(_spelt, text)


def printable_json(text: str) -> str:
    r"""Give JSON, in which control characters are escaped already, with the others escaped too.

    >>> printable_json('"a\u202eb"')
    '"a\\u202eb"'
    """
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def printable_line(text: str) -> str:
    r"""Give text as one line.

    >>> printable_line("a\ngongkai ingest: loaded 9 reports\r")
    'a\\ngongkai ingest: loaded 9 reports\\r'
    """
    return printable(text).translate(_LINE_ENDS)


def _spelt(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
