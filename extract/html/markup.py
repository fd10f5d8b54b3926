"""The markup of a parsed page cut into texts and what stands between them.

The parser writes a page out as well-formed markup: every element that can be closed is closed,
values stand in double quotes, and a bracket in a text or a value is written as an entity. So one
expression cuts it up. Asking the parser for each element, its name, its attributes and its
neighbours instead takes three times as long.
"""

import re

# A name may hold quotes and brackets, and begin with an equals sign.
_ATTRIBUTES = r'(?: =?[^ =>]*+="[^"]*+")*+'
_ATTRIBUTE = re.compile(r' (=?[^ =>]*+)="([^"]*+)"')
_NAME = re.compile("<([^ >]+)")
_TAG = rf"/?[^ >]++{_ATTRIBUTES}"

# What stands in the line and does nothing to it. A cell of a table or a line of its own that holds
# one text in such elements, as most do, is one piece; of any other, each tag is one.
_INLINE = "span|font|b|strong|em|i|u|big|small|sub|o:p"
_SPACE = r"[ \t\n]*+"


def _nest(inside: str, space: str, text: str) -> str:
    return (
        rf"{_ATTRIBUTES}>{space}(?:<(?:{inside}){_ATTRIBUTES}>{space})*+"
        rf"{text}(?:</(?:{inside})>{space})*+</"
    )


_CELL = rf"t[dh]{_nest(f'p|{_INLINE}', _SPACE, '[^<]*+(?:<br>[^<]*+)*+')}t[dh]"
# A table of cells with such elements in them is one piece too.
_IN_TABLE = f"t[dhr]|tbody|thead|tfoot|colgroup|col|br|p|{_INLINE}"
_TABLE = rf"table{_ATTRIBUTES}>[^<]*+(?:</?(?:{_IN_TABLE})[ >][^<]*+)*+</table"
_LINE = rf"(?:p|li){_nest(f'a|{_INLINE}', '', '[^<]*+')}(?:p|li)"

# Elements that hold text as it is, brackets and all, are one piece. In a comment in a script the
# end of an inner script does not end the outer one.
_INNER_SCRIPT = (
    r"(?i:<script(?=[\s/>]))(?:[^<-]++|-(?!->)|<(?!(?i:/script[\s/>])))*+(?i:</script[\s/>])?+"
)
_COMMENT_IN_SCRIPT = (
    rf"<!(?=--)(?:[^<-]++|-(?!->)|{_INNER_SCRIPT}|<(?!/script>|(?i:script[\s/>])))*+(?:-->)?+"
)
_SCRIPT = rf"script{_ATTRIBUTES}>(?:[^<]++|{_COMMENT_IN_SCRIPT}|<(?!/script>|!--))*+</script"
_RAW = "|".join(
    rf"{name}{_ATTRIBUTES}>.*?</{name}"
    for name in ("script", "style", "xmp", "iframe", "noembed", "noframes")
)
_PLAINTEXT = rf"plaintext{_ATTRIBUTES}>.*</plaintext"
_COMMENT = r"!--.*?--|\?[^>]*+"

_PIECE = re.compile(
    rf"(<(?:{_TABLE}|{_CELL}|{_LINE}|{_COMMENT}|{_SCRIPT}|{_RAW}|{_PLAINTEXT}|{_TAG})>)", re.DOTALL
)
_PIECE_OF_TABLE = re.compile(rf"(<(?:{_CELL}|{_LINE}|{_TAG})>)")
_TAG_OF_PIECE = re.compile(rf"(<{_TAG}>)")
_PREFORMATTED = re.compile(rf"(<(xmp|plaintext){_ATTRIBUTES}>)(.*)(</\2>)", re.DOTALL)


def pieces_of(markup: str) -> list[str]:
    """Cut markup as the parser writes it: texts at even places, what stands between them at odd.

    That is a tag, a comment, a whole element that holds text as it is, or a whole line, cell or
    table.

    >>> pieces_of('<p>甲<br>乙</p><table><tr><td><b>丙</b></td></tr></table>')[1::2]
    ['<p>', '<br>', '</p>', '<table><tr><td><b>丙</b></td></tr></table>']
    """
    pieces = _PIECE.split(markup)
    if "<xmp" not in markup and "<plaintext" not in markup:
        return pieces
    parted: list[str] = []
    for piece in pieces:
        raw = _PREFORMATTED.fullmatch(piece)
        parted += [raw[1], _escaped(raw[3]), raw[4]] if raw else [piece]
    return parted


def tags_of(piece: str) -> list[str]:
    """Cut up a whole element: tags at even places, texts at odd; cells of a table stay whole."""
    pattern = _PIECE_OF_TABLE if piece.startswith("<table") else _TAG_OF_PIECE
    return pattern.split(piece)[1:-1]


def is_whole(piece: str) -> bool:
    """Tell a whole element from a tag: it ends with a closing one."""
    return piece[-2] != '"' and piece.find("</") > 0


def parts_of(piece: str) -> tuple[str, str, str]:
    """Part a whole cell or line into opening tags, text with its breaks, and closing tags.

    >>> parts_of("<td> <b>甲<br>乙</b></td>")
    ('<td> <b>', '甲<br>乙', '</b></td>')
    """
    end = piece.index("</")
    start = piece.find("<br>", 0, end)
    start = piece.rindex(">", 0, end if start < 0 else start) + 1
    return piece[:start], piece[start:end], piece[end:]


def name_and_attributes(tag: str) -> tuple[str, dict[str, str]]:
    """Take an opening tag apart; an attribute that is only named has an empty value.

    >>> name_and_attributes('<td rowspan="2" nowrap="" title="&lt;甲&gt;">')
    ('td', {'rowspan': '2', 'nowrap': '', 'title': '<甲>'})
    """
    found: dict[str, str] = dict(_ATTRIBUTE.findall(tag))
    if "&" in tag:
        found = {name: plain(value) for name, value in found.items()}
    return tag_name(tag), found


def tag_name(tag: str) -> str:
    """Give the name of the element that a piece opens."""
    name = _NAME.match(tag)
    return name[1] if name else ""


def closing(pieces: list[str], at: int, name: str) -> int:
    """Find the tag that closes the element whose opening tag stands at a place."""
    begin, end = f"<{name}", f"</{name}>"
    depth = 1
    while depth and at + 2 < len(pieces):
        at += 2
        piece = pieces[at]
        if piece == end:
            depth -= 1
        elif piece.startswith(begin) and piece[len(begin)] in " >" and not is_whole(piece):
            depth += 1
    return at


def inside(pieces: list[str], at: int, name: str) -> range:
    """Give the places of the tags inside the element that opens at a place."""
    return range(at + 2, closing(pieces, at, name), 2)


def text_inside(pieces: list[str], at: int, name: str) -> str:
    """Give the text inside the element that opens at a place."""
    return plain("".join(pieces[at + 1 : closing(pieces, at, name) : 2]))


def plain(text: str) -> str:
    """Undo the entities that the parser writes; there are no others."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0").replace("&quot;", '"')
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
