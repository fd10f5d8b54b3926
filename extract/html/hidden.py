"""Marks what the style sheets of a page hide, so that the walk passes over it.

So is a box with tables that its own style makes transparent or puts beyond the edge of the page.

What a sheet hides, a script may show when the page is used: the article until it is loaded, a
section until it is opened. So an element that holds prose or tables of its own is read all the
same, unless it repeats what the page shows (another year behind a tab, a copy for telephones), or
an element of its kind is shown in its place.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extract.html.attributes import look_of
from extract.html.boxes import Box, lines_of
from extract.html.styles import Rule, declared, is_for_screens, rules_of
from extract.html.walk import boxes_of

# Elements asked whether a rule is theirs, one by one; a page with more has its sheets left alone.
_MOST_STEPS = 4_000_000
# Markup of hidden elements that is weighed, each of them counted as so much at least.
_MOST_MARKUP = 4_000_000
_LEAST_WEIGHED = 1_000

_PART = re.compile(r"(>?)\s*([^\s>]+)")
_DIGITS = re.compile(r"[\d\s]+")
# Not hidden as a whole, or no element that shows text.
_NEVER = frozenset(["html", "head", "body", "style", "script", "link", "meta", "title"])
_IN_TABLE = frozenset(["tr", "td", "th", "tbody", "thead", "tfoot", "col", "colgroup"])
# An element repeats the page if one in so many of its lines stands there but for the figures:
# labels and headings do, whatever the year.
_REPEATED = 4
_LEAST_REPEATED = 3


def shown_boxes(parser: LexborHTMLParser, *, may_be_unseen: bool = False) -> Box:
    """Give what a page shows, by its style sheets too.

    `may_be_unseen` tells that boxes may be transparent or beyond the edge, by their own style.
    """
    sheets = [
        node.text()
        for node in parser.css("style")
        if is_for_screens(node.attributes.get("media") or "")
    ]
    rules = rules_of(sheets) if sheets else []
    unseen = dict(_unseen(parser)) if may_be_unseen else {}
    if not (unseen or any(rule.hides for rule in rules)):
        return boxes_of(parser)
    hidden = {**_Cascade(parser, rules).hidden(), **unseen}
    for node, _ in hidden.values():
        node.attrs["hidden"] = ""
    root = boxes_of(parser)
    return boxes_of(parser) if hidden and _restored(parser, hidden, root) else root


def _unseen(parser: LexborHTMLParser) -> Iterator[tuple[int, tuple[LexborNode, bool]]]:
    """Give the boxes that nobody sees and that hold tables: another year, another version."""
    for node in parser.css('[style*="opacity" i],[style*="absolute" i],[style*="fixed" i]'):
        is_own_affair = node.tag in _NEVER or node.tag in _IN_TABLE or "hidden" in node.attributes
        look = look_of({"style": node.attributes.get("style") or ""})
        if look.is_unseen and not is_own_affair and node.css_first("table"):
            yield node.mem_id, (node, False)


class _Cascade:
    """Finds the elements that rules match, and which rule holds for each of them."""

    def __init__(self, parser: LexborHTMLParser, rules: list[Rule]) -> None:
        self._parser = parser
        self._rules = rules
        self._steps = _MOST_STEPS
        self._size = (parser.html or "").count("</")
        self._matched: dict[str, dict[int, LexborNode]] = {}

    def hidden(self) -> dict[int, tuple[LexborNode, bool]]:
        """Give what is hidden, and whether something of its kind is shown."""
        holding: dict[tuple[int, str], Rule] = {}
        kinds: dict[str, dict[int, LexborNode]] = {}
        for rule in sorted(self._rules, key=lambda rule: not rule.hides):
            if not rule.hides and not holding:
                break
            nodes = self._matching(rule.selector)
            if rule.hides:
                kinds[rule.selector] = nodes
            for at in nodes:
                held = holding.get((at, rule.property))
                if (rule.hides and held is None) or (held and held.weight < rule.weight):
                    holding[at, rule.property] = rule
        if self._steps < 0:
            return {}
        every = {at: node for nodes in kinds.values() for at, node in nodes.items()}
        hiding = {
            at: rule.selector
            for (at, _), rule in holding.items()
            if rule.hides and not _is_own_affair(every[at], rule)
        }
        shown = {kind for kind, nodes in kinds.items() if any(at not in hiding for at in nodes)}
        return {at: (every[at], kind in shown) for at, kind in hiding.items()}

    def _matching(self, selector: str) -> dict[int, LexborNode]:
        """Give the elements of a selector; the parser itself takes too long where they nest."""
        parts = _PART.findall(selector)
        if not parts or self._steps < 0:
            return {}
        found = self._of(parts[-1][1])
        self._steps -= len(found)
        return {at: node for at, node in found.items() if self._is_inside(node, parts)}

    def _of(self, compound: str) -> dict[int, LexborNode]:
        if compound not in self._matched:
            try:
                nodes = self._parser.css(compound) if self._steps > self._size else []
            except SelectolaxError:
                nodes = []
            self._steps -= self._size
            self._matched[compound] = {node.mem_id: node for node in nodes}
        return self._matched[compound]

    def _is_inside(self, node: LexborNode, parts: list[tuple[str, str]]) -> bool:
        """Tell whether the elements around are those that the selector names before the last."""
        for (next_to, _), (_, compound) in zip(parts[:0:-1], parts[-2::-1], strict=True):
            wanted = self._of(compound)
            around = node.parent
            while around is not None and not next_to and around.mem_id not in wanted:
                around = around.parent
                self._steps -= 1
                if self._steps < 0:
                    return False
            if around is None or around.mem_id not in wanted:
                return False
            node = around
        return True


def _is_own_affair(node: LexborNode, rule: Rule) -> bool:
    """Tell whether the element itself settles it: its own style goes before rules."""
    if node.tag in _NEVER or "hidden" in node.attributes:
        return True
    own = declared(node.attributes.get("style") or "").get(rule.property)
    return own is not None and not own[0] and (own[1] or not rule.weight[0])


def _restored(
    parser: LexborHTMLParser, hidden: dict[int, tuple[LexborNode, bool]], root: Box
) -> bool:
    """Show again what holds content that the page shows nowhere else; tell whether any does."""
    shown = _said(root)
    left_out: set[int] = set()
    done = False
    budget = _MOST_MARKUP
    for node in parser.css("[hidden]"):
        if node.mem_id not in hidden or node.tag in _IN_TABLE:
            continue
        budget -= _LEAST_WEIGHED
        if budget < 0:
            break
        if _is_within(node, left_out):
            continue
        del node.attrs["hidden"]
        markup = node.html or ""
        budget -= len(markup)
        box = boxes_of(LexborHTMLParser(markup))
        is_instead = hidden[node.mem_id][1] and (root.cells > 0 or not box.cells)
        if not box.mass or is_instead or _is_repeated(_said(box), shown):
            node.attrs["hidden"] = ""
            left_out.add(node.mem_id)
        else:
            shown |= _said(box)
            done = True
    return done


def _is_within(node: LexborNode, others: set[int]) -> bool:
    around = node.parent if others else None
    while around is not None and around.mem_id not in others:
        around = around.parent
    return around is not None


def _said(box: Box) -> set[str]:
    """Give what stands in a box, line by line, without the figures in it."""
    return {said for line in lines_of(box) if len(said := _DIGITS.sub("", line)) > 1}


def _is_repeated(lines: set[str], shown: set[str]) -> bool:
    repeated = len(lines & shown)
    return repeated == len(lines) or (
        repeated >= _LEAST_REPEATED and _REPEATED * repeated >= len(lines)
    )
