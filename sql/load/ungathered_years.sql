-- purpose: the years of changed reports whose facts are not gathered; null for those without one
-- grain: One row per year.
-- key: -
-- inputs: reports, changed_reports, report_totals
select distinct reports.report_year
from reports
semi join changed_reports on reports.report_id = changed_reports.report_id
anti join report_totals on reports.report_id = report_totals.report_id
order by reports.report_year
