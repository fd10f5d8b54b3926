-- purpose: for each value that was reported, where it stands among its peers: units of the same
--          org_level that reported the indicator for the same year in the same county, city,
--          province and country. The unit itself counts among its peers. Kept as a table because a
--          value stands for all units of a division that reported it, so that this is a tenth of
--          the facts, and comparing a year of the country becomes one join. Filled year by year
--          (variable report_year), so that memory does not grow with the years.
-- grain: One row per year, org_level, division, indicator, applicant and value.
-- key: report_year, org_level, division_code, indicator, applicant, value
-- inputs: _current_reports, stg_facts
insert into peer_statistics by name
with

reports as (
    select * from _current_reports
    where report_year = getvariable('report_year') and org_level is not null
),

counted as (
    select
        reports.report_year,
        reports.org_level,
        reports.division_code,
        reports.county_code,
        reports.city_code,
        reports.province_code,
        '' as country_code,
        facts.indicator,
        coalesce(facts.applicant, '') as applicant,
        facts.value,
        count(*) as count_units
    from stg_facts as facts
    inner join reports on facts.report_id = reports.report_id
    where facts.value is not null
    group by all
),

scoped as (
    select
        'county' as scope,
        county_code as scope_code,
        report_year,
        org_level,
        indicator,
        applicant,
        value,
        cast(sum(count_units) as bigint) as count_units
    from counted
    where county_code is not null
    group by all

    union all

    select
        'city' as scope,
        city_code as scope_code,
        report_year,
        org_level,
        indicator,
        applicant,
        value,
        cast(sum(count_units) as bigint) as count_units
    from counted
    where city_code is not null
    group by all

    union all

    select
        'province' as scope,
        province_code as scope_code,
        report_year,
        org_level,
        indicator,
        applicant,
        value,
        cast(sum(count_units) as bigint) as count_units
    from counted
    where province_code is not null
    group by all

    union all

    select
        'country' as scope,
        country_code as scope_code,
        report_year,
        org_level,
        indicator,
        applicant,
        value,
        cast(sum(count_units) as bigint) as count_units
    from counted
    where country_code is not null
    group by all
),

running as (
    select
        *,
        -- exact arithmetic: a mean must not depend on the order of addition
        sum(cast(count_units as decimal(18, 0)) * value) over peers as total,
        sum(count_units) over peers as count_peers,
        sum(count_units) over up_to_value as count_up_to
    from scoped
    window
        peers as (
            partition by scope, scope_code, report_year, org_level, indicator, applicant
        ),
        up_to_value as (
            partition by scope, scope_code, report_year, org_level, indicator, applicant
            order by value
        )
),

middles as (
    select
        *,
        -- the peer in the middle, or the two about it
        min(value) filter (where count_up_to >= (count_peers + 1) // 2) over peers as lower_middle,
        min(value) filter (where count_up_to >= count_peers // 2 + 1) over peers as upper_middle
    from running
    window
        peers as (
            partition by scope, scope_code, report_year, org_level, indicator, applicant
        )
),

statistics as (
    select
        scope,
        scope_code,
        report_year,
        org_level,
        indicator,
        applicant,
        value,
        count_peers,
        total / count_peers as mean,
        (lower_middle + upper_middle) / 2 as median,
        count_peers - count_up_to + 1 as rank,
        100 * (count_up_to - count_units) / nullif(count_peers - 1, 0) as percentile
    from middles
)

select
    counted.report_year,
    counted.org_level,
    counted.division_code,
    counted.indicator,
    nullif(counted.applicant, '') as applicant,
    counted.value,
    county_stats.count_peers as county_peers,
    county_stats.mean as county_mean,
    county_stats.median as county_median,
    county_stats.rank as county_rank,
    county_stats.percentile as county_percentile,
    city_stats.count_peers as city_peers,
    city_stats.mean as city_mean,
    city_stats.median as city_median,
    city_stats.rank as city_rank,
    city_stats.percentile as city_percentile,
    province_stats.count_peers as province_peers,
    province_stats.mean as province_mean,
    province_stats.median as province_median,
    province_stats.rank as province_rank,
    province_stats.percentile as province_percentile,
    country_stats.count_peers as country_peers,
    country_stats.mean as country_mean,
    country_stats.median as country_median,
    country_stats.rank as country_rank,
    country_stats.percentile as country_percentile
from counted
left join statistics as county_stats
    on
        county_stats.scope = 'county'
        and counted.county_code = county_stats.scope_code
        and counted.report_year = county_stats.report_year
        and counted.org_level = county_stats.org_level
        and counted.indicator = county_stats.indicator
        and counted.applicant = county_stats.applicant
        and counted.value = county_stats.value
left join statistics as city_stats
    on
        city_stats.scope = 'city'
        and counted.city_code = city_stats.scope_code
        and counted.report_year = city_stats.report_year
        and counted.org_level = city_stats.org_level
        and counted.indicator = city_stats.indicator
        and counted.applicant = city_stats.applicant
        and counted.value = city_stats.value
left join statistics as province_stats
    on
        province_stats.scope = 'province'
        and counted.province_code = province_stats.scope_code
        and counted.report_year = province_stats.report_year
        and counted.org_level = province_stats.org_level
        and counted.indicator = province_stats.indicator
        and counted.applicant = province_stats.applicant
        and counted.value = province_stats.value
left join statistics as country_stats
    on
        country_stats.scope = 'country'
        and counted.country_code = country_stats.scope_code
        and counted.report_year = country_stats.report_year
        and counted.org_level = country_stats.org_level
        and counted.indicator = country_stats.indicator
        and counted.applicant = country_stats.applicant
        and counted.value = country_stats.value
