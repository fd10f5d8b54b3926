"""The case files are data; this holds their form."""

import json
from decimal import Decimal
from pathlib import Path


def test_value_cases_are_well_formed() -> None:
    path = Path(__file__).parent / "cases" / "values.json"
    cases = json.loads(path.read_text(encoding="utf-8"))
    assert len({case["label"] for case in cases}) == len(cases) >= 80
    keys = {"label", "text", "unit", "may_be_negative", "value", "status"}
    for case in cases:
        assert set(case) - {"comment"} == keys
        assert case["unit"] in {"件", "项", "万元"}
        assert case["status"] in {"reported", "blank", "not_applicable", "unreadable"}
        assert (case["value"] is not None) == (case["status"] == "reported")
        assert case["value"] is None or Decimal(case["value"]).is_finite()
    assert sum(case["status"] == "unreadable" for case in cases) * 3 >= len(cases)
