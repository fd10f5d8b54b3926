"""Any number of invented reports of real places, the same for the same seed."""

import datetime
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpus.figures import Figures, drawn, spelt
from benchmarks.corpus.places import Place, places
from benchmarks.corpus.report import KnownReport, issuer_of
from benchmarks.corpus.template import FORMATS

_YEARS = {"2019": (2019, 2020, 2020, 2020), "2021": (2021, 2022, 2023, 2024, 2025)}


@cache
def _prose() -> dict[str, Any]:
    path = Path(__file__).with_name("prose.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def generate(
    seed: int, n: int, formats: Sequence[str] = FORMATS, *, year: int | None = None, start: int = 0
) -> Iterator[KnownReport]:
    """Give the reports from `start` to `n`; every township once before any comes twice.

    A report depends on the seed and its position alone, not on `n`. Without `year` each gets
    one in which its format was in force; the second time round a township reports for the year
    after, in the format it has.
    """
    townships = list(places().values())
    Random(seed).shuffle(townships)
    for position in range(start, n):
        lap, index = divmod(position, len(townships))
        random = Random(f"{seed}:{position}")
        first = Random(f"{seed}:{index}") if lap else random
        report_format = first.choice(formats)
        own_year = first.choice(_YEARS[report_format]) if year is None else year
        yield _invented(random, townships[index], report_format, own_year + lap)


def _invented(random: Random, place: Place, report_format: str, year: int) -> KnownReport:
    figures = drawn(random, report_format)
    values, readings = spelt(random, figures, report_format)
    issuer = issuer_of(place.township_name)
    words = _words(random, figures) | {
        "town": place.township_name,
        "issuer": issuer,
        "county": place.county_name,
        "year": year,
    }
    prose = _prose()
    deadline = datetime.date(year + 1, 1, 31)
    return KnownReport(
        township_code=place.code,
        org_name=place.township_name,
        issuer=issuer,
        county_name=place.county_name,
        city_name=place.city_name,
        province_name=place.province_name,
        year=year,
        format=report_format,
        sections=tuple(
            _filled(random, prose["sections"][str(number)], words) for number in range(1, 7)
        ),
        values=values,
        readings=readings,
        preamble=_filled(random, prose["preamble"], words),
        published_on=deadline - datetime.timedelta(days=random.randint(-9, 28)),
    )


def _filled(
    random: Random, paragraphs: list[list[str]], words: dict[str, object]
) -> tuple[str, ...]:
    """Choose one wording of each paragraph and fill it in; an empty wording is left out."""
    texts = (random.choice(wordings) for wordings in paragraphs)
    return tuple(text.format_map(words) for text in texts if text)


def _words(random: Random, figures: Figures) -> dict[str, object]:
    """Draw the figures of the prose; those that also stand in a table are taken from there."""
    parts = [random.randint(3, 160) for _ in range(3)]
    return {
        "published": sum(parts),
        "part_a": parts[0],
        "part_b": parts[1],
        "part_c": parts[2],
        "received": figures["requests.received_new", "total"],
        "carried_in": figures["requests.carried_in", "total"],
        "processed": figures["requests.processed_total", "total"],
        "carried_out": figures["requests.carried_out", "total"],
        "cleanups": random.randint(1, 12),
        "links": random.randint(1, 30),
        "points": random.randint(1, 6),
        "trainings": random.randint(1, 8),
        "trainees": random.randint(10, 260),
    }
