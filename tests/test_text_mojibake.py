"""Text saved in a wrong encoding: what comes back, and that nothing comes back wrong unsaid."""

import re
from functools import cache

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.text_layouts import tab
from benchmarks.text_damage import MISREADINGS, differences
from flows.reference import load_reference
from transform.text.clean import clean
from transform.text.outcome import LOST

STEPS = {
    "utf8_as_gb18030": "undo_utf8_as_gbk",
    "utf8_as_gbk": "undo_utf8_as_gbk",
    "utf8_as_gbk_dropped": "undo_utf8_as_gbk",
    "utf8_as_cp936": "undo_utf8_as_gbk",
    "utf8_as_latin1": "undo_utf8_as_latin1",
    "utf8_twice_as_latin1": "undo_utf8_as_latin1",
    "gbk_as_latin1": "undo_gbk_as_latin1",
    "gbk_as_big5": "undo_gbk_as_big5",
    "big5_as_gbk": "undo_big5_as_gbk",
    "big5_as_latin1": "undo_big5_as_latin1",
}
HAN = re.compile("[\u4e00-\u9fff]")
# Share of the characters that must come back; the decoders of the others lose bytes on the way in.
RIGHT = dict.fromkeys(STEPS, 1.0) | {
    "utf8_as_gb18030": 0.97,
    "utf8_as_gbk": 0.93,
    "utf8_as_cp936": 0.98,
    # A lost byte shifts all that follows it, and neither encoding tells where it was.
    "gbk_as_big5": 0.7,
    # Without a mark for what was dropped little can be said with certainty.
    "utf8_as_gbk_dropped": 0.1,
}


@cache
def paragraphs():
    (report,) = generate(20260131, 1)
    lines = tab(report).replace("\xa0", " ").split("\n")
    return [line for line in dict.fromkeys(lines) if sum(char > "\x7f" for char in line) > 3]


@cache
def repaired(name):
    return clean(list(map(MISREADINGS[name], paragraphs())), load_reference().names)


@pytest.mark.parametrize("name", MISREADINGS)
def test_a_whole_page_comes_back(name):
    result = repaired(name)
    assert result.repairs[0].step == STEPS[name]
    wrong = sum(
        differences(before, after).wrong
        for before, after in zip(paragraphs(), result.texts, strict=True)
    )
    assert wrong <= (1 - RIGHT[name]) * len("".join(paragraphs()))


@pytest.mark.parametrize("name", MISREADINGS)
def test_no_paragraph_is_turned_into_something_else_unsaid(name):
    result = repaired(name)
    said = "\n".join(result.unsolved)
    pages = map(MISREADINGS[name], paragraphs())
    silent = [
        (before, after)
        for before, page, after in zip(paragraphs(), pages, result.texts, strict=True)
        # Three characters of garbage are garbage to anybody, but not to a computer.
        if after != before and LOST not in after and page not in said and len(HAN.findall(page)) > 2
    ]
    # By chance a misread label may be made of everyday characters only.
    assert len(silent) <= 0.02 * len(paragraphs())


@pytest.mark.parametrize("name", MISREADINGS)
def test_a_paragraph_with_losses_is_counted(name):
    result = repaired(name)
    turned = [text for text in result.texts if LOST in text and text not in result.unsolved]
    assert len([text for text in turned if text.isascii()]) == 0
    assert bool(result.unsolved) == any(LOST in text for text in result.texts)


@pytest.mark.parametrize("name", [name for name in MISREADINGS if RIGHT[name] > 0.9])
def test_a_single_paragraph_among_clean_ones_comes_back(name):
    saved = list(paragraphs())
    index = max(range(len(saved)), key=lambda i: len(saved[i]))
    saved[index] = MISREADINGS[name](saved[index])
    texts = clean(saved, load_reference().names).texts
    assert differences(paragraphs()[index], texts[index]).wrong <= 0.1 * len(saved[index])
    assert [*texts[:index], *texts[index + 1 :]] == [*saved[:index], *saved[index + 1 :]]
