"""Checks and comparisons at the end of a load: anew for what has changed, kept for the rest.

`changed_reports` says what has: reports that came, that were corrected otherwise than before, and
those of which it is decided otherwise whether they stand. Where most have, all are taken.
"""

import hashlib
from collections.abc import Iterable

import duckdb

from sql.corrections import dismiss_findings
from sql.gathered import compare
from sql.reference import SMALL_TABLES, is_made_of, remember
from sql.scope import choose, narrowed, worked_out
from sql.scripts import Script, script, scripts

# Work in this order: findings that follow from a report alone help to decide which one stands.
_FIRST, _LATER = ("report",), ("organisation", "alike")
# What the answers of checks and comparisons rest on, besides reports.
_FOLDERS = ("staging", "marts", "checks", "load", "scope")
_DIVISIONS = "select digest from reference_files where name = 'divisions'"


def change_all_if_outdated(con: duckdb.DuckDBPyConnection) -> None:
    """Have everything checked anew where checks, views or reference tables are not those of before.

    So it is in a warehouse that was made before it was remembered what the checks rested on.
    """
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for found in scripts(folder):
            digest.update(f"{found.name}{found.header}{found.text}".encode())
    for rows in (_DIVISIONS, *(f"from {table} order by all" for table in SMALL_TABLES)):
        digest.update(repr(con.execute(rows).fetchall()).encode())
    if not is_made_of(con, "checks", digest.hexdigest()):
        change_all(con)
        remember(con, "checks", digest.hexdigest())


def change_all(con: duckdb.DuckDBPyConnection) -> None:
    """Have everything checked anew."""
    con.execute(script("load", "changed_whole").text)


def check(con: duckdb.DuckDBPyConnection) -> None:
    """Run all checks, decide which reports are current, and compare these.

    Checks of one report run before that is decided, for their findings help to decide it, the
    others after it. What has not changed, and is compared with nothing that has, is left alone.
    """
    ((is_whole,),) = con.execute(script("load", "changed_mostly").text).fetchall()
    if is_whole:
        change_all(con)
    _run_checks(con, _FIRST, is_whole)
    decide_current(con)
    compare(con, is_whole)
    _run_checks(con, _LATER, is_whole)


def _run_checks(con: duckdb.DuckDBPyConnection, scopes: Iterable[str], is_whole: bool) -> None:
    for scope in scopes:
        checks = _checks([scope])
        choose(con, "report" if is_whole else scope)
        con.execute("set variable rules = ?", [[found.name for found in checks]])
        con.execute(script("load", "old_check_findings").text)
        with narrowed(con, checks, is_whole), worked_out(con, checks):
            for found in checks:
                con.execute(f"create or replace temp view check_rows as {found.text}")
                con.execute("set variable rule = ?", [found.name])
                con.execute(script("load", "check_findings").text)
        con.execute("drop view temp.check_rows")
    # before the next checks, and before it is decided by findings which report is current
    dismiss_findings(con)


def decide_current(con: duckdb.DuckDBPyConnection) -> None:
    """Decide which report stands for its organisation and year."""
    con.execute("set variable later_rules = ?", [[found.name for found in _checks(_LATER)]])
    con.execute(script("load", "current_reports").text)


def _checks(scopes: Iterable[str]) -> list[Script]:
    return [found for found in scripts("checks") if found.header["scope"] in scopes]
