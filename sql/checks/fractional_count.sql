-- purpose: what is counted in 件 or 项 must be a whole number
-- grain: One row per count with a fraction.
-- key: report_id, indicator, applicant
-- scope: report
-- inputs: stg_facts, stg_indicators, stg_applicants
select
    facts.report_id,
    facts.indicator,
    facts.applicant,
    null as expected,
    printed_number(facts.value) as actual,
    null as difference,
    '“' || indicators.label || '”' || coalesce('（' || applicants.label || '）', '')
    || '填' || printed_number(facts.value) || indicators.unit || '，件数、项数应为整数。' as message,
    facts.raw_text as evidence
from stg_facts as facts
inner join stg_indicators as indicators on facts.indicator = indicators.indicator
left join stg_applicants as applicants on facts.applicant = applicants.applicant
where indicators.unit in ('件', '项') and facts.value != trunc(facts.value)
