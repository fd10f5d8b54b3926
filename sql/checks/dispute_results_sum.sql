-- purpose: the four results of reviews and of both kinds of lawsuits must add up to their total
-- grain: One row per report and kind of dispute where they do not.
-- key: report_id, indicator
-- scope: report
-- inputs: _dispute_sums, stg_facts, stg_indicators
with

broken as (
    select * from _dispute_sums
    where expected != actual
),

result_cells as (
    select
        facts.report_id,
        indicators.sum_into as indicator,
        string_agg(
            indicators.label || ' ' || printed_number(facts.value), '；'
            order by indicators.indicator
        ) as evidence
    from stg_facts as facts
    inner join stg_indicators as indicators on facts.indicator = indicators.indicator
    where
        indicators.table_name = 'disputes'
        and indicators.sum_into is not null
        and facts.value != 0
    group by facts.report_id, indicators.sum_into
)

select
    broken.report_id,
    broken.indicator,
    null as applicant,
    printed_number(broken.expected) as expected,
    printed_number(broken.actual) as actual,
    broken.actual - broken.expected as difference,
    '“' || indicators.label || '”：四种结果相加为' || printed_number(broken.expected)
    || '件，总计填' || printed_number(broken.actual)
    || '件，相差' || printed_number(abs(broken.actual - broken.expected)) || '件。' as message,
    coalesce(result_cells.evidence, '各项均为零') as evidence
from broken
inner join stg_indicators as indicators on broken.indicator = indicators.indicator
left join result_cells
    on
        broken.report_id = result_cells.report_id
        and broken.indicator = result_cells.indicator
