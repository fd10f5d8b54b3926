"""A warehouse of some 250 reports, the same for a seed, in which is planted what analysts ask.

Seven counties of six provinces for the years 2019 to 2023, in both formats: consistent figures with
blanks and odd cells, reports that cannot be matched, mirrors, other levels. `planted` says what an
analyst must find; everything else can be worked out from `frames`, which is what was loaded.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

import pandas as pd

from benchmarks.corpus.figures import completed, drawn, plain
from sql import warehouse
from tests.small_warehouse import (
    DIVISION_NAMES,
    GONE,
    LOADED_AT,
    Small,
    read_reference,
    to_frames,
    write_reference,
)

SEED = 20240131
YEARS = (2019, 2020, 2021, 2022, 2023)
# 东城区, 双峰县, 新化县, 阳朔县, 婺源县, 南靖县, 江川区; the city of the first is a placeholder
COUNTIES = ("110101", "431321", "431322", "450321", "361130", "350627", "530403")
UNITS = {
    county: [
        row["code"] for row in read_reference("divisions/townships") if row["areaCode"] == county
    ]
    for county in COUNTIES
}
REPORTING = 7  # of each county; the others never report

GONE_FILES = ("无名镇0", "双峰县2022")

_BAD = ("row_missing",) * 20  # findings of a mirror, so many that the other report stands
_LATE = 20  # days after 31 January
_STRAGGLERS = 5  # reports for 2021 that still use the older format
_HELD_AGAINST_PROSE = {"requests.received_new/total", "requests.carried_in/total"}
_ODD_TEXTS = ("", "", "", "—", "若干", GONE)


@dataclass(frozen=True)
class Planted:
    """What is to be found, a frame a question; organisations by their name and county."""

    late: pd.DataFrame  # org_name, report_year, days_late
    copied: pd.DataFrame  # org_name, report_year, relation, other_org_name, other_report_year
    growing: pd.DataFrame  # org_name, report_year, requests_received
    contradicted: pd.DataFrame  # org_name, report_year, stated, printed
    absent: pd.DataFrame  # township_code, report_year: reporting townships that left a year out
    mirrored: pd.DataFrame  # report_id of reports that do not stand


@dataclass(frozen=True)
class Generated:
    """The file, the frames it was made from and what is planted in it."""

    path: Path
    frames: dict[str, pd.DataFrame]
    planted: Planted


@dataclass
class _World:
    """Everything said so far, while reports are written one after the other."""

    random: Random
    reports: list[Small] = field(default_factory=list)
    sections: list[tuple[str, int, str, str]] = field(default_factory=list)
    stated: list[tuple[str, int, str, object, bool]] = field(default_factory=list)
    rows: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def plant(self, kind: str, *row: object) -> None:
        self.rows.setdefault(kind, []).append(row)


def generate(directory: Path, seed: int = SEED) -> Generated:
    """Make the warehouse `generated.duckdb` in a directory."""
    world = _World(Random(seed))
    for number, county in enumerate(COUNTIES):
        for place, code in enumerate(UNITS[county][:REPORTING]):
            for year in YEARS:
                _report(world, code, year, number * REPORTING + place)
    _others(world)
    frames = _frames(world)
    path = directory / "generated.duckdb"
    with warehouse.connect(path) as con:
        warehouse.create(con, write_reference(directory, COUNTIES))
        warehouse.load_frames(con, frames, "run-1", LOADED_AT)
        warehouse.record_files(con, _files(frames["reports"]))
        warehouse.mark_gone(con, [f"{name}.html" for name in GONE_FILES])
        warehouse.finish_load(con, "run-1")
        warehouse.verify(con)
    return Generated(path, frames, _planted(world.rows))


def _report(world: _World, code: str, year: int, number: int) -> None:
    """Write the report of a township for a year, or leave it out."""
    if _is_absent(number, year):
        world.plant("absent", code, year)
        return
    name = DIVISION_NAMES[code]
    is_older = year < 2021 or (
        year == 2021 and number % 8 == 3 and number // REPORTING < _STRAGGLERS
    )
    report_format = "2019" if is_older else "2021"
    cells, received = _cells(world.random, report_format, year, number)
    if number % 16 == 5:
        world.plant("growing", name, year, received)
    published_on = _published(world, name, year, number)
    report = Small(
        f"{code}-{year}",
        township=code,
        year=year,
        format=report_format,
        cells=cells,
        findings=("row_missing",) if number % 9 == year % 9 else (),
        columns={"org_name": name, "published_on": published_on},
    )
    world.reports.append(report)
    if number % 10 == 4:
        mirror = Small(f"{code}-{year}-mirror", code, year, report_format, cells, findings=_BAD)
        world.reports.append(mirror)
        world.plant("mirrored", mirror.report_id)
        _prose(world, mirror, code, year, received, number=-1)
    _prose(world, report, code, year, received, number)


def _is_absent(number: int, year: int) -> bool:
    return (number + year) % 11 == 0


def _cells(
    random: Random, report_format: str, year: int, number: int
) -> tuple[dict[str, object], Decimal]:
    """Figures whose sums are right, some left out or odd; and how many requests were received."""
    if number % 16 == 5:
        requests = 3 * 2 ** (year - YEARS[0])
        rows = ("requests.received_new", "requests.granted")
        figures = completed({(row, "natural_person"): requests for row in rows}, report_format)
    else:
        figures = drawn(random, report_format)
    cells: dict[str, object] = {
        f"{indicator}/{applicant}" if applicant else indicator: plain(value)
        for (indicator, applicant), value in figures.items()
    }
    received = figures["requests.received_new", "total"]
    if random.random() < 0.2 and number % 16 != 5:
        for key in random.sample(sorted(set(cells) - _HELD_AGAINST_PROSE), 9):
            cells[key] = random.choice(_ODD_TEXTS)
    return cells, received


def _published(world: _World, name: str, year: int, number: int) -> datetime.date | None:
    """Give the day: one in seven is late, one in eight not known."""
    if (number + year) % 8 == 0:
        return None
    if (number + year) % 7 == 0:
        world.plant("late", name, year, _LATE)
        return datetime.date(year + 1, 1, 31) + datetime.timedelta(_LATE)
    return datetime.date(year + 1, 1, world.random.randint(5, 31))


def _prose(
    world: _World, report: Small, code: str, year: int, received: Decimal, number: int
) -> None:
    """Write the sections and the figures they state; `number` chooses what is odd about them."""
    source, source_year = code, year
    if number % 6 == 1 and year == 2022 and not _is_absent(number, year - 1):
        source_year = year - 1
        world.plant("copied", *_copy(code, year, "last_year", code, source_year))
    place = UNITS[code[:6]].index(code)
    if number % 6 == 4 and year == 2023 and place and not _is_absent(number - 1, year):
        source = UNITS[code[:6]][place - 1]
        world.plant("copied", *_copy(code, year, "neighbour", source, year))
        world.plant("copied", *_copy(source, year, "neighbour", code, year))
    stated = received
    if number % 13 == 6:
        stated = received + 30
        world.plant("contradicted", report.columns["org_name"], year, int(stated), int(received))
    sentence = f"全年收到政府信息公开申请{stated}件"
    overview = [*_sentences(source, source_year, "一"), sentence]
    world.sections += [
        (report.report_id, 1, "一、总体情况", "。".join(overview)),
        (report.report_id, 5, "五、存在的主要问题", "。".join(_sentences(code, year, "五"))),
        (report.report_id, 6, "六、其他需要报告的事项", "未收取信息处理费。"),
    ]
    disclosed = world.random.randint(10, 900)
    world.stated += [
        (report.report_id, 1, "requests_received", stated, False),
        (report.report_id, 1, "disclosed_total", disclosed, number % 6 == 1),
    ]
    if number % 5 == 2:
        world.stated.append((report.report_id, 1, "disclosed_website", disclosed // 2, False))
    if number % 5 == 3:
        # nobody knows which of the two is meant
        world.stated.append((report.report_id, 5, "disclosed_total", disclosed + 1, False))


def _sentences(code: str, year: int, section: str) -> list[str]:
    name = DIVISION_NAMES[code]
    return [
        f"{name}在{year}年把第{section}部分第{number}项工作落到了实处" for number in range(1, 8)
    ]


def _copy(code: str, year: int, relation: str, other: str, other_year: int) -> tuple[object, ...]:
    return DIVISION_NAMES[code], year, relation, DIVISION_NAMES[other], other_year


def _others(world: _World) -> None:
    """Add what is no township's one report: unmatched, ambiguous, other levels, without a year."""
    known = {"county_name": "双峰县", "city_name": "娄底市", "province_name": "湖南省"}
    requests = {"requests.received_new/natural_person": "7", "requests.received_new/total": "7"}
    for number in range(4):
        world.reports += [
            Small(f"无名镇{number}", township=None, year=2022 + number % 2, cells=requests),
            Small(
                f"歧义镇{number}",
                township=None,
                year=2022,
                cells=requests,
                columns={"identity_status": "ambiguous", **known},
            ),
        ]
    for year in (2022, 2023):
        county = {"org_level": "county", "org_name": "双峰县", **known}
        world.reports.append(Small(f"双峰县{year}", None, year, cells=requests, columns=county))
    world.reports.append(
        Small("双峰县民政局", None, 2023, columns={"org_level": "department", **known})
    )
    world.reports.append(Small("无年份", township=UNITS["431321"][0], year=None))


def _frames(world: _World) -> dict[str, pd.DataFrame]:
    frames = to_frames(*world.reports)
    sections = pd.DataFrame(world.sections, columns=frames["sections"].columns, dtype=object)
    stated = [
        (report_id, section_no, metric, None, str(value), "件", about, f"{metric}：{value}。")
        for report_id, section_no, metric, value, about in world.stated
    ]
    columns = frames["narrative_facts"].columns
    return frames | {
        "sections": sections,
        "narrative_facts": pd.DataFrame(stated, columns=columns, dtype=object),
    }


def _files(reports: pd.DataFrame) -> pd.DataFrame:
    """Give the books of the inbox: every report has its one file."""
    columns = {"source_path": "source_path", "source_bytes": "size", "source_sha256": "sha256"}
    files = reports[["report_id", *columns]].rename(columns=columns)
    return files.assign(mtime_ns=1, version="1", outcome="report", seen_run_id="run-1")


def _planted(rows: dict[str, list[tuple[object, ...]]]) -> Planted:
    who = ["org_name", "report_year"]
    other = ["relation", "other_org_name", "other_report_year"]
    return Planted(
        late=pd.DataFrame(rows["late"], columns=[*who, "days_late"]),
        copied=pd.DataFrame(rows["copied"], columns=[*who, *other]),
        growing=pd.DataFrame(rows["growing"], columns=[*who, "requests_received"]),
        contradicted=pd.DataFrame(rows["contradicted"], columns=[*who, "stated", "printed"]),
        absent=pd.DataFrame(rows["absent"], columns=["township_code", "report_year"]),
        mirrored=pd.DataFrame(rows["mirrored"], columns=["report_id"]),
    )
