-- purpose: current reports beside the current report of the same organisation for the year before.
--          A report whose organisation cannot be told has no year before.
-- grain: One row per organisation and year of which the year before is in, too.
-- key: report_id
-- inputs: _current_reports
select
    reports.report_id,
    last_year.report_id as last_report_id,
    last_year.report_year as last_year,
    reports.format,
    last_year.format as last_format
from _current_reports as reports
inner join _current_reports as last_year
    on
        reports.organisation_id = last_year.organisation_id
        and reports.report_year = last_year.report_year + 1
