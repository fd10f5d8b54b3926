"""Fields of a form that print a figure: some sites show their tables as forms."""

from collections.abc import Mapping

from extract.html.markup import inside, name_and_attributes, text_inside

_TYPED = frozenset(["", "text", "number", "tel"])


def typed(attributes: Mapping[str, str], *, is_in_table: bool) -> str:
    """Give what stands in an input field; what is typed into a search box is no text."""
    is_printed = is_in_table or "readonly" in attributes or "disabled" in attributes
    is_text = is_printed and attributes.get("type", "").lower() in _TYPED
    return attributes.get("value", "") if is_text else ""


def chosen(pieces: list[str], at: int) -> str:
    """Give the option that is selected in the list that opens at a place; nothing if none is."""
    for option in inside(pieces, at, "select"):
        name, attributes = name_and_attributes(pieces[option])
        if name == "option" and "selected" in attributes:
            return text_inside(pieces, option, name)
    return ""
