-- purpose: how a measure is distributed over the townships of each county, each province and the
--          country, whose code is empty. Peers are reports of townships, matched or not, as in
--          indicator_comparisons; those that hold no number for a measure are no peers in it.
-- grain: One row per measure, year and area in which any peer reported it.
-- key: measure, report_year, area
-- inputs: _current_reports, page_reports, page_measures
with

reports as (
    select
        page_reports.report,
        current_reports.report_year,
        current_reports.county_code,
        current_reports.province_code
    from _current_reports as current_reports
    inner join page_reports on current_reports.report_id = page_reports.report_id
    where current_reports.org_level = 'township' and current_reports.report_year is not null
),

measured as (
    unpivot page_measures
    on columns(* exclude (report, approximate))
    into name measure value value
),

placed as (
    select
        measured.measure,
        measured.value,
        reports.report_year,
        reports.county_code,
        reports.province_code
    from measured
    inner join reports on measured.report = reports.report
),

scoped as (
    select
        report_year,
        measure,
        coalesce(county_code, province_code, '') as area,
        grouping(county_code) as is_not_county,
        grouping(province_code) as is_not_province,
        county_code,
        province_code,
        count(*) as count_peers,
        quantile_cont(value, [0.25, 0.5, 0.75]) as quartiles
    from placed
    group by grouping sets (
        (report_year, measure),
        (report_year, measure, province_code),
        (report_year, measure, county_code)
    )
)

select
    area,
    report_year,
    measure,
    count_peers,
    quartiles[1] as lower_quartile,
    quartiles[2] as median,
    quartiles[3] as upper_quartile
from scoped
-- a division that is not known is no area
where
    (is_not_county = 1 or county_code is not null)
    and (is_not_province = 1 or province_code is not null)
-- figures that are alike stand together, which packs best
order by measure, report_year, area
