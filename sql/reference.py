"""Reference tables: loaded from their CSV files, the large one only where these have changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd

from sql.exceptions import WarehouseError
from sql.scripts import script

SMALL_TABLES = ("indicators", "applicants", "metrics", "rules", "deadlines")
_DIVISION_FILES = ("provinces", "cities", "counties", "townships")


def load_reference(con: duckdb.DuckDBPyConnection, directory: Path) -> None:
    """Bring all reference tables up to date with a folder of CSV files.

    The divisions only where their files, or what is made of them, have changed: 41,352 rows take
    more time than a small night's reports. Raises WarehouseError where a file cannot be read.
    """
    for table in SMALL_TABLES:
        _load(con, table, {table: directory / f"{table}.csv"})
    files = {name: directory / "divisions" / f"{name}.csv" for name in _DIVISION_FILES}
    digest = _digest(files.values(), script("load", "divisions").text)
    if not is_made_of(con, "divisions", digest):
        _load(con, "divisions", files)
        remember(con, "divisions", digest)


def is_made_of(con: duckdb.DuckDBPyConnection, name: str, digest: str) -> bool:
    """Tell whether what is made at every load was last made of this."""
    known = con.execute("select digest from reference_files where name = ?", [name]).fetchone()
    return known == (digest,)


def remember(con: duckdb.DuckDBPyConnection, name: str, digest: str) -> None:
    """Note what something was made of."""
    con.execute("set variable reference_name = ?", [name])
    con.execute("set variable reference_digest = ?", [digest])
    con.execute(script("load", "reference_files").text)


def _digest(files: Iterable[Path], statement: str) -> str:
    digest = hashlib.sha256(statement.encode())
    for path in files:
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
