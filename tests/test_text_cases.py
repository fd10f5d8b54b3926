"""The text stage case by case: `cases/text_*.json` hold what it must and must not do."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference import load_reference
from tests.support import REPO
from transform.text.clean import STEPS, clean, replay
from transform.text.outcome import BLOCK, LOST

FILES = ("wild", "synthetic", "negative", "known_failures")


def load(name):
    path = REPO / "tests" / "cases" / f"text_{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def parameters():
    for name in FILES:
        for case in load(name):
            marks = [pytest.mark.xfail(strict=True)] if case["expect"] == "fail" else []
            yield pytest.param(case, id=f"{name}-{case['label']}".replace(" ", "_"), marks=marks)


def cleaned(text):
    return clean(text.split(BLOCK), load_reference().names)


def test_cases_are_well_formed():
    cases = {name: load(name) for name in FILES}
    everything = [case for listed in cases.values() for case in listed]
    assert len({case["label"] for case in everything}) == len(everything) >= 60
    for case in everything:
        assert set(case) - {"comment"} == {"label", "input", "expected", "expect"}
        assert case["expect"] in {"pass", "fail"}
    assert all(case["expect"] == "fail" for case in cases["known_failures"])
    assert all(case["input"] == case["expected"] for case in cases["negative"])
    assert len(cases["negative"]) * 3 >= len(everything)


@pytest.mark.parametrize("case", list(parameters()))
def test_case(case):
    assert BLOCK.join(cleaned(case["input"]).texts) == case["expected"]


@pytest.mark.parametrize("case", [case for name in FILES for case in load(name)], ids=str)
def test_replaying_the_recorded_steps_gives_the_text(case):
    texts = case["input"].split(BLOCK)
    result = cleaned(case["input"])
    steps = [repair.step for repair in result.repairs]
    assert replay(texts, steps, load_reference().names) == result.texts
    assert bool(steps) == (result.texts != texts)


@pytest.mark.parametrize("case", load("wild") + load("synthetic"), ids=lambda case: case["label"])
def test_clean_text_stays_clean(case):
    result = cleaned(case["expected"])
    assert BLOCK.join(result.texts) == case["expected"]


@pytest.mark.parametrize("case", load("negative"), ids=lambda case: case["label"])
def test_what_is_no_damage_is_not_counted(case):
    result = cleaned(case["input"])
    assert not result.repairs
    assert not result.unsolved


@pytest.mark.parametrize(
    "case",
    [case for case in load("synthetic") if LOST in case["expected"]],
    ids=lambda case: case["label"],
)
def test_what_is_lost_is_counted(case):
    assert cleaned(case["input"]).unsolved


def test_every_step_has_a_case():
    taken = {
        repair.step
        for name in ("wild", "synthetic")
        for case in load(name)
        for repair in cleaned(case["input"]).repairs
    }
    # The latter two need longer texts: test_text_scars and test_text_mojibake have them.
    assert set(STEPS) - taken <= {"choose_torn_characters", "undo_utf8_as_big5"}


def test_a_repair_shows_what_it_changed_and_a_little_around_it():
    repair, *_ = cleaned("本單位工作做到?jīng)Q策、執(zhí)行").repairs
    assert repair.step == "mend_torn_characters"
    assert repair.count == 1
    assert repair.example_before == "單位工作做到?jīng)Q策、執(zh"
    assert repair.example_after == "單位工作做到決策、執(zh"


def test_an_example_stays_in_its_paragraph():
    repair, *_ = cleaned(f"甲{BLOCK}公開(kāi){BLOCK}乙").repairs
    assert (repair.example_before, repair.example_after) == ("公開(kāi)", "公開")


def test_unknown_steps_are_refused():
    with pytest.raises(KeyError, match="turn_to_gold"):
        replay(["甲"], ["turn_to_gold"], load_reference().names)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_goes_through_and_can_be_replayed(texts):
    texts = [text.replace(BLOCK, "") for text in texts] or [""]
    guard = load_reference().names
    result = clean(texts, guard)
    assert len(result.texts) == len(texts)
    assert replay(texts, [repair.step for repair in result.repairs], guard) == result.texts
