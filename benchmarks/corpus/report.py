"""A report whose every figure is known."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from benchmarks.corpus import template
from benchmarks.corpus.template import Grid, GridCell, Key

SECTION_HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
# Section number (1 to 6) to the table that stands in it.
SECTION_TABLES = {2: "disclosure", 3: "requests", 4: "disputes"}
NUMERALS = "一二三四五六"


class Reading(NamedTuple):
    """What a printed text means: a value in the indicator's unit, and its status."""

    value: Decimal | None
    status: str = "reported"


class TruthRow(NamedTuple):
    """One expected row of `facts`."""

    indicator: str
    applicant: str | None
    value: Decimal | None
    value_status: str
    unit: str
    raw_text: str


@dataclass(frozen=True, slots=True)
class KnownReport:
    """What one report says, before any layout.

    `values` holds the printed text of every value cell, None for a blank one; a text that is
    not a plain decimal number has its meaning in `readings`. `sections` are the paragraphs of
    the six sections, `preamble` those in front of the first.
    """

    township_code: str
    org_name: str
    issuer: str
    county_name: str
    city_name: str | None
    province_name: str
    year: int
    format: str
    sections: tuple[tuple[str, ...], ...]
    values: Mapping[Key, str | None]
    readings: Mapping[Key, Reading] = field(default_factory=dict)
    preamble: tuple[str, ...] = ()
    published_on: datetime.date | None = None

    @property
    def title(self) -> str:
        """The headline, with the county in front as most offices print it."""
        return f"{self.county_name}{self.issuer}{self.year}年政府信息公开工作年度报告"

    def table(self, name: str) -> Grid:
        """Give one official table (`disclosure`, `requests`, `disputes`) with its values."""
        return tuple(
            tuple(self._filled(cell) for cell in row) for row in template.grid(self.format, name)
        )

    def section_table(self, number: int) -> Grid | None:
        """Give the table that stands in a section (1 to 6), if one does."""
        return self.table(SECTION_TABLES[number]) if number in SECTION_TABLES else None

    def truth(self) -> list[TruthRow]:
        """Give the rows of `facts` expected of this report, in the order of the form."""
        units = template.units(self.format)
        rows = []
        for key in template.keys(self.format):
            reading = self._reading(key)
            text = self.values[key] or ""
            rows.append(TruthRow(*key, reading.value, reading.status, units[key[0]], text))
        return rows

    def _reading(self, key: Key) -> Reading:
        text = self.values[key]
        if text is None:
            return Reading(None, "blank")
        return self.readings.get(key) or Reading(Decimal(text))

    def _filled(self, cell: GridCell) -> GridCell:
        return cell._replace(text=self.values[cell.key] or "") if cell.key else cell


def issuer_of(township_name: str) -> str:
    """Name the office that reports for a township-level unit."""
    if township_name.endswith("街道"):
        return f"{township_name}办事处"
    if township_name.endswith(("镇", "乡", "苏木")):
        return f"{township_name}人民政府"
    return township_name
