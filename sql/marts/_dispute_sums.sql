-- purpose: the results of reviews and lawsuits added up beside their stated total, and how many
--          cells of the sum hold no number
-- grain: One row per report with a table of disputes and kind of dispute.
-- key: report_id, indicator
-- inputs: _report_tables, stg_facts, stg_indicators
with

tables as (
    select * from _report_tables
    where table_name = 'disputes'
),

results as (
    select * from stg_indicators
    where table_name = 'disputes' and sum_into is not null
),

totals as (
    select
        sum_into as indicator,
        count(*) as count_results
    from results
    group by sum_into
),

parts as (
    select
        facts.report_id,
        results.sum_into as indicator,
        sum(facts.value) as total,
        count(facts.value) as count_reported
    from stg_facts as facts
    inner join results on facts.indicator = results.indicator
    group by facts.report_id, results.sum_into
),

stated as (
    select
        facts.report_id,
        facts.indicator,
        facts.value
    from stg_facts as facts
    inner join totals on facts.indicator = totals.indicator
)

select
    tables.report_id,
    totals.indicator,
    parts.total as expected,
    stated.value as actual,
    totals.count_results
    - coalesce(parts.count_reported, 0)
    + if(stated.value is null, 1, 0) as count_missing
from tables
cross join totals
left join parts
    on
        tables.report_id = parts.report_id
        and totals.indicator = parts.indicator
left join stated
    on
        tables.report_id = stated.report_id
        and totals.indicator = stated.indicator
