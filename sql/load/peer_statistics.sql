-- purpose: for each value that was reported, where it stands among its peers: units of the same
--          org_level that reported the indicator for the same year in the same county, city,
--          province and country. The unit itself counts among its peers. Kept as a table because a
--          value stands for all units of a division that reported it, so that this is a tenth of
--          the facts, and comparing a year of the country becomes one join. Filled year by year
--          (variable report_year), so that memory does not grow with the years. A division's code
--          tells its scope: 6 digits a county, 4 a city, 2 a province, none the country.
-- grain: One row per year, org_level, division, indicator, applicant and value.
-- key: report_year, org_level, division_code, indicator, applicant, value
-- inputs: _current_reports, stg_facts
insert into peer_statistics by name
with

reports as (
    select
        *,
        '' as country_code
    from _current_reports
    where report_year = getvariable('report_year') and org_level is not null
),

counted as (
    select
        reports.org_level,
        reports.division_code,
        reports.county_code,
        reports.city_code,
        reports.province_code,
        reports.country_code,
        facts.indicator,
        coalesce(facts.applicant, '') as applicant,
        facts.value,
        count(*) as count_units
    from stg_facts as facts
    inner join reports on facts.report_id = reports.report_id
    where facts.value is not null
    group by all
),

-- a division that is not known is left out
scoped as (
    unpivot counted
    on county_code, city_code, province_code, country_code
    into name scope value code
),

units as (
    select
        code,
        org_level,
        indicator,
        applicant,
        value,
        cast(sum(count_units) as bigint) as count_units
    from scoped
    group by all
),

running as (
    select
        *,
        -- exact arithmetic: a mean must not depend on the order of addition
        sum(cast(count_units as decimal(18, 0)) * value) over peers as total,
        sum(count_units) over peers as count_peers,
        sum(count_units) over up_to_value as count_up_to
    from units
    window
        peers as (partition by code, org_level, indicator, applicant),
        up_to_value as (partition by code, org_level, indicator, applicant order by value)
),

middles as (
    select
        *,
        -- the peer in the middle, or the two about it
        min(value) filter (where count_up_to >= (count_peers + 1) // 2) over peers as lower_middle,
        min(value) filter (where count_up_to >= count_peers // 2 + 1) over peers as upper_middle
    from running
    window peers as (partition by code, org_level, indicator, applicant)
),

standings as (
    select
        code,
        org_level,
        indicator,
        applicant,
        value,
        count_peers as peers,
        total / count_peers as mean,
        (lower_middle + upper_middle) / 2 as median,
        count_peers - count_up_to + 1 as rank,
        100 * (count_up_to - count_units) / nullif(count_peers - 1, 0) as percentile
    from middles
)

select
    getvariable('report_year') as report_year,
    counted.org_level,
    counted.division_code,
    counted.indicator,
    nullif(counted.applicant, '') as applicant,
    counted.value,
    county.peers as county_peers,
    county.mean as county_mean,
    county.median as county_median,
    county.rank as county_rank,
    county.percentile as county_percentile,
    city.peers as city_peers,
    city.mean as city_mean,
    city.median as city_median,
    city.rank as city_rank,
    city.percentile as city_percentile,
    province.peers as province_peers,
    province.mean as province_mean,
    province.median as province_median,
    province.rank as province_rank,
    province.percentile as province_percentile,
    country.peers as country_peers,
    country.mean as country_mean,
    country.median as country_median,
    country.rank as country_rank,
    country.percentile as country_percentile
from counted
left join standings as county
    on
        counted.county_code = county.code
        and counted.org_level = county.org_level
        and counted.indicator = county.indicator
        and counted.applicant = county.applicant
        and counted.value = county.value
left join standings as city
    on
        counted.city_code = city.code
        and counted.org_level = city.org_level
        and counted.indicator = city.indicator
        and counted.applicant = city.applicant
        and counted.value = city.value
left join standings as province
    on
        counted.province_code = province.code
        and counted.org_level = province.org_level
        and counted.indicator = province.indicator
        and counted.applicant = province.applicant
        and counted.value = province.value
left join standings as country
    on
        counted.country_code = country.code
        and counted.org_level = country.org_level
        and counted.indicator = country.indicator
        and counted.applicant = country.applicant
        and counted.value = country.value
