"""What tests of single checks share: load reports, ask one rule, read its rows."""

import duckdb
import pandas as pd

from sql import warehouse
from sql.checking import decide_current
from sql.gathered import compare
from sql.scripts import script
from tests.small_warehouse import LOADED_AT, Small, clear, to_frames

REPORT_ID, INDICATOR, APPLICANT, EXPECTED, ACTUAL, DIFFERENCE, MESSAGE, EVIDENCE = range(8)
Body = tuple[Small, int, str | None]

_SECTION_COLUMNS = ["report_id", "section_no", "heading", "body"]


def answers(
    con: duckdb.DuckDBPyConnection, rule: str, *reports: Small, bodies: list[Body] | None = None
) -> list[tuple[object, ...]]:
    """Load reports in place of all there are, and give what a rule says of them.

    A check across reports reads which report is current, so it is asked after that is decided.
    `bodies` are the sections of all reports, where they matter.
    """
    clear(con)
    frames = to_frames(*reports)
    if bodies is not None:
        told = [(report.report_id, section_no, "", body) for report, section_no, body in bodies]
        frames["sections"] = pd.DataFrame(told, columns=_SECTION_COLUMNS, dtype=object)
    warehouse.load_frames(con, frames, "run-1", LOADED_AT)
    decide_current(con)
    compare(con, is_whole=True)
    return con.execute(f"from ({script('checks', rule).text}) order by all").fetchall()
