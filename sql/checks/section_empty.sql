-- purpose: the overview and the problems must say something: the format asks for content there. A
--          section that is not there at all is the rule section_missing.
-- grain: One row per report in the format of 2021 and section without content.
-- key: report_id, evidence
-- scope: report
-- inputs: stg_reports, stg_sections
with

expected_sections (section_no, title) as (
    values
    (1, '一、总体情况'),
    (5, '五、存在的主要问题及改进情况')
),

bodies as (
    select
        sections.report_id,
        expected_sections.title,
        sections.body,
        regexp_replace(coalesce(sections.body, ''), '[\s\p{P}\p{Z}]', '', 'g') as words
    from stg_sections as sections
    inner join expected_sections on sections.section_no = expected_sections.section_no
)

select
    bodies.report_id,
    null as indicator,
    null as applicant,
    null as expected,
    nullif(bodies.body, '') as actual,
    null as difference,
    if(
        bodies.words = '',
        '“' || bodies.title || '”部分没有内容',
        '“' || bodies.title || '”部分只写了“' || bodies.words || '”'
    ) || '，应当写明具体情况。' as message,
    bodies.title as evidence
from bodies
inner join stg_reports as reports on bodies.report_id = reports.report_id
where
    reports.format = '2021'
    and regexp_full_match(bodies.words, '(本年度)?(暂无|无|没有)?')
