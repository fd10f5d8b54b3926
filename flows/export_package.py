"""`datapackage.json`: what an export holds, as a Data Package of Frictionless Data, version 1.

https://specs.frictionlessdata.io/data-package/ and /tabular-data-package/. Equal warehouses give
equal packages: the moment stated is the end of the last run, no clock is asked.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from flows.drafts import replacing
from flows.export_scope import Scope
from flows.export_tables import ExportColumn, ExportTable, Written
from flows.reference import REFERENCE_DIR
from sql import exports

NAME = "datapackage.json"

_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# RFC 4180. The byte order mark is no part of a dialect: readers of utf-8 pass over it.
_CSV = {
    "encoding": "utf-8",
    "dialect": {
        "delimiter": ",",
        "lineTerminator": "\r\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "skipInitialSpace": False,
        "header": True,
    },
}
_TYPES = {
    "varchar": "string",
    "boolean": "boolean",
    "date": "date",
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("tinyint", "smallint", "integer", "bigint", "hugeint"), "integer"),
}


def write_package(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    kind: str,
    scope: Scope,
    written: Sequence[Written],
) -> None:
    """Describe what was written to `folder`, with size and SHA-256 of every file."""
    template = json.loads((REFERENCE_DIR / "export_package.json").read_text(encoding="utf-8"))
    profile = "tabular-data-package" if kind == "csv" else "data-package"
    package = {"profile": profile, **template, **_restriction(scope)}
    if ended := exports.last_run_ended(con):
        package["created"] = f"{ended.isoformat(timespec='seconds')}Z"
    files = {name: _file(folder, name) for one in written for name in one.files}
    package["resources"] = [_resource(one, kind, files) for one in written]
    with replacing(folder / NAME) as draft:
        draft.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _restriction(scope: Scope) -> dict[str, Any]:
    """What the export is restricted to, for readers and for programs."""
    counties = [{"code": county.code, "name": county.path} for county in scope.counties]
    given = {"counties": counties, "years": list(scope.years)}
    return {"restricted_to": given} if counties or scope.years else {}


def _file(folder: Path, name: str) -> dict[str, Any]:
    with (folder / name).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return {"path": name, "bytes": stream.tell(), "hash": f"sha256:{digest}"}


def _resource(written: Written, kind: str, files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe what was written of a view; of several files each stands in `parts`."""
    table = written.table
    parts = [files[name] for name in written.files]
    description = _description(table)
    return {
        # A view may go on in a second sheet, and a name is given once.
        "name": table.name if written.part == 1 else f"{table.name}_{written.part}",
        "profile": "tabular-data-resource" if kind == "csv" else "data-resource",
        "title": table.title,
        **({"description": description} if description else {}),
        **(parts[0] if len(parts) == 1 else {"path": list(written.files), "parts": parts}),
        "format": kind,
        "mediatype": _MEDIA_TYPES[kind],
        **(_CSV if kind == "csv" else {}),
        **({"dialect": {"excel": {"sheet": written.sheet}}} if written.sheet else {}),
        "rows": written.rows,
        "schema": _schema(table),
    }


def _description(table: ExportTable) -> str:
    return "; ".join(filter(None, (table.description, table.unrestricted)))


def _schema(table: ExportTable) -> dict[str, Any]:
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
    }


def _field(column: ExportColumn) -> dict[str, Any]:
    return {
        "name": column.header,
        "type": _TYPES.get(column.type, "any"),
        "title": column.title,
        **({"description": column.description} if column.description else {}),
        **({"constraints": {"required": True}} if column.is_required else {}),
    }
