-- purpose: the amount of procurement must state its unit, for the official table does not, unless
--          people settled the amount
-- grain: One row per report with an amount without a unit.
-- key: report_id
-- scope: report
-- inputs: stg_facts, stg_indicators, stg_corrections
select
    facts.report_id,
    facts.indicator,
    facts.applicant,
    null as expected,
    facts.raw_text as actual,
    null as difference,
    '“' || indicators.label || '”填“' || facts.raw_text
    || '”，没有写明单位（元、万元或亿元），金额无法确定，暂按' || printed_number(facts.value)
    || '万元计。' as message,
    facts.raw_text as evidence
from stg_facts as facts
inner join stg_indicators as indicators on facts.indicator = indicators.indicator
anti join stg_corrections as settled
    on
        facts.report_id = settled.report_id
        and facts.indicator = settled.indicator
        and facts.applicant is not distinct from settled.applicant
where
    facts.indicator = 'disclosure.procurement.amount'
    and facts.value != 0
    and facts.raw_text not like '%元%'
