"""The names of WordprocessingML, and what stands around text without being any."""

from collections.abc import Iterator, Mapping

from extract.opc import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"
_VALUE = W + "val"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# What an element holds, by name.
Properties = Mapping[str, Element]

P, R, T, TBL, TR, TC = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc"))
BOX = W + "txbxContent"
WORD_ART = VML + "textpath"
ALTERNATE = _MC + "AlternateContent"
_BRANCHES = (_MC + "Choice", _MC + "Fallback")
_TEXT = (T, M + "t", W + "sym", WORD_ART)

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)


def children(parent: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """Give the wanted children in order, through content controls and other wrappers.

    Deleted and moved away content is behind none of these wrappers.
    """
    stack = [parent]
    while stack:
        node = stack.pop()
        if node.tag in wanted and node is not parent:
            yield node
        elif node.tag == ALTERNATE:
            stack.extend(reversed(branch(node)))
        elif node is parent or node.tag in _WRAPPERS:
            stack.extend(reversed(node))


def branch(alternate: Element) -> list[Element]:
    """Give the content of the first branch that holds text: the others show the same again."""
    for part in alternate.iterchildren(*_BRANCHES):
        if next(part.iter(*_TEXT), None) is not None:
            return list(part)
    return []


def held(parent: Element | None) -> Properties:
    """Give the children of an element by name, the first of each.

    Each run and each cell is asked for several properties, most of which it lacks; to search the
    tree for one takes longer than to list all.
    """
    return {} if parent is None else {child.tag: child for child in reversed(parent)}


def properties_of(parent: Element, name: str) -> Properties:
    """Give what the child `name` holds, in which an element keeps its properties."""
    name = W + name
    # It comes first, if there is one.
    for child in parent:
        if child.tag == name:
            return held(child)
    return {}


def value(properties: Properties, name: str) -> str | None:
    """Give `w:val` of a property; None where there is no such property or value."""
    child = properties.get(W + name)
    return None if child is None else child.get(_VALUE)


def number(properties: Properties, name: str) -> int | None:
    """Give `w:val` of a property as a number; None where it is none."""
    return integer(value(properties, name))


def integer(text: str | None) -> int | None:
    """Read a small whole number; None for anything else."""
    if text is None or len(text) > 9:
        return None
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() else None


def is_on(properties: Properties, name: str) -> bool | None:
    """Tell whether a property is switched on or off; None where it is not mentioned."""
    child = properties.get(W + name)
    return None if child is None else child.get(_VALUE) not in {"0", "false", "off"}
