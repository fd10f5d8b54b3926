-- purpose: how many of the township-level units of a county have a report in. Years are those for
--          which any report is in; a report counts only where it is matched to its unit.
-- grain: One row per county and year.
-- key: county_code, report_year
-- inputs: _current_reports, stg_divisions
with

townships as (
    select * from stg_divisions
    where level = 'township'
),

reports as (
    select * from _current_reports
    where report_year is not null
),

years as (
    select distinct report_year
    from reports
),

counties as (
    select
        county_code,
        county_name,
        city_code,
        city_name,
        province_code,
        province_name,
        count(*) as count_units
    from townships
    group by all
),

matched as (
    select
        townships.county_code,
        reports.report_year,
        count(*) as count_reports
    from reports
    inner join townships on reports.organisation_id = townships.code
    group by all
)

select
    years.report_year,
    counties.county_code,
    counties.county_name,
    counties.city_code,
    counties.city_name,
    counties.province_code,
    counties.province_name,
    counties.count_units,
    coalesce(matched.count_reports, 0) as count_reports,
    coalesce(matched.count_reports, 0) / counties.count_units as coverage_rate
from counties
cross join years
left join matched
    on
        counties.county_code = matched.county_code
        and years.report_year = matched.report_year
