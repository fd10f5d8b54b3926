-- purpose: the years of reports whose facts are not gathered yet; null for those that state none
-- grain: One row per year.
-- key: -
-- inputs: reports, report_totals
select distinct reports.report_year
from reports
anti join report_totals on reports.report_id = report_totals.report_id
order by reports.report_year
