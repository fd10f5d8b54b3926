"""Reference tables: loaded from their CSV files, the large one only where these have changed."""

import hashlib
from pathlib import Path

import duckdb
import pandas as pd

from sql.exceptions import WarehouseError
from sql.scripts import script

_SMALL_TABLES = ("indicators", "applicants", "metrics", "rules", "deadlines")
_DIVISION_FILES = ("provinces", "cities", "counties", "townships")


def load_reference(con: duckdb.DuckDBPyConnection, directory: Path) -> None:
    """Bring all reference tables up to date with a folder of CSV files.

    The divisions only where their files, or what is made of them, have changed: 41,352 rows take
    more time than a small night's reports. Raises WarehouseError where a file cannot be read.
    """
    for table in _SMALL_TABLES:
        _load(con, table, {table: directory / f"{table}.csv"})
    files = {name: directory / "divisions" / f"{name}.csv" for name in _DIVISION_FILES}
    digest = _digest("divisions", files)
    loaded = con.execute("select digest from reference_files where name = 'divisions'").fetchone()
    if loaded != (digest,):
        _load(con, "divisions", files)
        con.execute("set variable reference_table = 'divisions'")
        con.execute("set variable reference_digest = ?", [digest])
        con.execute(script("load", "reference_files").text)


def _digest(table: str, files: dict[str, Path]) -> str:
    digest = hashlib.sha256(script("load", table).text.encode())
    for path in files.values():
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise _unreadable(path, error) from error
    return digest.hexdigest()


def _load(con: duckdb.DuckDBPyConnection, table: str, files: dict[str, Path]) -> None:
    for name, path in files.items():
        con.register(f"incoming_{name}", _read(path))
    # truncate would leave the keys in the index until the transaction ends
    con.execute(f"delete from {table}")
    con.execute(script("load", table).text)
    for name in files:
        con.unregister(f"incoming_{name}")


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> WarehouseError:
    return WarehouseError(f"{path} cannot be read: {error} Restore it from the project.")
