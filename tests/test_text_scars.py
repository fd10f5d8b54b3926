"""Pinyin scars by the hundred: mirrors of every kind over generated and real reports."""

import re
from random import Random

import pytest

from benchmarks.corpus.generate import generate
from benchmarks.corpus.scripts import scar
from benchmarks.corpus.text_layouts import LAYOUTS
from benchmarks.text_damage import as_mirrored, differences, mirrors, scarred_by
from flows.reference import load_reference
from tests.support import needs_real_reports, real_reports, report_of
from transform.text.clean import clean, replay
from transform.text.pinyin_scars import has_scars
from transform.text.readings import SYLLABLE, plain

GENERATED = 16
RIGHT = 0.995


def texts():
    layouts = list(LAYOUTS.values())
    for number, report in enumerate(generate(20260131, GENERATED)):
        # What the page's own `?` stood for is another matter; see the case files.
        yield layouts[number % len(layouts)](report).replace("\xa0", "")


@pytest.fixture(scope="module")
def outcomes():
    """Every damaged text with what came of it: (mirror, differences, characters, unsolved)."""
    found = []
    for number, text in enumerate(texts()):
        for mirror in mirrors(text, Random(number)):
            pages = scarred_by(mirror, text).split("\n")
            result = clean(pages, load_reference().names)
            assert result.is_scarred
            compared = differences(as_mirrored(text), "\n".join(result.texts))
            found.append((mirror, compared, len(text), result.unsolved))
    return found


def test_two_hundred_texts_and_more(outcomes):
    assert len(outcomes) >= 200


@pytest.mark.parametrize("name", ["seen", "half", "all", "shuffled", "many"])
def test_nearly_all_characters_are_right(outcomes, name):
    mine = [outcome for outcome in outcomes if outcome[0].name == name]
    characters = sum(outcome[2] for outcome in mine)
    wrong = sum(outcome[1].wrong for outcome in mine)
    assert wrong <= (1 - RIGHT) * characters


def test_the_mirror_that_was_seen_is_undone_completely(outcomes):
    assert not any(
        outcome[1].wrong or outcome[3] for outcome in outcomes if outcome[0].name == "seen"
    )


def test_nothing_is_silently_wrong(outcomes):
    silent = [place for outcome in outcomes for place in outcome[1].silent]
    assert silent == []


def test_what_is_wrong_is_counted(outcomes):
    assert not [outcome for outcome in outcomes if outcome[1].wrong and not outcome[3]]


def test_steps_replay():
    text = next(texts())
    for mirror in mirrors(text, Random(0)):
        pages = scarred_by(mirror, text).split("\n")
        result = clean(pages, load_reference().names)
        steps = [repair.step for repair in result.repairs]
        assert replay(pages, steps, load_reference().names) == result.texts


@pytest.mark.parametrize("keeps_bracket", [True, False])
def test_a_choice_by_language_is_said_to_be_one(keeps_bracket):
    text = "\n".join(texts())
    page = scar(text, "經車嚴據務長鎮縣側報", keeps_bracket=keeps_bracket)
    result = clean(page.split("\n"), load_reference().names)
    steps = [repair.step for repair in result.repairs]
    assert "drop_pinyin_brackets" in steps
    assert steps == sorted(steps, key=ORDER.index)


ORDER = [
    "mend_torn_characters",
    "choose_torn_characters",
    "drop_pinyin_brackets",
    "restore_lost_spaces",
    "simplify",
]


@pytest.mark.parametrize(
    ("text", "is_scarred"),
    [
        ("公開(kāi)", True),
        ("到?jīng)Q", True),
        ("公開(kai)報(bao)告數(shu)據(ju)", True),
        ("安(an)全(quan)", False),
        ("甪(lù)直鎮", False),
        ("項目(PPP)", False),
        ("什么是PPP?an)", False),
        ("é", False),
    ],
)
def test_scars_are_told_from_brackets(text, is_scarred):
    assert has_scars(text, frozenset(text)) == is_scarred


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("lǜ", "lv"),
        ("lüè", "lve"),
        ("luè", "lve"),
        ("nǚ", "nv"),
        ("ɡuān", "guan"),
        ("ń", "n"),
        ("ňg", "ng"),
        ("ḿ", "m"),
        ("ka\u0304i", "kai"),
        ("men", "men"),
    ],
)
def test_readings_in_every_spelling(printed, meant):
    assert plain(printed) == meant
    assert re.fullmatch(SYLLABLE, printed)


@needs_real_reports
def test_the_real_page_is_repaired_completely():
    (path,) = (path for path in real_reports() if path.name.startswith("002"))
    report = report_of(path.read_bytes(), path.name)
    prose = "\n".join(section.body for section in report.sections)
    assert "?" not in prose
    assert "做到决策" in prose
    assert "未能严格" in prose
    assert not [finding for finding in report.findings if finding.rule == "scar_unrepaired"]
    counts = {repair.step: repair.count for repair in report.repairs}
    assert counts["drop_pinyin_brackets"] >= 400
    assert counts["mend_torn_characters"] + counts.get("choose_torn_characters", 0) == 2
