"""What stands beside the tables: sections with prose, and the figures stated in it."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from benchmarks.corpus import generate as corpus
from benchmarks.corpus.places import Place
from benchmarks.corpus.report import NUMERALS, SECTION_HEADINGS

_COPIED = 0.15  # share of reports whose overview is that of the county, or of last year
_METRICS = ("disclosed_total", "disclosed_website", "disclosed_wechat", "requests_received")


@cache
def _wordings() -> dict[str, list[list[str]]]:
    path = Path(corpus.__file__).with_name("prose.toml")
    sections: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["sections"]
    return sections


def sections(seed: int, year: int, ids: Sequence[str], places: Sequence[Place]) -> pd.DataFrame:
    """Give six sections a report; the second to the fourth hold tables only."""
    rows = [
        (name, number + 1, f"{NUMERALS[number]}、{heading}", body)
        for name, place in zip(ids, places, strict=True)
        for number, (heading, body) in enumerate(
            zip(SECTION_HEADINGS, _bodies(seed, year, place), strict=True)
        )
    ]
    return pd.DataFrame(rows, columns=["report_id", "section_no", "heading", "body"])


def _bodies(seed: int, year: int, place: Place) -> tuple[str, ...]:
    """Write the six sections: most are a township's own, some are copied."""
    habit = Random(f"{seed}:{place.code}").random()
    words = {"town": place.township_name, "county": place.county_name, "year": year}
    random = Random(f"{seed}:{place.code}:{year}")
    if habit < _COPIED:
        random = Random(f"{seed}:{place.code[:6]}:{year}")
        words |= {"town": "本镇"}
    elif habit < 2 * _COPIED:
        random = Random(f"{seed}:{place.code}")
        words |= {"year": "本"}
    own = f"{place.township_name}{year}年走访{random.randint(2, 40)}个村（社区），听取意见。"
    overview = _filled(random, "1", words)
    return (
        overview if habit < 2 * _COPIED else f"{overview}\n{own}",
        "",
        "",
        "",
        _filled(random, "5", words),
        _filled(random, "6", words),
    )


def _filled(random: Random, section: str, words: dict[str, object]) -> str:
    numbers = _Numbers(random, words)
    paragraphs = (random.choice(wordings) for wordings in _wordings()[section])
    return "\n".join(paragraph.format_map(numbers) for paragraph in paragraphs)


class _Numbers(dict[str, object]):
    """Words by name; a name that is not there is some number."""

    def __init__(self, random: Random, words: dict[str, object]) -> None:
        super().__init__(words)
        self.random = random

    def __missing__(self, name: str) -> object:
        return self.random.randint(0, 400)


def narrative_facts(ids: Sequence[str], received: Sequence[float], seed: int) -> pd.DataFrame:
    """Give four figures a report; the requests received agree with the table in most."""
    random = Random(f"{seed}:{ids[0]}")
    rows = []
    for name, requests in zip(ids, received, strict=True):
        for metric in _METRICS:
            number = random.randint(0, 400)
            if metric == "requests_received":
                number = int(requests) + (random.random() < 0.03)
            about = random.random() < 0.1 and metric != "requests_received"
            rows.append((name, 1, metric, None, number, "条", about, f"共{number}条。"))
    columns = ["report_id", "section_no", "metric", "qualifier", "value", "unit"]
    return pd.DataFrame(rows, columns=[*columns, "is_approximate", "sentence"])
