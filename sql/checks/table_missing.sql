-- purpose: a report must hold all three official tables, which reports before 2019 did not have
-- grain: One row per report and official table of which no cell was found.
-- key: report_id, evidence
-- scope: report
-- inputs: stg_reports, _official_tables, _report_tables
select
    reports.report_id,
    null as indicator,
    null as applicant,
    tables.title as expected,
    null as actual,
    null as difference,
    '没有找到“' || tables.title || '”的表格，表内数字和勾稽关系都无法核对。' as message,
    tables.table_name as evidence
from stg_reports as reports
cross join _official_tables as tables
anti join _report_tables as found
    on
        reports.report_id = found.report_id
        and tables.table_name = found.table_name
where coalesce(reports.report_year, 2019) >= 2019
