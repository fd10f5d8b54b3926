-- purpose: sums that cannot be checked because a cell holds no number; a missing number must never
--          pass as right
-- grain: One row per report and sum rule with sums that cannot be checked.
-- key: report_id, evidence
-- scope: report
-- inputs: _requests_balances, _outcome_sums, _applicant_sums, _dispute_sums, stg_rules
with

counted as (
    select
        report_id,
        'requests_balance' as rule,
        count(*) as count_sums,
        count(*) filter (where expected is null or actual is null) as count_open
    from _requests_balances
    group by report_id

    union all

    select
        report_id,
        'outcomes_sum' as rule,
        count(*) as count_sums,
        count(*) filter (where expected is null or actual is null) as count_open
    from _outcome_sums
    group by report_id

    union all

    select
        report_id,
        'applicants_sum' as rule,
        count(*) as count_sums,
        count(*) filter (where expected is null or actual is null) as count_open
    from _applicant_sums
    group by report_id

    union all

    select
        report_id,
        'dispute_results_sum' as rule,
        count(*) as count_sums,
        count(*) filter (where expected is null or actual is null) as count_open
    from _dispute_sums
    group by report_id
)

select
    counted.report_id,
    null as indicator,
    null as applicant,
    cast(counted.count_sums as varchar) as expected,
    cast(counted.count_sums - counted.count_open as varchar) as actual,
    null as difference,
    '“' || rules.title_zh || '”共' || counted.count_sums || '处应核对，其中'
    || counted.count_open || '处有单元格没有数字，无法核对。' as message,
    counted.rule as evidence
from counted
inner join stg_rules as rules on counted.rule = rules.rule
where counted.count_open > 0
