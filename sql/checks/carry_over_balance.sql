-- purpose: requests carried in this year must equal those carried out last year
-- grain: One row per current report and applicant column where they do not.
-- key: report_id, applicant
-- scope: organisation
-- inputs: _carry_overs, stg_applicants
select
    carried.report_id,
    'requests.carried_in' as indicator,
    carried.applicant,
    printed_number(carried.carried_out_last_year) as expected,
    printed_number(carried.carried_in) as actual,
    carried.difference,
    '“' || applicants.label || '”一列：' || carried.last_year || '年度报告“结转下年度继续办理”为'
    || printed_number(carried.carried_out_last_year) || '件，本年度报告“上年结转”为'
    || printed_number(carried.carried_in) || '件，两者应当相等，现相差'
    || printed_number(abs(carried.difference)) || '件。' as message,
    printed_number(carried.carried_out_last_year) || ' ≠ '
    || printed_number(carried.carried_in) as evidence
from _carry_overs as carried
inner join stg_applicants as applicants on carried.applicant = applicants.applicant
where carried.difference != 0
