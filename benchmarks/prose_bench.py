"""How much of what prose states is read, and how much of what is read is stated.

The cases are sentences and passages with the figures they state, many of them traps that state
none. Those held out were looked at by nobody while rules were written; the others, known failures
among them, count in the first line only.
"""

import json
import sys
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from flows.reference import load_reference
from transform.narrative import read_narrative
from transform.records import Section

REPO = Path(__file__).resolve().parents[1]
CASES = (
    REPO / "tests" / "cases" / "narrative.json",
    REPO / "tests" / "cases" / "narrative_passages.json",
    REPO / "tests" / "cases" / "narrative_openings.json",
)
YEAR, OWN_NAME = 2021, "青石镇"
MUST_PRECISION, MUST_RECALL = 0.98, 0.95
SENTENCES, RUNS = 60, 200

Stated = tuple[str, str | None, Decimal, str | None, bool]


class Score(NamedTuple):
    """Counts of figures read and stated."""

    right: int
    read: int
    stated: int

    @property
    def precision(self) -> float:
        """Share of what was read that is stated."""
        return self.right / self.read if self.read else 1.0

    @property
    def is_good(self) -> bool:
        """Whether both bars are met."""
        return self.precision >= MUST_PRECISION and self.recall >= MUST_RECALL

    @property
    def recall(self) -> float:
        """Share of what is stated that was read."""
        return self.right / self.stated if self.stated else 1.0


def load_cases() -> list[dict[str, Any]]:
    """All cases."""
    return [case for path in CASES for case in json.loads(path.read_text(encoding="utf-8"))]


def stated(case: dict[str, Any]) -> set[Stated]:
    """What a case says must be read."""
    return {
        (
            fact["metric"],
            fact["qualifier"],
            Decimal(fact["value"]),
            fact["unit"],
            fact["is_approximate"],
        )
        for fact in case["expected"]
    }


def read(case: dict[str, Any]) -> set[Stated]:
    """What is read out of a case."""
    section = Section(1, "一、总体情况", case["text"])
    own_name = case.get("own", OWN_NAME)
    facts = read_narrative([section], YEAR, own_name, load_reference().narrative)
    return {
        (fact.metric, fact.qualifier, fact.value, fact.unit, fact.is_approximate) for fact in facts
    }


def score(cases: Sequence[dict[str, Any]]) -> Score:
    """Score cases."""
    pairs = [(read(case), stated(case)) for case in cases]
    return Score(
        sum(len(got & want) for got, want in pairs),
        sum(len(got) for got, _ in pairs),
        sum(len(want) for _, want in pairs),
    )


def milliseconds() -> float:
    """Best time of a report of 60 sentences, one in six with a figure, in paragraphs of four."""
    cases = load_cases()
    plain = "坚持以公开为常态、不公开为例外，不断健全工作机制，及时回应群众关切，取得了较好成效。"
    texts = [cases[i % len(cases)]["text"] if i % 6 == 0 else plain for i in range(SENTENCES)]
    lines = ["".join(texts[at : at + 4]) for at in range(0, SENTENCES, 4)]
    section = Section(1, "一、总体情况", "\n".join(lines))
    rules = load_reference().narrative
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        read_narrative([section], YEAR, OWN_NAME, rules)
        best = min(best, time.perf_counter() - start)
    return best * 1000


def main() -> int:
    """Print the scores; 1 where one is below its bar."""
    cases = load_cases()
    fails = False
    for name, part in (
        ("all", cases),
        ("held out", [case for case in cases if case.get("held_out")]),
    ):
        result = score(part)
        fails |= not result.is_good
        print(
            f"{name}: {len(part)} sentences, {result.stated} figures stated, {result.read} read, "
            f"precision {result.precision:.1%}, recall {result.recall:.1%}"
        )
    print(f"bars: precision {MUST_PRECISION:.0%}, recall {MUST_RECALL:.0%}")
    print(f"a report of {SENTENCES} sentences: {milliseconds():.3f} ms")
    return int(fails)


if __name__ == "__main__":
    sys.exit(main())
