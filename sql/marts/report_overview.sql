-- purpose: the current reports at a glance: what was read of each, how much is wrong with it, and
--          whether its file is still in the inbox
-- grain: One row per current report.
-- key: report_id
-- inputs: _current_reports, _report_urls, stg_facts, stg_findings, stg_source_files
with

reports as (
    select * from _current_reports
),

cells as (
    select
        report_id,
        count(*) filter (where value_status = 'reported') as count_reported,
        count(*) filter (where value_status = 'blank') as count_blank,
        count(*) filter (where value_status = 'unreadable') as count_unreadable
    from stg_facts
    group by report_id
),

finding_counts as (
    select
        report_id,
        count(*) as count_findings
    from stg_findings
    group by report_id
),

-- a report may have several files, all with the same content
files as (
    select
        report_id,
        not bool_or(is_present) as is_source_gone
    from stg_source_files
    where report_id is not null
    group by report_id
)

select
    reports.organisation_id,
    reports.report_year,
    reports.org_name,
    reports.org_level,
    reports.township_code,
    reports.township_name,
    reports.county_code,
    reports.county_name,
    reports.city_code,
    reports.city_name,
    reports.province_code,
    reports.province_name,
    reports.identity_status,
    reports.published_on,
    reports.format,
    reports.script,
    reports.status,
    coalesce(cells.count_reported, 0) as count_reported,
    coalesce(cells.count_blank, 0) as count_blank,
    coalesce(cells.count_unreadable, 0) as count_unreadable,
    coalesce(finding_counts.count_findings, 0) as count_findings,
    coalesce(files.is_source_gone, false) as is_source_gone,
    urls.url,
    reports.report_id
from reports
left join cells on reports.report_id = cells.report_id
left join finding_counts on reports.report_id = finding_counts.report_id
left join files on reports.report_id = files.report_id
left join _report_urls as urls on reports.report_id = urls.report_id
