-- purpose: which township-level units have no report in, for the years for which any report is in
-- grain: One row per township and year without a report.
-- key: township_code, report_year
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
)

select
    years.report_year,
    townships.township_code,
    townships.township_name,
    townships.county_code,
    townships.county_name,
    townships.city_code,
    townships.city_name,
    townships.province_code,
    townships.province_name
from townships
cross join years
anti join reports
    on
        townships.code = reports.organisation_id
        and years.report_year = reports.report_year
