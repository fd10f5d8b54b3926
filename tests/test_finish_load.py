"""Night after night gives what checking everything anew would give, whatever came in which order.

Reports of the generated warehouse come a few at a time, change, move to other places and years,
take the files of others, and are corrected; after each night everything is taken for changed.
"""

from random import Random

import pandas as pd
import pytest

from benchmarks.growth_bench import measured
from sql import gathered as gathering
from sql import warehouse
from sql.checking import change_all
from sql.exceptions import WarehouseError
from sql.scripts import script, scripts
from tests.generated_warehouse import COUNTIES, UNITS, generate
from tests.small_warehouse import (
    LOADED_AT,
    Small,
    fill,
    known,
    load_corrections,
    write_reference,
)

NIGHTS = 6
TABLES = [table.name for table in scripts("schema") if table.text.startswith("create table")]


@pytest.fixture(scope="module")
def frames(tmp_path_factory):
    return generate(tmp_path_factory.mktemp("generated")).frames


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return write_reference(tmp_path_factory.mktemp("reference"), COUNTIES)


@pytest.fixture
def con(reference):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, reference)
        yield con


def content(con):
    """Every table as rows, those of a table in one order."""
    return {name: con.table(name).order("all").fetchall() for name in TABLES}


def chosen(frames, ids):
    return {
        name: frame[frame["report_id"].isin(ids)].reset_index(drop=True).copy()
        for name, frame in frames.items()
    }


def altered(night, random):
    """Read some of the reports otherwise: another place, year or file, other figures and words."""
    reports, facts, sections = night["reports"], night["facts"], night["sections"]
    for row in reports.index:
        kind = random.choice(["as it was", "place", "year", "file", "unknown", "status"])
        if kind == "place":
            code = random.choice(UNITS[random.choice(COUNTIES)])
            reports.loc[row, ["township_code", "identity_status"]] = [code, "matched"]
        elif kind == "year":
            reports.loc[row, "report_year"] = random.randint(2019, 2023)
        elif kind == "file":
            reports.loc[row, "source_path"] = f"{random.randint(0, 9)}.html"
        elif kind == "unknown":
            reports.loc[row, ["township_code", "identity_status"]] = [None, "unmatched"]
        elif kind == "status":
            reports.loc[row, "status"] = "partial"
    reported = facts.index[facts["value_status"] == "reported"]
    for row in random.sample(list(reported), min(len(reported), 3)):
        number = random.choice(["-3", "4000", "0.5", "1"])
        facts.loc[row, ["value", "raw_text"]] = [number, number]
    if len(sections) > 1 and random.random() < 0.5:
        sections.loc[random.choice(sections.index), "body"] = sections.loc[
            sections.index[0], "body"
        ]
    return night


def books(night, random):
    """Say which file holds which report; some files hold a report that came before."""
    pairs = zip(night["reports"]["source_path"], night["reports"]["report_id"], strict=True)
    rows = [known(path, report_id) for path, report_id in pairs if random.random() < 0.8]
    return pd.DataFrame({row["source_path"]: row for row in rows}.values())


def lines(con, random):
    """Correct a few things that stand in the warehouse, those corrected before among them."""
    kept = con.execute(
        "select report_id, action, indicator, applicant, rule, old, new from corrections"
    ).df()
    found = con.execute("from findings order by all").df()
    cells = con.execute("from facts where value_status = 'reported' order by all").df()
    told = [row for row in kept.to_dict("records") if random.random() < 0.7]
    for _ in range(2):
        if len(found):
            row = found.iloc[random.randrange(len(found))]
            told.append({"report_id": row["report_id"], "action": "dismiss", "rule": row["rule"]})
        row = cells.iloc[random.randrange(len(cells))]
        told.append(
            {
                **row[["report_id", "indicator", "applicant"]],
                "action": "value",
                "old": row["raw_text"],
                "new": random.choice(["0", "900", None]),
            }
        )
    random.shuffle(told)
    keys = ("report_id", "action", "indicator", "applicant", "rule")
    told = [{name: None if pd.isna(v) else v for name, v in row.items()} for row in told]
    # one line a cell, and one a rule of a report
    return list({tuple(row.get(key) for key in keys): row for row in told}.values())


def finish(con):
    """Finish, and give how many corrections hold; none where one fits nothing any more."""
    try:
        warehouse.finish_load(con, "run-1")
    except WarehouseError as error:
        assert "Corrections that fit nothing" in str(error)  # noqa: PT017
        load_corrections(con)
        warehouse.finish_load(con, "run-1")
    return len(con.table("corrections"))


@pytest.mark.parametrize("seed", range(2))
def test_nights_give_what_checking_everything_gives(con, frames, seed):
    random = Random(seed)
    ids = sorted(set(frames["reports"]["report_id"]))
    random.shuffle(ids)
    count_partly = count_corrections = 0
    for number in range(NIGHTS):
        came, ids = ids[: 80 if number == 0 else 6], ids[80 if number == 0 else 6 :]
        there = [name for (name,) in con.execute("select report_id from reports").fetchall()]
        again = random.sample(sorted(there), min(len(there), 4))
        night = altered(chosen(frames, {*came, *again}), random)
        if number:
            load_corrections(con, *lines(con, random))
        warehouse.load_frames(con, night, "run-1", LOADED_AT)
        warehouse.record_files(con, books(night, random))
        ((is_whole,),) = con.execute(script("load", "changed_mostly").text).fetchall()
        count_partly += not is_whole
        count_corrections += finish(con)
        warehouse.verify_load(con)
        by_night = content(con)
        change_all(con)
        warehouse.finish_load(con, "run-1")
        warehouse.verify(con)
        assert content(con) == by_night
    assert count_partly >= NIGHTS - 2
    assert count_corrections >= NIGHTS
    found = {rule for (rule,) in con.execute("select distinct rule from findings").fetchall()}
    asked = {check.name for check in scripts("checks") if check.header["scope"] != "report"}
    assert asked - found <= {"in_force_balance"}


@pytest.mark.parametrize(
    "damage",
    [
        "insert into facts select * from facts where report_id = '{new}' limit 1",
        "delete from reports where report_id = '{new}'",
        "update facts set value = 1 where report_id = '{new}'",
        "update reports set superseded_by = 'x'",
        "delete from peer_statistics where report_year = 2023",
        "insert into reused_texts select * from reused_texts",
    ],
)
def test_what_a_load_changed_is_proved(con, damage):
    with pytest.raises(WarehouseError, match="loaded_reports"):
        warehouse.verify_load(con)
    fill(con, *(Small(f"{number}镇", UNITS["431321"][number], 2023) for number in range(5)))
    new = Small("新镇", UNITS["431321"][6], 2023)
    fill(con, new)
    warehouse.verify_load(con)
    assert len(con.table("loaded_reports")) == 1
    con.execute(damage.format(new=new.report_id))
    with pytest.raises(WarehouseError, match="Do not publish"):
        warehouse.verify_load(con)


def test_facts_are_gathered_in_batches_as_in_one(reference, frames, monkeypatch):
    gathered = []
    for size in (gathering.REPORTS_AT_A_TIME, 7):
        monkeypatch.setattr(gathering, "REPORTS_AT_A_TIME", size)
        with warehouse.connect(":memory:") as con:
            warehouse.create(con, reference)
            warehouse.load_frames(con, frames, "run-1", LOADED_AT)
            gathered.append(
                [con.table(name).order("all").fetchall() for name in gathering.GATHERED]
            )
    assert gathered[0] == gathered[1]
    assert len(gathered[0][1]) > 10 * 7


def test_nights_on_a_growing_warehouse_are_measured(tmp_path):
    built, nights = measured(tmp_path, 200)
    assert built.reports == 200
    assert [night.reports for night in nights] == [2, 1]
    assert all(set(night.seconds) >= {"copy", "finish_load", "verify_load"} for night in nights)
