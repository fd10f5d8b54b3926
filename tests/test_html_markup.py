"""Markup as the parser writes it, cut into pieces: what is a piece, and what it says."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from extract.html.markup import name_and_attributes, parts_of, pieces_of, tags_of
from extract.html.walk import boxes_of
from tests.test_html_reader import read_html, shown

# Markup, and the pieces between the texts once the parser has written it out.
PIECES = {
    "tags": ("<b>甲</b>乙", ["<b>", "</b>"]),
    "table": (
        "<table><td><p>甲<td>乙<i>丙</table>丁",
        [
            "<table><tbody><tr><td><p>甲</p></td><td>乙<i>丙</i></td></tr></tbody></table>",
        ],
    ),
    "table with other elements": (
        "<table><td>甲<td>乙<img></table>",
        ["<table>", "<tbody>", "<tr>", "<td>甲</td>", "<td>", "<img>", "</td>"],
    ),
    "table in a table": (
        "<table><td><table><td>甲</table></table>",
        [
            "<table>",
            "<tbody>",
            "<tr>",
            "<td>",
            "<table><tbody><tr><td>甲</td></tr></tbody></table>",
        ],
    ),
    "line": ("<p><a href=x>甲</a></p>", ['<p><a href="x">甲</a></p>']),
    "brackets in values": ('甲<b title="</b>>">乙</b>', ['<b title="&lt;/b&gt;&gt;">', "</b>"]),
    "quotes in names": ("甲<b x\"y='z' =c>乙</b>", ['<b x"y="z" =c="">', "</b>"]),
    "comment": ("甲<!-- <b> -->乙", ["<!-- <b> -->"]),
    "instruction": ('甲<?a b="<b"?>乙', ['<?a b="<b"?>']),
    "script": ("甲<script>'<b title=\"'</script>乙", ["<script>'<b title=\"'</script>"]),
    "script in a script": (
        "甲<script><!-- w('<script></script>') --></script>乙",
        ["<script><!-- w('<script></script>') --></script>"],
    ),
    "text as it is": ("<xmp><b>甲</xmp>", ["<xmp>", "</xmp>"]),
}


@pytest.mark.parametrize("name", PIECES)
def test_pieces(name):
    markup, wanted = PIECES[name]
    found = pieces_of(LexborHTMLParser(markup).body.inner_html)
    assert found[1::2][: len(wanted)] == wanted
    assert found[1::2][len(wanted) :] == [] or "table" in markup


def test_a_table_is_cut_into_tags_and_whole_cells():
    table = (
        "<table><tbody><tr><td>\n<p>甲<br>乙</p>\n</td><td>丙<i>丁</i></td></tr></tbody></table>"
    )
    assert tags_of(table)[::2] == [
        "<table>", "<tbody>", "<tr>", "<td>\n<p>甲<br>乙</p>\n</td>",
        "<td>", "<i>", "</i>", "</td>", "</tr>", "</tbody>", "</table>",
    ]  # fmt: skip
    assert "".join(tags_of(table)) == table


def test_text_as_it_is_stays_as_it_is():
    assert shown(read_html("<xmp><b>甲 &lt;</xmp>")) == ["<b>甲 &lt;"]


@pytest.mark.parametrize("tag", ["<td>", '<td title="&lt;br&gt;">', "<td>\n<p>"])
def test_parts_of_a_cell(tag):
    assert parts_of(f"{tag}甲<br>乙</td>") == (tag, "甲<br>乙", "</td>")


def test_entities_are_undone_once():
    assert name_and_attributes('<a title="&amp;lt;&quot;&nbsp;">') == (
        "a",
        {"title": '&lt;"\N{NO-BREAK SPACE}'},
    )


def test_equal_cells_of_prose_are_boxes_of_their_own():
    prose = (
        "本年度通过网站公开信息三十条，其中通知公告十条，政务动态二十条，办理依申请公开三件。" * 10
    )
    root = boxes_of(LexborHTMLParser(f"<table><tr><td>{prose}<tr><td>{prose}</table>"))
    (layout,) = root.parts
    first, second = (row.parts[0] for row in layout.parts)
    assert first.parts == second.parts
    assert first is not second


def test_hidden_tables_are_passed_over_and_nothing_else():
    hidden = "<table style='display: none'><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert shown(read_html(f"甲{hidden}乙<div>{hidden}</div>丙")) == ["甲乙", "丙"]


def test_hidden_text_of_a_cell_is_none():
    table = "<table><tr><td>甲<td><b hidden>9</b><td>乙<td hidden>9<tr><td>1<td>2<td>3</table>"
    assert shown(read_html(table)) == [[["甲", "", "乙"], ["1", "2", "3"]]]
