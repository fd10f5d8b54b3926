-- purpose: all reports of organisations of which one changed, for what compares their reports
-- grain: One row per report.
-- key: report_id
-- inputs: stg_reports, changed_reports
select
    report_id,
    true as is_checked
from stg_reports
where organisation_id in (select organisation_id from changed_reports)
