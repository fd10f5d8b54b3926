"""Frames of the reports of whole years, a thousand reports at a time, as the loader takes them."""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.corpus import template
from benchmarks.corpus.places import Place, places
from benchmarks.country.figures import Numbers, Random, drawn, positions
from benchmarks.country.prose import narrative_facts, sections

Frames = dict[str, pd.DataFrame]

REPORTS_A_SHARD = 1_000
_STATUSES = ("reported", "blank", "not_applicable", "unreadable")
_ODD_STATUSES = [1] * 60 + [2] * 39 + [3]
_RULES = ("row_missing", "section_missing", "scar_unrepaired", "identity_contradictory")
_AMBIGUOUS = 0.02  # share of reports that cannot be matched, in whose place a unit is missing


def shards(seed: int, years: Sequence[int], reports: int | None = None) -> Iterator[Frames]:
    """Give the frames of all townships, or of the first `reports`, year by year."""
    townships = list(places().values())[:reports]
    for year in years:
        for start in range(0, len(townships), REPORTS_A_SHARD):
            yield _shard(seed, year, start, townships[start : start + REPORTS_A_SHARD])


def format_of(year: int) -> str:
    """Give the format a year's reports are in."""
    return "2021" if year >= 2021 else "2019"


def _shard(seed: int, year: int, start: int, townships: Sequence[Place]) -> Frames:
    random = np.random.default_rng([seed, year, start])
    ids = [_sha256(seed, year, place)[:16] for place in townships]
    carried = (
        _carried_out(seed, year - 1, start, len(ids)),
        _carried_out(seed, year, start, len(ids)),
    )
    cells = drawn(random, format_of(year), carried)
    received = cells[:, positions(format_of(year))["requests.received_new", "total"]]
    return {
        "reports": _reports(random, seed, year, start, townships),
        "facts": _facts(random, format_of(year), ids, cells),
        "sections": sections(seed, year, ids, townships),
        "narrative_facts": narrative_facts(ids, received.tolist(), seed),
        "findings": _findings(random, ids),
        "repairs": _repairs(ids),
    }


def _sha256(seed: int, year: int, place: Place) -> str:
    return hashlib.sha256(f"{seed}:{year}:{place.code}".encode()).hexdigest()


def _carried_out(seed: int, year: int, start: int, rows: int) -> Numbers:
    """Requests carried out of a year, the same when the year after asks for them."""
    random = np.random.default_rng([seed, year, start, 1])
    return (random.random(rows) < 0.05).astype(np.float64)


def _reports(
    random: Random, seed: int, year: int, start: int, townships: Sequence[Place]
) -> pd.DataFrame:
    rows = len(townships)
    habits = np.random.default_rng([seed, start]).random(rows)
    is_matched = habits >= _AMBIGUOUS
    day = datetime.date(year + 1, 1, 1)
    days = random.integers(0, 33, rows)
    codes = [place.code for place in townships]
    return pd.DataFrame(
        {
            "report_id": [_sha256(seed, year, place)[:16] for place in townships],
            "source_path": [f"{year}/{place.code}.html" for place in townships],
            "source_sha256": [_sha256(seed, year, place) for place in townships],
            "source_bytes": random.integers(8_000, 60_000, rows),
            "reader": "html",
            "encoding": "utf-8",
            "encoding_method": "utf-8",
            "script": "simplified",
            "is_scarred": False,
            "title": [f"{p.township_name}{year}年政府信息公开工作年度报告" for p in townships],
            "org_name": [place.township_name for place in townships],
            "org_level": "township",
            "township_code": np.where(is_matched, codes, None),
            "township_name": [place.township_name for place in townships],
            "county_name": [place.county_name for place in townships],
            "city_name": [place.city_name for place in townships],
            "province_name": [place.province_name for place in townships],
            "identity_status": np.where(is_matched, "matched", "ambiguous"),
            "report_year": year,
            "period_start": datetime.date(year, 1, 1),
            "period_end": datetime.date(year, 12, 31),
            "published_on": [
                None if late > 31 else day + datetime.timedelta(late + (late == 31) * 9)
                for late in days.tolist()
            ],
            "format": format_of(year),
            "status": "complete",
        }
    )


@cache
def _columns(report_format: str, rows: int) -> dict[str, pd.Categorical | npt.NDArray[np.int32]]:
    """What the facts of every shard have alike."""
    keys = template.keys(report_format)
    units = template.units(report_format)
    each = np.arange(len(keys), dtype=np.int32)
    return {
        "indicator": pd.Categorical([key for key, _ in keys] * rows),
        "applicant": pd.Categorical([who for _, who in keys] * rows),
        "unit": pd.Categorical([units[key] for key, _ in keys] * rows),
        "table_index": np.zeros(len(keys) * rows, dtype=np.int32),
        "row_index": np.tile(each // 7, rows),
        "column_index": np.tile(each % 7, rows),
    }


def _facts(random: Random, report_format: str, ids: Sequence[str], cells: Numbers) -> pd.DataFrame:
    values = cells.ravel()
    # a report with blanks has many of them
    odd = (random.random(cells.shape) < (random.random((len(ids), 1)) < 0.1) * 0.3).ravel()
    odd &= values == 0
    statuses = np.where(odd, random.choice(_ODD_STATUSES, len(values)), 0)
    printed, which = np.unique(values, return_inverse=True)
    printings = [*(f"{value:g}" for value in printed), ""]
    texts = pd.Categorical.from_codes(np.where(odd, len(printed), which), printings)
    return pd.DataFrame(
        {
            "report_id": pd.Categorical.from_codes(
                np.repeat(np.arange(len(ids)), cells.shape[1]), list(ids)
            ),
            "value": np.where(odd, np.nan, values),
            "value_status": pd.Categorical.from_codes(statuses, list(_STATUSES)),
            "raw_text": texts,
            **_columns(report_format, len(ids)),
        }
    )


def _findings(random: Random, ids: Sequence[str]) -> pd.DataFrame:
    """Give what was found while reading; the checks in SQL find as much again."""
    count = random.poisson(1.5, len(ids))
    names = np.repeat(np.array(ids), count)
    frame = pd.DataFrame({"report_id": names, "rule": random.choice(_RULES, len(names))})
    empty = dict.fromkeys(("indicator", "applicant", "expected", "actual", "evidence"))
    return frame.assign(message="没有找到这一行。", **empty)


def _repairs(ids: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "report_id": list(ids),
            "step": "restore_lost_spaces",
            "count": 2,
            "example_before": "为?2022年",
            "example_after": "为2022年",
        }
    )
