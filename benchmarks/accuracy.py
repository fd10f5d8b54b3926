"""What became of every cell of files whose truth is known: the pipeline as it runs, end to end."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.corpus.files import KnownFile, zipped
from flows.ingest import Options, ingest
from flows.settings import read_settings
from sql import warehouse

# Every seventh file comes in an archive, this many in each.
_SEVENTH = 7
_IN_AN_ARCHIVE = 20
FAULTS_IN_TABLES = frozenset(
    [
        "table_missing",
        "row_missing",
        "row_unrecognised",
        "row_ambiguous",
        "header_unrecognised",
        "unreadable_cells",
        "applicants_sum",
        "outcomes_sum",
        "requests_balance",
        "dispute_results_sum",
    ]
)
DIMENSIONS = ("format", "layout", "script", "encoding", "damage")


class Placed(NamedTuple):
    """A file of the inbox, by the path its report will have."""

    source_path: str
    file: KnownFile


def fill(inbox: Path, files: Sequence[KnownFile]) -> list[Placed]:
    """Write files into an inbox, some of them in archives; names go on where they repeat."""
    placed, packed = [], []
    for number, file in enumerate(files):
        name = f"{number:06}/{file.name}"
        if number % _SEVENTH == 0:
            packed.append(file)
            continue
        path = inbox / name
        path.parent.mkdir(parents=True)
        path.write_bytes(file.data)
        placed.append(Placed(name, file))
    for start in range(0, len(packed), _IN_AN_ARCHIVE):
        batch = packed[start : start + _IN_AN_ARCHIVE]
        name = f"archive_{start:06}.zip"
        (inbox / name).write_bytes(zipped(batch))
        placed += [Placed(f"{name}/{file.name}", file) for file in batch]
    return placed


def measure(folder: Path, files: Sequence[KnownFile]) -> pd.DataFrame:
    """Ingest files and give one row a cell that is printed, or that was read and is not printed.

    Columns: source_path, those of `DIMENSIONS`, indicator, applicant, value and value_status each
    as `_printed` and `_read`, outcome (`right`, `unreadable`, `missing`, `wrong` or `invented`),
    and is_said: a finding of the report tells of a fault in a table, or it is in quarantine.
    """
    placed = fill(folder / "inbox", files)
    settings = read_settings(folder / "warehouse.duckdb", {})
    ingest(settings, folder / "inbox", Options())
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        paths = con.table("reports").df().set_index("report_id")["source_path"]
        facts = con.table("facts").df().assign(source_path=lambda f: f["report_id"].map(paths))
        findings = con.table("findings").df()
        quarantine = con.table("quarantine").df()["source_path"]
    told = findings.loc[findings["rule"].isin(FAULTS_IN_TABLES), "report_id"].map(paths)
    cells = pd.DataFrame(_truth(placed)).merge(
        facts[["source_path", "indicator", "applicant", "value", "value_status"]],
        how="outer",
        on=["source_path", "indicator", "applicant"],
        suffixes=("_printed", "_read"),
    )
    cells["outcome"] = _outcomes(cells)
    cells["is_said"] = cells["source_path"].isin({*told, *quarantine})
    return cells.merge(pd.DataFrame(_dresses(placed)), on="source_path")


def _truth(placed: Sequence[Placed]) -> Iterator[dict[str, object]]:
    for path, file in placed:
        for row in file.report.truth():
            yield {
                "source_path": path,
                "indicator": row.indicator,
                "applicant": row.applicant,
                "value": None if row.value is None else float(row.value),
                "value_status": row.value_status,
            }


def _outcomes(cells: pd.DataFrame) -> pd.Series:
    """Judge each cell; values are the same to the four places the warehouse keeps."""
    status = cells["value_status_printed"].eq(cells["value_status_read"])
    value = cells["value_printed"].sub(cells["value_read"]).abs().lt(5e-5)
    outcome = pd.Series("wrong", index=cells.index)
    outcome[cells["value_status_printed"].ne("reported")] = "invented"
    outcome[cells["value_status_read"].isna()] = "missing"
    outcome[cells["value_status_read"].eq("unreadable")] = "unreadable"
    outcome[status & (value | cells["value_printed"].isna())] = "right"
    return outcome


def _dresses(placed: Sequence[Placed]) -> Iterator[dict[str, str]]:
    for path, file in placed:
        dress = file.dress
        yield {
            "source_path": path,
            "format": dress.format,
            "layout": f"{dress.format} {dress.style}",
            "script": dress.script,
            "encoding": dress.encoding or "of the format",
            "damage": dress.damage or "none",
        }
