-- purpose: the numbers of changed reports that are not in report_totals yet, a row of a form a row.
--          An indicator that is not by applicant has its number in total. Filled batch by batch
--          (variable batch), so that memory does not grow with the reports.
-- grain: One row per report and indicator.
-- key: report_id, indicator
-- inputs: facts, ungathered_reports
insert into report_rows by name
with

ungathered as (
    select report_id from ungathered_reports
    where batch = getvariable('batch')
)

select
    facts.report_id,
    facts.indicator,
    max(case when facts.applicant = 'natural_person' then facts.value end) as natural_person,
    max(case when facts.applicant = 'enterprise' then facts.value end) as enterprise,
    max(case when facts.applicant = 'research_institution' then facts.value end)
        as research_institution,
    max(case when facts.applicant = 'public_interest_organization' then facts.value end)
        as public_interest_organization,
    max(case when facts.applicant = 'legal_services' then facts.value end) as legal_services,
    max(case when facts.applicant = 'other_organization' then facts.value end)
        as other_organization,
    max(case when coalesce(facts.applicant, 'total') = 'total' then facts.value end) as total
from facts
semi join ungathered on facts.report_id = ungathered.report_id
group by facts.report_id, facts.indicator
-- a report's rows together take half the room
order by facts.report_id
