-- purpose: the numbers of the official tables, the applicants of an indicator side by side
-- grain: One row per report and indicator found in it.
-- key: report_id, indicator
-- inputs: report_rows
select
    report_id,
    indicator,
    natural_person,
    enterprise,
    research_institution,
    public_interest_organization,
    legal_services,
    other_organization,
    total
from report_rows
