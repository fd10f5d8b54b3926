"""Cell texts to values: cases as data, and the laws behind them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reference import load_reference
from transform.values import is_value_like, parse_value

CASES = json.loads((Path(__file__).parent / "cases" / "values.json").read_text(encoding="utf-8"))
UNITS = load_reference().units


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case):
    value = parse_value(case["text"], UNITS[case["unit"]], may_be_negative=case["may_be_negative"])
    assert value.status == case["status"]
    assert value.value == (None if case["value"] is None else Decimal(case["value"]))


counts = st.integers(0, 10**12)
pads = st.sampled_from(["", " ", "\u3000", "\u3000\u3000", "\xa0", "\n", "?"])


@given(counts, pads, st.sampled_from(["", "件", "个", " 件"]))
def test_printed_count_comes_back(number, pad, word):
    for printed in (str(number), f"{number:,}", f"{number:,}".replace(",", "，")):
        assert parse_value(f"{pad}{printed}{word}", UNITS["件"]).value == number


@given(counts)
def test_full_width_digits_are_digits(number):
    wide = str(number).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert parse_value(wide, UNITS["件"]).value == number


@given(st.decimals(0, 10**8, places=4), st.sampled_from([("元", 10**-4), ("亿元", 10**4)]))
def test_money_is_stored_in_wan_yuan(amount, unit):
    word, factor = unit
    value = parse_value(f"{amount}{word}", UNITS["万元"]).value
    assert value == (amount * Decimal(str(factor))).quantize(Decimal("0.0001"))


@given(
    st.one_of(
        st.text(max_size=12), st.text("0129,. 共一二两十百千零万元件减↓￥(（)）?", max_size=8)
    )
)
def test_a_value_stands_only_where_a_number_is_printed(text):
    value = parse_value(text, UNITS["件"])
    assert (value.value is not None) == (value.status == "reported")
    if value.status == "reported":
        assert any(c in "0123456789０１２３４５６７８９零〇一二两三四五六七八九十" for c in text)
        assert is_value_like(text)
