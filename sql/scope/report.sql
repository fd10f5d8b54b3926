-- purpose: reports that changed, for what follows from a report alone
-- grain: One row per report.
-- key: report_id
-- inputs: reports, changed_reports
select
    report_id,
    true as is_checked
from reports
where report_id in (select report_id from changed_reports)
