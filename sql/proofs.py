"""Prove what the schema does not: of a whole warehouse, or of what a load has changed.

A load deletes and inserts rows of the reports that changed, and of those these are compared with;
it names them all. What it does not name is as it was when it was proved before, so its proofs ask
for what it names, and what is cheap is asked of everything.
"""

from itertools import groupby

import duckdb

from sql.connections import transaction
from sql.exceptions import WarehouseError, explained
from sql.scope import by_report, only
from sql.scripts import Script, script

# Each proof may rely on those before it: counts mean little where keys repeat.
PROOFS = ("keys", "orphans", "codes", "gathered", "counts", "current", "peers", "reused_texts")
_ADVICE = "Do not publish this warehouse; ingest again with --full."
_FAILED = "The warehouse cannot be verified"
# Which reports a proof of a scope is asked of after a load; none, of all of them.
_CHANGED = {"report": "loaded_reports", "alike": "alike_reports"}
_ALL_YEARS = "select report_year from reports union select report_year from peer_statistics"
_IS_WHOLE = "select 2 * count(*) > (select count(*) from reports) from loaded_reports"
_LOADED_YEARS = "select report_year from loaded_reports"


def verify(con: duckdb.DuckDBPyConnection) -> None:
    """Prove what the schema does not: keys, codes, one current report a year, counts of views.

    Raises WarehouseError naming the first breach.
    """
    with explained(_FAILED, _ADVICE):
        con.execute(f"create or replace temp table proved_years as {_ALL_YEARS}")
    for name in PROOFS:
        _prove(con, script("verify", name))


def verify_load(con: duckdb.DuckDBPyConnection) -> None:
    """Prove what the last `finish_load` of this connection has changed, as `verify` does.

    Raises WarehouseError where there was none.
    """
    with explained(_FAILED, _ADVICE):
        ((is_whole,),) = con.execute(_IS_WHOLE).fetchall()
    if is_whole:
        verify(con)
        return
    with explained(_FAILED, _ADVICE), transaction(con):
        con.execute(f"create or replace temp table proved_years as {_LOADED_YEARS}")
        proofs = [script("verify", name) for name in PROOFS]
        for scope, asked in groupby(proofs, lambda proof: proof.header["scope"]):
            _prove_in_scope(con, scope, list(asked))


def _prove_in_scope(con: duckdb.DuckDBPyConnection, scope: str, proofs: list[Script]) -> None:
    tables: set[str] = set()
    if scope in _CHANGED:
        con.execute(
            "create or replace temp table scope_reports as "
            f"select distinct report_id from {_CHANGED[scope]}"
        )
        tables = by_report(proofs)
    if scope == "alike":
        # what a report is alike need not have changed
        tables -= {"reports"}
    with only(con, tables):
        for proof in proofs:
            _prove(con, proof)


def _prove(con: duckdb.DuckDBPyConnection, proof: Script) -> None:
    with explained(_FAILED, _ADVICE):
        breach = con.execute(proof.text).fetchone()
    if breach:
        raise WarehouseError(f"{breach[0]} ({proof.header['purpose']}). {_ADVICE}")
