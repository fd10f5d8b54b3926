-- purpose: the years of reports whose facts are not gathered; null for those without one
-- grain: One row per year.
-- key: -
-- inputs: ungathered_reports
select distinct report_year
from ungathered_reports
order by report_year
