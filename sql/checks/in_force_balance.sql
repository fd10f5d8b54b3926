-- purpose: what is in force must be what was in force last year, and issued less repealed since
-- grain: One row per current report and kind of document where it is not.
-- key: report_id, indicator
-- scope: organisation
-- inputs: _in_force_balances, stg_indicators
select
    balances.report_id,
    balances.indicator,
    null as applicant,
    printed_number(balances.expected) as expected,
    printed_number(balances.actual) as actual,
    balances.actual - balances.expected as difference,
    '“' || indicators.label || '”填' || printed_number(balances.actual) || '件；按'
    || balances.last_year || '年度报告现行有效' || printed_number(balances.last_in_force)
    || '件，加本年制发' || printed_number(balances.issued) || '件，减本年废止'
    || printed_number(balances.repealed) || '件，应为' || printed_number(balances.expected)
    || '件，相差' || printed_number(abs(balances.actual - balances.expected)) || '件。' as message,
    printed_number(balances.last_in_force) || ' + ' || printed_number(balances.issued)
    || ' - ' || printed_number(balances.repealed) || ' ≠ '
    || printed_number(balances.actual) as evidence
from _in_force_balances as balances
inner join stg_indicators as indicators on balances.indicator = indicators.indicator
where balances.actual != balances.expected
