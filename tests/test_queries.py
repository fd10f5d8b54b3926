"""Every question of docs/queries.md, its SQL run as an analyst runs it, against pandas."""

import datetime
import math
import re

import pandas as pd
import pytest

from tests.query_answers import ANSWERS, World
from tests.support import REPO

PAGE = (REPO / "docs" / "queries.md").read_text(encoding="utf-8")
QUESTIONS = {
    int(number): (question, sql)
    for number, question, sql in re.findall(
        r"### (\d+)\. ([^\n]+)\n\n```sql\n(.*?)```", PAGE, flags=re.DOTALL
    )
}


@pytest.fixture(scope="module")
def world(generated, generated_con):
    return World(generated, generated_con)


def plain(value):
    """A figure or text as it compares: no types of pandas, no last digits of a float."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, str | bool | datetime.date):
        return value
    return round(float(value), 9)


def rows_of(frame):
    rows = frame.astype(object).itertuples(index=False, name=None)
    return [tuple(plain(value) for value in row) for row in rows]


def test_every_question_is_read_and_has_its_answer():
    assert PAGE.count("\n### ") == len(QUESTIONS) >= 15
    assert list(QUESTIONS) == list(range(1, len(QUESTIONS) + 1))
    assert set(QUESTIONS) == set(ANSWERS)


@pytest.mark.parametrize("number", QUESTIONS, ids=lambda number: f"question {number}")
def test_the_answer_is_right(generated_con, world, number):
    _, sql = QUESTIONS[number]
    found = rows_of(generated_con.execute(sql).df())
    assert found
    assert found == rows_of(ANSWERS[number](world))


def test_questions_are_asked_of_views():
    """Who asks `facts` must know which reports stand; only what is left out is counted there."""
    for number, (_, sql) in QUESTIONS.items():
        assert number == 20 or not re.search(r"\b(from|join) (facts|reports|findings)\b", sql)
