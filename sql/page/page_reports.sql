-- purpose: who reported and when, and how much is wrong with it. A report that is matched to its
--          unit has the number of it and takes its names from there; any other keeps the names that
--          are known of it. Reports that state no year are in.
-- grain: One row per current report.
-- key: report
-- inputs: _current_reports, stg_findings, timeliness, page_townships
with

finding_counts as (
    select
        report_id,
        count(*) filter (where severity = 'error') as count_errors,
        count(*) filter (where severity = 'warning') as count_warnings,
        count(*) filter (where severity = 'info') as count_infos
    from stg_findings
    group by report_id
)

select
    row_number() over (
        order by townships.township nulls last, reports.report_year, reports.report_id
    ) - 1 as report,
    townships.township,
    reports.report_year,
    reports.org_level,
    reports.identity_status,
    case when townships.township is null then reports.report_id end as unplaced_id,
    case when townships.township is null then reports.org_name end as org_name,
    case when townships.township is null then reports.county_code end as county_code,
    case when townships.township is null then reports.county_name end as county_name,
    case when townships.township is null then reports.city_name end as city_name,
    case when townships.township is null then reports.province_code end as province_code,
    case when townships.township is null then reports.province_name end as province_name,
    reports.format,
    reports.status,
    cast(reports.published_on as varchar) as published_on,
    cast(timeliness.due_on as varchar) as due_on,
    coalesce(finding_counts.count_errors, 0) as count_errors,
    coalesce(finding_counts.count_warnings, 0) as count_warnings,
    coalesce(finding_counts.count_infos, 0) as count_infos,
    reports.report_id
from _current_reports as reports
left join page_townships as townships on reports.organisation_id = townships.code
left join timeliness on reports.report_id = timeliness.report_id
left join finding_counts on reports.report_id = finding_counts.report_id
order by report
