-- purpose: which file each report came from, in the order of page_reports; by its path a report is
--          found in the warehouse, for a page of many years has no room for their ids
-- grain: One row per current report.
-- key: report
-- inputs: page_reports, stg_reports
select
    reports.report,
    sources.source_path
from page_reports as reports
inner join stg_reports as sources on reports.report_id = sources.report_id
order by reports.report
