"""Comparisons with peers and with the year before, worked out by hand on a small country."""

import pytest

from sql import warehouse
from tests.small_country import REPORTS, rows
from tests.small_warehouse import fill, write_reference


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with warehouse.connect(":memory:") as con:
        warehouse.create(con, write_reference(tmp_path_factory.mktemp("reference")))
        fill(con, *REPORTS)
        warehouse.verify(con)
        yield con


def compared(con, scope, who, year=2023):
    columns = ", ".join(
        f"{scope}_{name}" for name in ("peers", "mean", "median", "rank", "percentile")
    )
    return rows(
        con,
        "indicator_comparisons",
        columns,
        f"org_name = '{who}' and report_year = {year} and indicator = 'requests.received_new' "
        "and applicant = 'total'",
    )


def test_peers_by_hand(con):
    # 双峰县: 10, 2, 0; 娄底市 and 湖南省: 10, 2, 2, 0; country: 40, 10, 6, 2, 2, 0
    assert compared(con, "county", "荷叶镇") == [(3, 4, 2, 1, 100)]
    assert compared(con, "county", "井字镇") == [(3, 4, 2, 2, 50)]
    assert compared(con, "county", "梓门桥镇") == [(3, 4, 2, 3, 0)]
    assert compared(con, "city", "井字镇") == [(4, 3.5, 2, 2, pytest.approx(100 / 3))]
    assert compared(con, "province", "石冲口镇") == [(4, 3.5, 2, 2, pytest.approx(100 / 3))]
    assert compared(con, "country", "荷叶镇") == [(6, 10, 4, 2, 80)]


def test_peers_agree_with_window_functions(con):
    """The long way round: DuckDB's own windows over every value, for every unit and scope."""
    for scope in ("county", "city", "province", "country"):
        part = "" if scope == "country" else f", {scope}_code"
        differing = con.execute(
            f"""
            select * from (
                select
                    {scope}_peers as n, {scope}_mean as mean, {scope}_median as med,
                    {scope}_rank as pos, {scope}_percentile as pct,
                    count(*) over peers as n_, avg(value) over peers as mean_,
                    median(value::double) over peers as med_,
                    rank() over (peers order by value desc) as pos_,
                    100 * percent_rank() over (peers order by value) as pct_
                from indicator_comparisons
                where {"true" if scope == "country" else f"{scope}_code is not null"}
                window peers as (
                    partition by report_year, org_level, indicator, applicant {part}
                )
            )
            where n != n_ or abs(mean - mean_) > 1e-9 or abs(med - med_) > 1e-9 or pos != pos_
                or abs(pct - pct_) > 1e-9 or (n > 1) != (pct is not null)
            """
        ).fetchall()
        assert differing == []


def test_alone_there_is_no_percentile(con):
    assert compared(con, "county", "石冲口镇") == [(1, 2, 2, 1, None)]


def test_an_unknown_division_or_placeholder_city_has_no_peers(con):
    none = [(None,) * 5]
    assert compared(con, "county", "某镇") == none
    assert compared(con, "province", "某镇") == none
    assert compared(con, "country", "某镇") == [(6, 10, 4, 3, 60)]
    assert compared(con, "city", "东华门街道") == none
    assert compared(con, "county", "东华门街道") == [(1, 40, 40, 1, None)]


def test_levels_and_years_are_not_mixed(con):
    assert compared(con, "country", "双峰县") == [(1, 99, 99, 1, None)]
    assert compared(con, "county", "双峰县") == [(1, 99, 99, 1, None)]
    assert compared(con, "country", "荷叶镇旧", 2022) == [(2, 4, 4, 1, 100)]


def test_a_filter_does_not_change_ranks(con):
    where = "indicator = 'requests.received_new' and applicant = 'total' and report_year = 2023"
    everything = rows(con, "indicator_comparisons", "org_name, country_rank, province_rank", where)
    for condition in ("province_name = '湖南省'", "county_code = '431321'", "value < 5"):
        some = rows(
            con,
            "indicator_comparisons",
            "org_name, country_rank, province_rank",
            f"{where} and {condition}",
        )
        assert some
        assert set(some) < set(everything)


def test_a_cell_without_a_number_has_no_peers_and_is_none(con):
    where = "indicator = 'requests.denied.state_secret' and applicant = 'total'"
    assert rows(con, "indicator_comparisons", "1", f"{where} and org_name = '石冲口镇'") == []
    assert rows(con, "indicator_comparisons", "city_peers", f"{where} and org_name = '井字镇'") == [
        (3,)
    ]


# -- indicator_trends


def trend(con, who, indicator, applicant="total"):
    return rows(
        con,
        "indicator_trends",
        "value, last_value, change, relative_change, is_comparable",
        f"org_name = '{who}' and report_year = 2023 and indicator = '{indicator}' "
        f"and coalesce(applicant, 'total') = '{applicant}'",
    )


def test_changes_against_the_year_before(con):
    assert trend(con, "荷叶镇", "requests.received_new") == [(10, 8, 2, 0.25, True)]


def test_a_change_from_zero_has_no_rate(con):
    assert trend(con, "井字镇", "requests.received_new") == [(2, 0, 2, None, True)]


def test_rows_of_one_format_only_are_not_compared(con):
    other = "requests.other.not_paid_in_time"
    assert trend(con, "荷叶镇", other) == [(1, None, None, None, False)]
    assert trend(con, "井字镇", other) == [(0, 0, 0, None, True)]


def test_a_gap_of_two_years_is_no_year_before(con):
    assert trend(con, "梓门桥镇", "requests.received_new") == [(0, None, None, None, False)]


def test_organisations_that_cannot_be_told_have_no_year_before(con):
    assert trend(con, "某镇", "requests.received_new") == [(6, None, None, None, False)]
