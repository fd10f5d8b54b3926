-- purpose: cells that hold something that is no number, unless people settled what it means
-- grain: One row per unreadable cell.
-- key: report_id, indicator, applicant
-- scope: report
-- inputs: stg_facts, stg_indicators, stg_applicants, stg_corrections
select
    facts.report_id,
    facts.indicator,
    facts.applicant,
    null as expected,
    facts.raw_text as actual,
    null as difference,
    '“' || indicators.label || '”' || coalesce('（' || applicants.label || '）', '')
    || '一格写作“' || coalesce(facts.raw_text, '') || '”，不能读作数字。' as message,
    facts.raw_text as evidence
from stg_facts as facts
inner join stg_indicators as indicators on facts.indicator = indicators.indicator
left join stg_applicants as applicants on facts.applicant = applicants.applicant
anti join stg_corrections as settled
    on
        facts.report_id = settled.report_id
        and facts.indicator = settled.indicator
        and facts.applicant is not distinct from settled.applicant
where facts.value_status = 'unreadable'
