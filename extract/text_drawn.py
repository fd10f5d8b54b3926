"""Tables drawn with lines of characters (`+---+`, `│`) to rows between bars.

What is drawn between rows becomes a blank line, so that each line keeps its number.
"""

import re

# Fewer strokes may be a cell that holds a dash.
_DRAWN_RULE = re.compile(r"\s*+(?:\+(?:[-=]+\+)+|(?=[^─━═]*[─━═]{4})[─━═│┃║┌-╬|]+)\s*")
_BARS = str.maketrans(dict.fromkeys("│┃║", "|"))


def without_drawing(lines: list[str]) -> list[str]:
    """Take the lines between rows away, and put bars for those between cells.

    Bars that do not close the line at both ends part what is no table, such as links.
    """
    return ["" if _DRAWN_RULE.fullmatch(line) else _with_bars(line) for line in lines]


def _with_bars(line: str) -> str:
    ends = line.strip()
    is_row = len(ends) > 1 and ends[0] in "│┃║" and ends[-1] in "│┃║"
    return line.translate(_BARS) if is_row else line
