-- purpose: the years there are current reports for
-- grain: One row per year.
-- key: report_year
-- inputs: stg_reports
select distinct report_year
from stg_reports
where is_current and report_year is not null
order by report_year
