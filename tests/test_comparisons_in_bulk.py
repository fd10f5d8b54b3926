"""Comparisons of the generated warehouse against pandas, and what is planted in it is found."""

import pandas as pd
import pytest

from tests import independent

CELL = ["report_id", "indicator", "applicant"]


def cells_of(con, view):
    """Give a view by cell, numbers as floats."""
    frame = con.execute(f"from {view}").df()
    frame["applicant"] = frame["applicant"].fillna("")
    return frame.set_index(CELL).sort_index()


def assert_same_numbers(found, expected):
    for column in expected:
        pd.testing.assert_series_equal(
            found[column].astype(float),
            expected[column].astype(float),
            check_names=False,
            check_index_type=False,
            atol=1e-9,
        )


def test_comparisons(generated_con):
    found = cells_of(generated_con, "indicator_comparisons")
    frame = independent.peers(generated_con).set_index(CELL).sort_index()
    assert found.index.equals(frame.index)
    measures = ("peers", "mean", "median", "rank", "percentile")
    columns = [f"{scope}_{name}" for scope in independent.SCOPES for name in measures]
    assert_same_numbers(found, frame[["value", *columns]])
    assert found["city_peers"].isna().any()
    assert found["county_peers"].max() > 3


def test_trends(generated_con):
    found = cells_of(generated_con, "indicator_trends")
    reports = independent.standing(generated_con)
    columns = ["organisation_id", "report_year", "format"]
    cells = independent.facts(generated_con).join(reports[columns], on="report_id", how="inner")
    cells["applicant"] = cells["applicant"].fillna("")
    before = cells.assign(report_year=cells["report_year"] + 1)
    key = ["organisation_id", "report_year", "indicator", "applicant"]
    both = cells.merge(before[[*key, "value"]], on=key, how="left", suffixes=("", "_last"))
    last = reports[columns].assign(report_year=reports["report_year"] + 1)
    both = both.merge(
        last.rename(columns={"format": "last_format"}),
        on=["organisation_id", "report_year"],
        how="left",
    )
    both = both.set_index(CELL).sort_index()
    assert found.index.equals(both.index)

    labels = generated_con.table("indicators").df().set_index("indicator")
    rows = both.index.get_level_values("indicator")
    has = {
        year: labels[f"label_{year}"].notna().reindex(rows).to_numpy() for year in ("2019", "2021")
    }
    in_both = has["2019"] & has["2021"]
    same = both["format"].eq(both["last_format"])
    own = pd.Series(
        [has[year][number] if year in has else False for number, year in enumerate(both["format"])],
        index=both.index,
    )
    comparable = own & both["last_format"].notna() & (same | in_both)
    assert found["is_comparable"].eq(comparable).all()
    change = (both["value"] - both["value_last"]).where(comparable)
    relative = change / both["value_last"].where(both["value_last"].gt(0))
    expected = pd.DataFrame(
        {
            "value": both["value"],
            "last_value": both["value_last"],
            "change": change,
            "relative_change": relative,
        }
    )
    assert_same_numbers(found, expected)
    assert found["last_format"].fillna("").eq(both["last_format"].fillna("")).all()
    known = found["last_report_year"].dropna()
    assert known.eq(found.loc[known.index, "report_year"] - 1).all()
    assert known.index.equals(both.index[both["last_format"].notna()])
    assert 0 < comparable.mean() < 1
    assert (both["format"].ne(both["last_format"]) & comparable).any()


def test_carry_overs(generated_con):
    found = generated_con.execute("from carry_overs").df()
    reports = independent.standing(generated_con)
    cells = independent.totals(generated_con)
    frame = reports.join(cells[["requests.carried_in", "requests.carried_out"]])
    before = frame.assign(report_year=frame["report_year"] + 1)
    key = ["organisation_id", "report_year"]
    both = frame.merge(before[[*key, "requests.carried_out"]], on=key, suffixes=("", "_last"))
    expected = both.set_index(key).sort_index()
    found = found.set_index(key).sort_index()
    assert len(found) == len(expected) > 100
    expected = pd.DataFrame(
        {
            "carried_in": expected["requests.carried_in"],
            "carried_out_last_year": expected["requests.carried_out_last"],
            "difference": expected["requests.carried_in"] - expected["requests.carried_out_last"],
        }
    )
    assert_same_numbers(found, expected)


def test_timeliness(generated_con):
    found = generated_con.execute("from timeliness").df().set_index("report_id").sort_index()
    reports = independent.standing(generated_con).sort_index()
    assert found.index.equals(reports.index)
    last_day = reports["org_level"].map({"county": "-03-31"}).fillna("-01-31")
    due = pd.to_datetime((reports["report_year"] + 1).astype(int).astype(str) + last_day)
    late = (reports["published_on"] - due).dt.days
    assert pd.to_datetime(found["due_on"]).eq(due).all()
    assert found["days_late"].astype(float).equals(late.astype(float))
    assert found["is_late"].isna().equals(late.isna())
    assert found["is_late"].fillna(value=False).eq(late > 0).all()


def test_text_reuse(generated_con):
    """Sentences as sets, every pair of reports that may be compared."""
    reports = independent.standing(generated_con)
    sections = generated_con.table("sections").df().query("section_no in (1, 5)")
    texts = {
        (row.report_id, row.section_no): {part for part in row.body.split("。") if len(part) >= 12}
        for row in sections.itertuples()
    }
    expected = {}
    current = reports.to_dict("index")
    for (name, section), mine in texts.items():
        for (other, other_section), theirs in texts.items():
            if section != other_section or name == other or not {name, other} <= set(current):
                continue
            one, two = current[name], current[other]
            same_unit = one["organisation_id"] == two["organisation_id"]
            near = one["county_code"] == two["county_code"] and not same_unit
            if same_unit and one["report_year"] == two["report_year"] + 1:
                relation = "last_year"
            elif near and one["report_year"] == two["report_year"]:
                relation = "neighbour"
            else:
                continue
            if mine & theirs:
                share = len(mine & theirs) / len(mine)
                expected[name, section, other] = (relation, len(mine), len(mine & theirs), share)
    rows = generated_con.execute(
        "select report_id, section_no, other_report_id, relation, count_sentences, count_same, "
        "share from text_reuse"
    ).fetchall()
    assert {row[:3]: row[3:] for row in rows} == expected


# -- what is planted is found

QUESTIONS = {
    "late": "select org_name, report_year, days_late from timeliness where days_late = 20",
    "copied": (
        "select org_name, report_year, relation, other_org_name, other_report_year "
        "from text_reuse where section_no = 1 and share > 0.8"
    ),
    "contradicted": (
        "select r.org_name, r.report_year, cast(f.expected as int), cast(f.actual as int) "
        "from findings as f join report_overview as r using (report_id) "
        "where f.rule = 'prose_against_table' and f.indicator = 'requests.received_new'"
    ),
    "growing": (
        "select org_name, report_year, requests_received from township_years where org_name in "
        "(select org_name from indicator_trends where indicator = 'requests.received_new' "
        "and applicant = 'total' group by all having min(relative_change) = 1 "
        "and max(relative_change) = 1)"
    ),
    "mirrored": "select report_id from findings where rule = 'duplicate_report'",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_planted_is_found(generated, generated_con, question):
    planted = getattr(generated.planted, question)
    found = generated_con.execute(QUESTIONS[question]).fetchall()
    assert len(planted) >= 5
    assert sorted(map(tuple, planted.astype(object).to_numpy())) == sorted(found)
