"""What a Word document's styles say that bears on its text: hidden text and numbering."""

from functools import cache
from typing import NamedTuple

from extract.opc import Element
from extract.word.xml import Properties, W, held, is_on, number, properties_of, value

# A chain of styles that runs in a circle must end.
_LONGEST_CHAIN = 20


class NumberReference(NamedTuple):
    """The list a paragraph belongs to, and its level there; None where nothing says so."""

    number_id: int | None = None
    level: int | None = None


class Styles:
    """The styles of a document; empty where it has none."""

    def __init__(self, root: Element | None = None) -> None:
        found = [] if root is None else list(root.iter(W + "style"))
        self._styles = {style.get(W + "styleId"): style for style in found}
        self._default = next(
            (
                style.get(W + "styleId")
                for style in found
                if style.get(W + "type") == "paragraph"
                and style.get(W + "default") in {"1", "true"}
            ),
            None,
        )
        self.of_paragraph = cache(self._of_paragraph)
        self._hides = cache(self._chain_hides)

    def is_hidden(self, properties: Properties, paragraph: Properties) -> bool:
        """Tell whether a run with these properties in such a paragraph is hidden text."""
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        style = value(properties, "rStyle")
        return (style is not None and self._hides(style)) or self._hides(self.named(paragraph))

    def named(self, paragraph: Properties) -> str | None:
        """Name the style of a paragraph with these properties."""
        return value(paragraph, "pStyle") or self._default

    def _chain(self, name: str | None) -> list[Element]:
        chain: list[Element] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = value(held(chain[-1]), "basedOn")
        return chain

    def _chain_hides(self, name: str | None) -> bool:
        says = (is_on(properties_of(style, "rPr"), "vanish") for style in self._chain(name))
        return next((said for said in says if said is not None), False)

    def _of_paragraph(self, name: str | None) -> NumberReference:
        """Give the list that paragraphs of this style belong to."""
        number_id = level = None
        for style in self._chain(name):
            properties = held(style.find(f"{W}pPr/{W}numPr"))
            number_id = number(properties, "numId") if number_id is None else number_id
            level = number(properties, "ilvl") if level is None else level
        return NumberReference(number_id, level)
