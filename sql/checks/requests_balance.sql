-- purpose: new requests and those carried in must equal those processed and those carried out
-- grain: One row per report and applicant column where they do not.
-- key: report_id, applicant
-- scope: report
-- inputs: _requests_balances, stg_applicants
select
    balances.report_id,
    'requests.processed_total' as indicator,
    balances.applicant,
    printed_number(balances.expected) as expected,
    printed_number(balances.actual) as actual,
    balances.actual - balances.expected as difference,
    '“' || applicants.label || '”一列：本年新收' || printed_number(balances.received_new)
    || '件加上年结转' || printed_number(balances.carried_in)
    || '件，共' || printed_number(balances.expected)
    || '件；办理结果总计' || printed_number(balances.processed)
    || '件加结转下年度' || printed_number(balances.carried_out)
    || '件，共' || printed_number(balances.actual)
    || '件，两者应当相等，现相差' || printed_number(abs(balances.actual - balances.expected))
    || '件。' as message,
    printed_number(balances.received_new) || ' + ' || printed_number(balances.carried_in)
    || ' ≠ ' || printed_number(balances.processed) || ' + '
    || printed_number(balances.carried_out) as evidence
from _requests_balances as balances
inner join stg_applicants as applicants on balances.applicant = applicants.applicant
where balances.expected != balances.actual
