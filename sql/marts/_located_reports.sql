-- purpose: reports with the codes of their divisions: by township code where matched, else by the
--          names of county, city and province where these name one unit.
-- grain: One row per report, current or not.
-- key: report_id
-- inputs: stg_reports, stg_divisions
with

townships as (
    select * from stg_divisions
    where level = 'township'
),

places as (
    select
        coalesce(county_name, '') as county_name,
        coalesce(city_name, '') as city_name,
        province_name,
        min(code) as code
    from stg_divisions
    where level != 'township' and (level != 'city' or city_name is not null)
    group by all
    having count(*) = 1
),

located as (
    select
        reports.report_id,
        coalesce(townships.code, places.code) as division_code
    from stg_reports as reports
    left join townships on reports.township_code = townships.code
    left join places
        on
            coalesce(reports.county_name, '') = places.county_name
            and coalesce(reports.city_name, '') = places.city_name
            and reports.province_name = places.province_name
)

select
    reports.report_id,
    reports.organisation_id,
    reports.report_year,
    reports.org_name,
    reports.org_level,
    reports.township_code,
    coalesce(divisions.township_name, reports.township_name) as township_name,
    divisions.county_code,
    coalesce(divisions.county_name, reports.county_name) as county_name,
    divisions.city_code,
    case
        when divisions.code is null then reports.city_name
        else divisions.city_name
    end as city_name,
    divisions.province_code,
    coalesce(divisions.province_name, reports.province_name) as province_name,
    coalesce(divisions.county_code, divisions.city_code, divisions.province_code, '')
        as division_code,
    reports.identity_status,
    reports.published_on,
    reports.format,
    reports.script,
    reports.status,
    reports.source_path,
    reports.is_current
from stg_reports as reports
inner join located on reports.report_id = located.report_id
left join stg_divisions as divisions on located.division_code = divisions.code
