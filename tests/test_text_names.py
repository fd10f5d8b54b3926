"""No official name is harmed: each of them, simplified and in every traditional spelling."""

import csv
from functools import cache

import pytest

from benchmarks.corpus.scripts import to_traditional
from benchmarks.text_damage import as_mirrored
from flows.reference import load_reference
from tests.support import REPO
from transform.text.clean import clean

TOWNSHIPS = REPO / "data" / "reference" / "divisions" / "townships.csv"
SENTENCES = (
    "{}",
    "{}人民政府2021年政府信息公开工作年度报告",
    "一年来，在{}党委的领导下，全镇工作有序开展",
    "关于{}的报告",
    "(地址:{}新街12号)",
)


@cache
def names():
    with TOWNSHIPS.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def cleaned(texts):
    return clean(texts, load_reference().names)


def test_there_are_41352():
    assert len(names()) == 41_352


@pytest.mark.parametrize("sentence", SENTENCES)
def test_unchanged_in_simplified_text(sentence):
    texts = [sentence.format(name) for name in names()]
    result = cleaned(texts)
    assert result.texts == texts
    assert not result.repairs


def test_unchanged_each_by_itself():
    harmed = [name for name in dict.fromkeys(names()) if cleaned([name]).texts != [name]]
    assert not harmed


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_restored_from_traditional(sentence, config):
    texts = [sentence.format(name) for name in names()]
    traditional = to_traditional("\n".join(texts), config).split("\n")
    restored = cleaned(traditional).texts
    assert [pair for pair in zip(texts, restored, strict=True) if pair[0] != pair[1]] == []


def test_restored_from_a_mirror():
    distinct = list(dict.fromkeys(names()))
    restored = cleaned(to_traditional("\n".join(distinct), "mirror").split("\n")).texts
    assert restored == list(map(as_mirrored, distinct))


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_common_words_with_a_variant_stay_right(config):
    words = (
        "著名、瞭望、乾隆、干部、面积、制度、系统、头发、发展、皇后、以后、复印、答复、借口、征求"
    )
    assert cleaned([to_traditional(words, config)]).texts == [words]


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_a_mixed_page_keeps_its_simplified_title(config):
    title = "乾务镇2021年政府信息公开工作年度报告"
    body = "根据条例规定，乾务镇编制本报告，总结经验，著力解决问题。".replace("著力", "着力")
    result = cleaned([title, to_traditional(body, config)])
    assert result.texts == [title, body]
    assert result.script == "traditional"
