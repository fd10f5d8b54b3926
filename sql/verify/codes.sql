-- purpose: only codes that are known
-- grain: One row per row with an unknown code.
-- scope: report
-- inputs: reports, facts, findings, indicators, applicants, rules
select 'facts: unknown indicator ' || facts.indicator as breach
from facts
anti join indicators on facts.indicator = indicators.indicator

union all

select 'facts: unknown applicant ' || facts.applicant as breach
from facts
anti join applicants on facts.applicant = applicants.applicant
where facts.applicant is not null

union all

select
    'facts: ' || facts.indicator || ' of report ' || facts.report_id
    || if(indicators.by_applicant, ' lacks an applicant', ' has an applicant') as breach
from facts
inner join indicators on facts.indicator = indicators.indicator
where indicators.by_applicant = (facts.applicant is null)

union all

select
    'facts: report ' || report_id || ' has value ' || coalesce(cast(value as varchar), 'null')
    || ' with value_status ' || value_status as breach
from facts
where
    value_status not in ('reported', 'blank', 'not_applicable', 'unreadable')
    or (value is null) = (value_status = 'reported')

union all

select 'findings: unknown rule ' || findings.rule as breach
from findings
anti join rules on findings.rule = rules.rule

union all

select 'reports: report ' || report_id || ' has an unknown code' as breach
from reports
where
    org_level not in ('township', 'county', 'city', 'province', 'department')
    or identity_status not in ('matched', 'ambiguous', 'unmatched')
    or status not in ('complete', 'partial', 'text_only')
    or script not in ('simplified', 'traditional')
