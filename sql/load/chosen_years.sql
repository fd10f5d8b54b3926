-- purpose: the years of the reports that came; null for those that state none
-- grain: One row per year.
-- key: -
-- inputs: reports, chosen_reports
select distinct reports.report_year
from chosen_reports
inner join reports on chosen_reports.report_id = reports.report_id
order by reports.report_year
