-- purpose: from 2021 on the tables must have the format issued in 2021
-- grain: One row per report in an older format.
-- key: report_id
-- scope: report
-- inputs: stg_reports
select
    report_id,
    null as indicator,
    null as applicant,
    '2021' as expected,
    format as actual,
    null as difference,
    report_year || '年度报告的表格仍是' || format
    || '年印发的旧格式，应当使用国办公开办函〔2021〕30号印发的格式。' as message,
    format as evidence
from stg_reports
where format < '2021' and report_year >= 2021
