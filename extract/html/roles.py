"""What each element of HTML does to the text around it, for the walk over a page."""

# Elements that are not listed stand in the line.
# fmt: off
ROLES = {
    **dict.fromkeys([
        "button", "datalist", "head", "iframe", "math", "nav", "noembed", "noframes",
        "noscript", "rp", "rt", "rtc", "script", "style", "template", "title",
        "xml",
    ], "skip"),
    **dict.fromkeys([
        "br", "dd", "dt", "hr", "legend", "li", "optgroup", "option", "p", "summary",
    ], "line"),
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "heading"),
    **dict.fromkeys([
        "address", "article", "aside", "blockquote", "body", "caption", "center", "details",
        "dialog", "dir", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form",
        "frameset", "header", "hgroup", "main", "menu", "ol", "search", "section", "ul",
    ], "box"),
    **dict.fromkeys(["listing", "plaintext", "pre", "xmp"], "pre"),
    **dict.fromkeys(["del", "s", "strike"], "struck"),
    **dict.fromkeys(["tbody", "tfoot", "thead"], "group"),
    **dict.fromkeys(["td", "th"], "cell"),
    **dict.fromkeys(["embed", "img"], "picture"),
    **dict.fromkeys(["canvas", "object", "svg"], "drawing"),
    "a": "link", "input": "input", "select": "select", "sub": "sup", "sup": "sup",
    "table": "table", "textarea": "textarea", "tr": "row",
}
# Elements that no tag closes.
VOID = frozenset([
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
])
# fmt: on
