-- purpose: no number may be below zero, except changes against last year
-- grain: One row per cell below zero.
-- key: report_id, indicator, applicant
-- scope: report
-- inputs: stg_facts, stg_indicators, stg_applicants
select
    facts.report_id,
    facts.indicator,
    facts.applicant,
    '0' as expected,
    printed_number(facts.value) as actual,
    facts.value as difference,
    '“' || indicators.label || '”' || coalesce('（' || applicants.label || '）', '')
    || '填' || printed_number(facts.value) || indicators.unit || '，不应小于零。' as message,
    facts.raw_text as evidence
from stg_facts as facts
inner join stg_indicators as indicators on facts.indicator = indicators.indicator
left join stg_applicants as applicants on facts.applicant = applicants.applicant
where facts.value < 0 and not indicators.is_signed
