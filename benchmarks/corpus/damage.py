"""What offices, converters and mirrors do to the tables of a report; each kind is one function.

A damage takes a random generator and the grid of a table and gives another grid. Cells that hold
a figure keep their key, so the truth of a damaged report is what its tables still print.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from random import Random
from typing import Any

from benchmarks.corpus import damage_labels, damage_rows
from benchmarks.corpus.report import KnownReport, TruthRow
from benchmarks.corpus.template import TABLES, Grid

Damage = Callable[[Random, Grid], Grid]

DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        damage_labels.lost_characters,
        damage_labels.wrong_characters,
        damage_labels.torn_labels,
        damage_labels.spaced_labels,
        damage_labels.no_numbering,
        damage_labels.narrow_punctuation,
        damage_labels.short_forms,
        damage_labels.cut_headers,
        damage_labels.instructions,
        damage_rows.missing_row,
        damage_rows.repeated_header,
        damage_rows.blank_rows,
        damage_rows.swapped_rows,
        damage_rows.swapped_columns,
        damage_rows.extra_column,
        damage_rows.total_row_first,
        damage_rows.total_column_first,
        damage_rows.row_numbers,
        damage_rows.title_row,
        damage_rows.note_rows,
        damage_rows.groups_on_every_row,
        damage_rows.groups_lost,
        damage_rows.header_lost,
    )
}


@dataclass(frozen=True, slots=True)
class DamagedReport(KnownReport):
    """A known report whose tables come out damaged, the same way every time."""

    damage: str = "no_numbering"

    def table(self, name: str) -> Grid:
        """Give one official table with its values, damaged."""
        random = Random(f"{self.township_code}{self.damage}{name}")
        return DAMAGES[self.damage](random, KnownReport.table(self, name))

    def truth(self) -> list[TruthRow]:
        """Give the rows of `facts` expected: those whose cell is still printed."""
        printed = {
            cell.key for name in TABLES for row in self.table(name) for cell in row if cell.key
        }
        whole = KnownReport.truth(self)
        return [row for row in whole if (row.indicator, row.applicant) in printed]


def damaged(report: KnownReport, damage: str) -> DamagedReport:
    """Give the report as `damage` (a key of `DAMAGES`) leaves it."""
    values: dict[str, Any] = {f.name: getattr(report, f.name) for f in fields(KnownReport)}
    return DamagedReport(**values, damage=damage)
