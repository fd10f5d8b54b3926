"""Style sheets in a page: what they hide is not read, but for content that nothing else shows."""

import pytest

from extract.html.read import read_html
from extract.html.styles import rules_of
from tests.test_html_reader import ARTICLE, DATA, PROSE, READ_ARTICLE, READ_DATA, shown

# A sheet and the markup under it; what is hidden is 9 or stands in brackets.
HIDDEN = {
    "class": (".hide{display:none}", "<p>甲<span class=hide>9</span>乙"),
    "capitals": (".hide { DISPLAY : NONE }", "<p>甲<span class=hide>9</span>乙"),
    "in a list": (
        "/* a{} */.a,.b{color:red;display:none!important}",
        "<p>甲<b class=b>9</b>乙",
    ),
    "visibility": ("#z .s{visibility:hidden}", "<p id=z>甲<b><i class=s>9</i></b>乙"),
    "child": ("p > .s{display:none}", "<p>甲<i class=s>9</i>乙"),
    "attribute": ("[v-cloak]{display:none}", "<p>甲<i v-cloak>9</i>乙"),
    "screen": ("@media screen{.s{display:none}}", "<p>甲<i class=s>9</i>乙"),
    "wide screen": ("@media (min-width:768px){.s{display:none}}", "<p>甲<i class=s>9</i>乙"),
    "later rule": (".s{display:inline}.s{display:none}", "<p>甲<i class=s>9</i>乙"),
    "more specific rule": ("p .s{display:none}.s{display:inline}", "<p>甲<i class=s>9</i>乙"),
    "behind imports and comments": (
        "<!-- @import url(a.css); @charset 'utf-8'; .s{display:none} -->",
        "<p>甲<i class=s>9</i>乙",
    ),
    "not the first": ("i:not(.on){display:none}", "<p>甲<i>9</i><i class=on>乙</i>"),
}
SHOWN = {
    "print": "@media print{.s{display:none}}",
    "telephones": "@media screen and (max-width:600px){.s{display:none}}",
    "print and telephones": "@media print, (max-width:600px){.s{display:none}}",
    "in a comment": "/* .s{display:none} */",
    "in a comment without end": "a{color:red} /* .s{display:none}",
    "later rule": ".s{display:none}.s{display:inline}",
    "more specific rule": "p .s{display:inline}.s{display:none}",
    "important rule": ".s{display:inline!important}p .s{display:none}",
    "another element": ".t .s{display:none} .s .s{display:none} div > .s{display:none}",
    "pointer": ".s:hover{display:none}",
    "generated content": ".s::after{display:none}",
    "keyframes": "@keyframes a{.s{display:none}}",
    "not display": ".s{-x-display:none; overflow:hidden}",
    "no sheet": "}} .s display:none {",
    "own style": "#x.s{display:none}",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_sheet_hides_is_not_read(name):
    sheet, markup = HIDDEN[name]
    assert shown(read_html(f"<style>{sheet}</style>{markup}")) == ["甲乙"]


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_sheet_shows_is_read(name):
    own = "style='display:inline'" if name == "own style" else ""
    page = f"<style>{SHOWN[name]}</style><p>甲<i id=x class=s {own}>9</i>乙"
    assert shown(read_html(page)) == ["甲9乙"]


def test_sheets_for_print_are_not_read():
    page = "<style media=print>.s{display:none}</style><p>甲<i class=s>9</i>乙"
    assert shown(read_html(page)) == ["甲9乙"]


def test_runs_cells_and_rows_of_a_table():
    cells = "<tr><td>规章</td><td>3</td></tr>"
    row = "<tr class=tpl><td>规章</td><td>9</td></tr>"
    hidden = cells.replace("3", "<span class=jam>9</span>3<i class=sr>1</i>").replace(
        "</tr>", "<td class=tpl>9</td></tr>"
    )
    page = f"<style>.tpl,.jam{{display:none}}td .sr{{visibility:hidden}}</style>{DATA}"
    assert shown(read_html(page.replace(cells, row + hidden))) == [READ_DATA]


TABS = "<style>.tab{display:none}.tab.on{display:block}</style>"
YEARS = [ARTICLE.replace("三十", number).replace("3", figure) for number, figure in ("四5", "六7")]


@pytest.mark.parametrize("on", [0, 1])
def test_of_years_behind_tabs_the_one_in_front_is_read(on):
    tabs = [f"<div class='tab{' on' * (at == on)}'>{year}</div>" for at, year in enumerate(YEARS)]
    alone = shown(read_html(YEARS[on]))
    assert shown(read_html(TABS + "".join(tabs))) == alone
    styled = [tab.replace("tab on'", "tab' style='display: block'") for tab in tabs]
    assert shown(read_html(TABS + "".join(styled))) == alone


def test_a_copy_for_telephones_is_not_read():
    page = f"<style>.m{{display:none}}</style><div>{ARTICLE}</div><div class=m>{YEARS[0]}</div>"
    assert shown(read_html(page)) == READ_ARTICLE


# Content that the page shows nowhere else, which a script is to show.
KEPT = {
    "article": f"<style>#a{{display:none}}</style><div id=a>{ARTICLE}</div>",
    "body": f"<style>body{{visibility:hidden}}</style><body>{ARTICLE}",
    "all tabs": f"{TABS}<div class=tab>{ARTICLE}</div><div class=tab>{YEARS[0]}</div>",
    "with hidden parts": "<style>[v-cloak],.s{display:none}</style>"
    f"<div v-cloak>{ARTICLE.replace('数量', '数<i class=s>9</i>量')}</div>",
    "closed sections": "<style>.c{display:none}</style>"
    + ARTICLE.replace("<p>", "<div class=c>").replace("</p>", "</div>"),
}


@pytest.mark.parametrize("name", KEPT)
def test_content_that_nothing_else_shows_is_read(name):
    assert shown(read_html(KEPT[name])) == READ_ARTICLE


def test_tables_behind_an_open_section_are_read():
    table = f"<table>{'<tr><td>行政规范性文件<td>制发件数<td>2' * 9}</table>"
    page = f"{TABS}<div class='tab on'>{PROSE}</div><div class=tab>{table}</div>"
    read = shown(read_html(page))
    assert read == [PROSE, [["行政规范性文件", "制发件数", "2"]] * 9]


def test_menus_and_remarks_stay_hidden():
    page = f"<style>.s{{display:none}}</style>{ARTICLE}<p class=s>加载中<ul class=s><li>乙镇</ul>"
    assert shown(read_html(page)) == READ_ARTICLE


def test_rules_in_their_order():
    (first, second) = rules_of(["a{color:red}", "i.x{display:none} #y b{display:block}"])
    assert (first.selector, first.hides, second.hides) == ("i.x", True, False)
    assert first.weight < second.weight
