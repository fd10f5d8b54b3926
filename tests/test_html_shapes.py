"""Shapes of tables that are remembered: the same as walking over every table anew."""

import re
from functools import cache
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.corpus.files import Dress, text_file
from benchmarks.corpus.generate import generate
from benchmarks.corpus.renderers import TEXTS
from benchmarks.inbox import page
from extract.html import walk
from extract.html.boxes import Box, Line
from extract.html.shapes import Shapes

SEED = 20261127
TEXTS_OF_CELLS = (
    "0", "0", "12", "", "&nbsp;", " 3 ", "1&amp;2", "&lt;br&gt;", "一、甲", "结果<br>维持", "/",
    "０", "<br>7<br>", "甲，乙。" * 120,
)  # fmt: skip
_TEXT = re.compile(r"(?<=>)[^<>]*(?=</(?:td|th|p|span)>)")

# Tables whose cells could come to stand elsewhere, or hold more than their texts.
ODD_TABLES = {
    "plain": "<table id=a><tr><th>甲<th>乙<tr><td>1<td>2</table>",
    "blank": "<table><tr><td></td><td></td></tr><tr><td></td><td></td></tr></table>",
    "spans": "<table><tr><td rowspan=2>甲<td colspan=0>乙<td>丙<tr><td>1<td>2</table>",
    "first row flat": "<table><tr height=0><td>1<td>2<tr><td>1<td>2<tr><td>1<td>2</table>",
    "row flat": "<table><tr><td>1<td>2<tr style='height:0'><td>1<td>2<tr><td>1<td>2</table>",
    "last row flat": "<table><tr><td>1<td>2<tr><td>1<td>2<tr height=0><td>1<td>2</table>",
    "foot first": "<table><tfoot><tr><td>1<td>2</tfoot><tr><td>3<td>4<tr><td>5<td>6</table>",
    "cell hidden": "<table><tr><td>1<td hidden>2<td>3<tr><td>4<td>5<td>6</table>",
    "text hidden": "<table><tr><td>1<td><p hidden>2</p><td>3<tr><td>4<td>5<td>6</table>",
    "row hidden": "<table><tr hidden><td>1<td>2<tr><td>3<td>4<tr><td>5<td>6</table>",
    "two lines": "<table><tr><td><p>1<p>2<td>3<tr><td>4<td><p>5<p>6</table>",
    "two runs": "<table><tr><td><b>1</b><b>2</b><td>3<tr><td>4<td>5</table>",
    "text beside": "<table><tr><td>甲<b>1</b>乙<td>3<tr><td>4<td>5</table>",
    "break with a name": "<table><tr><td>1<br clear=all>2<td>3<tr><td>4<td>5</table>",
    "columns": "<table><colgroup><col><col></colgroup><tr><td>1<td>2<tr><td>3<td>4</table>",
    "empty rows": "<table><tr></tr><tr><td>1<td>2</tr><tr></tr><tr><td>3<td>4</table>",
    "one column": "<table><tr><td>1<tr><td>2<tr><td>3</table>",
    "too wide": f"<table><tr><td colspan=99>1<td>2<td>3<tr><td>4{'<td>5' * 120}</table>",
    "a table in a cell": "<table><tr><td>1<td><table><tr><td>2<td>3</table><tr><td>4<td>5</table>",
    "in a link": "<a href=x><table><tr><td>1<td>2<tr><td>3<td>4</table></a>",
    "in lines as they are": "<pre><table><tr><td> 1\n2 <td>3<tr><td>4<td>5</table></pre>",
    "hidden": "甲<table hidden><tr><td>1<td>2<tr><td>3<td>4</table>乙",
    "in a hidden box": "甲<div hidden><table><tr><td>1<td>2<tr><td>3<td>4</table></div>乙",
    "struck": "甲<del><table><tr><td>1<td>2<tr><td>3<td>4</table></del>乙",
    "behind text": "甲<table><tr><td>1<td>2<tr><td>3<td>4</table>乙",
}


class Unknown:
    """Knows no shape."""

    def table_in(self, _markup: str) -> None:
        return None


@cache
def pages() -> dict[str, str]:
    """Odd tables, a page of every site system, and one of a portal."""
    (report,) = generate(SEED, 1)
    systems = {
        kind[1]: text_file(report, Dress(*kind, encoding="utf-8")).decode()
        for kind in TEXTS
        if kind[0] == "html"
    }
    odd = {name: LexborHTMLParser(table).body.inner_html for name, table in ODD_TABLES.items()}
    return odd | systems | {"portal": page(report, 1).decode()}


def found(markup: str) -> object:
    return told(walk.boxes_of(LexborHTMLParser(markup)))


def told(part: Line | Box) -> object:
    """All that a box is, for comparison."""
    if isinstance(part, Line):
        return part
    return tuple(
        [told(inner) for inner in part.parts] if name == "parts" else getattr(part, name)
        for name in Box.__slots__
    )


@pytest.mark.parametrize("name", pages())
def test_a_shape_gives_what_walking_gives_for_any_texts(name, monkeypatch):
    markup, random = pages()[name], Random(name)
    dressed = [markup, markup, markup] + [
        _TEXT.sub(lambda _, texts=texts: random.choice(texts), markup)
        for texts in (TEXTS_OF_CELLS, ("", "1"))
        for _ in range(12)
    ]
    dressed += [_TEXT.sub("", markup), _TEXT.sub("9", markup)]
    monkeypatch.setattr(walk, "_SHAPES", Unknown())
    walked = list(map(found, dressed))
    monkeypatch.setattr(walk, "_SHAPES", Shapes(walk._walk_table))
    assert list(map(found, dressed)) == walked


def reading(tables: list[str]) -> tuple[list[bool], list[str]]:
    """Tell which tables came of a known shape, and what was walked over to find shapes out."""
    walked: list[str] = []

    def read(markup: str) -> Box:
        walked.append(markup)
        return walk._walk_table(markup)

    shapes = Shapes(read)
    return [shapes.table_in(table) is not None for table in tables], walked


def grid(*texts: str, tag: str = "<td>") -> str:
    cells = "".join(f"{tag}{text}</td>" for text in texts)
    return f"<table><tbody><tr>{cells}</tr><tr>{cells}</tr></tbody></table>"


def test_a_shape_is_found_out_when_it_comes_again():
    known, walked = reading([grid("甲", "1"), grid("甲", "2"), grid("", "3"), grid("乙", "")])
    assert known == [False, True, True, True]
    assert len(walked) == 3


def test_other_markup_is_another_shape():
    known, walked = reading([grid("甲", "1"), grid("甲", "1", tag='<td class="a">')])
    assert known == [False, False]
    assert walked == []


def test_long_texts_are_walked_over():
    known, _ = reading([grid("甲", "1"), grid("甲", "1"), grid("甲", "长" * 401)])
    assert known == [False, True, False]


def test_cells_of_several_lines_have_a_shape():
    known, _ = reading([grid("<p>甲</p><p>乙</p>", "1"), grid("<p>丙</p><p></p>", "2")])
    assert known == [False, True]
