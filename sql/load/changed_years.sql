-- purpose: the years of reports that have changed, before and after the change
-- grain: One row per year.
-- key: report_year
-- inputs: changed_reports
select distinct report_year
from changed_reports
where report_year is not null
order by report_year
