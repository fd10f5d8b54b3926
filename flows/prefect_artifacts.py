"""What came of a run, as tables that Prefect keeps with the flow run and shows.

They hold no links and nothing that is not in the warehouse. A temporary server keeps them as well:
its database stays, and `gongkai serve` shows it.
"""

import logging

import httpx
from prefect.artifacts import create_table_artifact
from prefect.exceptions import PrefectException

from flows.outcome import COUNTS, FINDINGS, QUARANTINE
from flows.records import RunSummary
from flows.settings import Settings
from sql import warehouse
from sql.warehouse import WarehouseError

MOST_QUARANTINED = 100
_NEWEST = "from quarantine order by last_run_id desc, source_path limit ?"

logger = logging.getLogger(__name__)
Row = dict[str, object]


def leave_artifacts(settings: Settings, summary: RunSummary) -> None:
    """Leave the tables of a run with its flow run; that they cannot be kept is a warning."""
    place = settings.warehouse.name
    counts: list[Row] = [{"what": name, "number": n} for name, n in summary.counts().items()]
    try:
        _leave(COUNTS, counts, f"Counts of a run over {place}")
        found: list[Row] = [row._asdict() for row in summary.new_findings]
        _leave(FINDINGS, found, f"Findings in {place} that this run brought, by rule")
        rows, total = _quarantine(settings)
        shown = f", the newest {len(rows)} of {total}" if len(rows) < total else ""
        _leave(QUARANTINE, rows, f"Files in the quarantine of {place}{shown}")
    except (httpx.HTTPError, PrefectException, WarehouseError, OSError) as error:
        logger.warning("Prefect did not keep the tables of this run: %s", error)


def _leave(key: str, rows: list[Row], description: str) -> None:
    create_table_artifact(rows, key=key, description=f"{description}.")


def _quarantine(settings: Settings) -> tuple[list[Row], int]:
    """Give the newest files of the quarantine, and how many there are."""
    if not settings.warehouse.exists():
        return [], 0
    with warehouse.closing(warehouse.connect(settings.warehouse, read_only=True)) as con:
        found = con.execute(_NEWEST, [MOST_QUARANTINED])
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return rows, len(con.table("quarantine"))
