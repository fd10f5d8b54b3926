-- purpose: for each value that was reported, where it stands among its peers: units of the same
--          org_level that reported the indicator for the same year in the same county, city,
--          province and country. The unit itself counts among its peers. Kept as a table because a
--          value stands for all units of a division that reported it, so that this is a tenth of
--          the facts, and comparing a year of the country becomes one join. Filled year by year
--          (variable report_year), so that memory does not grow with the years. A division's code
--          tells its scope: 6 digits a county, 4 a city, 2 a province, 0 the country.
-- grain: One row per year, org_level, division, indicator, applicant and value.
-- key: report_year, org_level, division_code, indicator, applicant, value
-- inputs: _current_reports, stg_facts, stg_indicators, stg_applicants
insert into peer_statistics by name
with

-- Numbers in place of texts: what is grouped, sorted and joined by them takes half the time.
reports as (
    select
        report_id,
        org_level,
        division_code,
        cast(county_code as integer) as county,
        cast(city_code as integer) as city,
        cast(province_code as integer) as province,
        0 as country
    from _current_reports
    where report_year = getvariable('report_year') and org_level is not null
),

levels as (
    select distinct org_level from reports
),

applicants as (
    select applicant from stg_applicants
    union all
    select '' as applicant
),

cells as (
    select
        levels.org_level,
        indicators.indicator,
        applicants.applicant,
        row_number() over () as cell
    from levels
    cross join stg_indicators as indicators
    cross join applicants
),

counted as (
    select
        cells.cell,
        reports.division_code,
        reports.county,
        reports.city,
        reports.province,
        reports.country,
        facts.value,
        cast(count(*) as integer) as count_units
    from stg_facts as facts
    inner join reports on facts.report_id = reports.report_id
    inner join cells
        on
            reports.org_level = cells.org_level
            and facts.indicator = cells.indicator
            and coalesce(facts.applicant, '') = cells.applicant
    where facts.value is not null
    group by all
),

-- a division that is not known is left out
scoped as (
    unpivot counted
    on county, city, province, country
    into name scope value division
),

units as (
    select
        division,
        cell,
        value,
        cast(sum(count_units) as integer) as count_units
    from scoped
    group by all
),

peers as (
    select
        division,
        cell,
        count(*) as count_values,
        cast(sum(count_units) as integer) as count_peers,
        -- exact arithmetic: a mean must not depend on the order of addition
        sum(cast(count_units as decimal(18, 0)) * value) as total
    from units
    group by all
),

among_peers as (
    select
        units.*,
        peers.count_values,
        peers.count_peers,
        peers.total / peers.count_peers as mean
    from units
    inner join peers on units.division = peers.division and units.cell = peers.cell
),

-- most peers have all reported the same, which is 0: they need not be put in order
ordered as (
    select
        *,
        cast(sum(count_units) over up_to_value as integer) as count_up_to
    from among_peers
    where count_values > 1
    window up_to_value as (partition by division, cell order by value)
),

middles as (
    select
        division,
        cell,
        -- the peer in the middle, or the two about it
        min(value) filter (where count_up_to >= (count_peers + 1) // 2) as lower_middle,
        min(value) filter (where count_up_to >= count_peers // 2 + 1) as upper_middle
    from ordered
    group by all
),

standings as (
    select
        ordered.division,
        ordered.cell,
        ordered.value,
        ordered.count_peers as peers,
        ordered.mean,
        (middles.lower_middle + middles.upper_middle) / 2 as median,
        ordered.count_peers - ordered.count_up_to + 1 as rank,
        100 * (ordered.count_up_to - ordered.count_units) / (ordered.count_peers - 1) as percentile
    from ordered
    inner join middles on ordered.division = middles.division and ordered.cell = middles.cell
    union all
    select
        division,
        cell,
        value,
        count_peers as peers,
        mean,
        value as median,
        1 as rank,
        0 / nullif(count_peers - 1, 0) as percentile
    from among_peers
    where count_values = 1
)

select
    getvariable('report_year') as report_year,
    cells.org_level,
    counted.division_code,
    cells.indicator,
    nullif(cells.applicant, '') as applicant,
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
inner join cells on counted.cell = cells.cell
left join standings as county
    on
        counted.county = county.division
        and counted.cell = county.cell
        and counted.value = county.value
left join standings as city
    on
        counted.city = city.division
        and counted.cell = city.cell
        and counted.value = city.value
left join standings as province
    on
        counted.province = province.division
        and counted.cell = province.cell
        and counted.value = province.value
left join standings as country
    on
        counted.country = country.division
        and counted.cell = country.cell
        and counted.value = country.value
