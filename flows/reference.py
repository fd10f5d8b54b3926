"""The reference data from disk, once a process."""

import csv
import gc
from functools import cache
from pathlib import Path

from transform.reference import Reference, build_reference

REFERENCE_DIR = Path(__file__).resolve().parents[1] / "data" / "reference"

_FILES = {
    "indicators": "indicators.csv",
    "applicants": "applicants.csv",
    "units": "units.csv",
    "sections": "sections.csv",
    "provinces": "divisions/provinces.csv",
    "cities": "divisions/cities.csv",
    "counties": "divisions/counties.csv",
    "townships": "divisions/townships.csv",
    "former_names": "former_names.csv",
    "area_codes": "area_codes.csv",
    "postcodes": "postcodes.csv",
    "metrics": "metrics.csv",
    "narrative_words": "narrative_words.csv",
    "narrative_patterns": "narrative_patterns.csv",
}


@cache
def load_reference() -> Reference:
    """Read `data/reference`; raises OSError where the installation is incomplete."""
    reference = build_reference(
        {name: _rows(REFERENCE_DIR / file) for name, file in _FILES.items()}
    )
    # Kept as long as the process lives: the collector need not look through it time and again.
    gc.collect()
    gc.freeze()
    return reference


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
