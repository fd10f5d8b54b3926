-- purpose: current reports whose prose is compared with that of changed ones: of the same county
--          and year, and of the same organisation
-- grain: One row per report.
-- key: report_id
-- inputs: _current_reports, changed_reports
with

places as (
    select distinct
        county_code,
        report_year
    from _current_reports
    where report_id in (select report_id from changed_reports)
)

select
    report_id,
    false as is_checked
from _current_reports
semi join places
    on
        _current_reports.county_code = places.county_code
        and _current_reports.report_year = places.report_year

union

select
    report_id,
    false as is_checked
from _current_reports
where organisation_id in (select organisation_id from changed_reports)
