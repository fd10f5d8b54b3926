-- purpose: the last section must state the fees for processing information, be they nothing
-- grain: One row per report in the format of 2021 whose last section does not.
-- key: report_id
-- scope: report
-- inputs: stg_reports, stg_sections
select
    sections.report_id,
    null as indicator,
    null as applicant,
    '信息处理费' as expected,
    null as actual,
    null as difference,
    '“六、其他需要报告的事项”没有写明收取信息处理费的情况；没有收取的，也应当写明'
    || '“未收取信息处理费”。' as message,
    left(sections.body, 100) as evidence
from stg_sections as sections
inner join stg_reports as reports on sections.report_id = reports.report_id
where
    sections.section_no = 6
    and reports.format = '2021'
    and not regexp_matches(coalesce(sections.body, ''), '信息处理费|收费|收取')
