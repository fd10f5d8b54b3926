"""What tests of the page share: a warehouse of a small country, and what a page carries."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

from sql import warehouse
from tests.small_country import HEYE, REPORTS, SHICHONGKOU
from tests.small_warehouse import Small, fill, write_reference

# Words that would do harm wherever a page took them for markup.
HOSTILE = "</script><script>document.title='broken'</script><img src=x onerror=alert(1)>镇"
UNPLACED = Small(HOSTILE, township=None, columns={"identity_status": "ambiguous"})
YEARLESS = Small("无年份二", township=HEYE, year=None)

OTHERS = (
    UNPLACED,
    YEARLESS,
    # no number at all, and published late
    Small("石冲口镇旧", township=SHICHONGKOU, year=2022, tables=(), format=None),
)


def make_warehouse(path: Path, *reports: Small) -> Path:
    """Make a warehouse file of some reports; gives its path."""
    reference = path.with_name(f"reference-{path.stem}")
    reference.mkdir()
    with warehouse.connect(path) as con:
        warehouse.create(con, write_reference(reference))
        if reports:
            fill(con, *reports)
    return path


def make_country(path: Path) -> Path:
    """Make the small country, with reports that are tied to no unit or year and hostile words."""
    make_warehouse(path, *REPORTS, *OTHERS)
    with warehouse.connect(path) as con:
        con.execute(
            "insert into findings values (?, 'bytes_replaced', 'warning', null, null, null, null, "
            "null, ?, ?)",
            [UNPLACED.report_id, f"问题{HOSTILE}", f"依据{HOSTILE}"],
        )
    return path


def carried(html: str, part: str) -> dict[str, Any]:
    """Give what a page carries in one of its parts."""
    (packed,) = re.findall(rf'<script type="text/plain" id="{part}">([^<]*)</script>', html)
    unpacked = zlib.decompress(base64.b64decode(packed), wbits=31)
    found: dict[str, Any] = json.loads(unpacked)
    return found


def rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Give columns as rows."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
