-- purpose: the frame `findings` with the types of the contract
select
    cast(report_id as varchar) as report_id,
    cast(rule as varchar) as rule,
    cast(indicator as varchar) as indicator,
    cast(applicant as varchar) as applicant,
    cast(expected as varchar) as expected,
    cast(actual as varchar) as actual,
    cast(message as varchar) as message,
    cast(evidence as varchar) as evidence
from frame_findings
