-- purpose: the cells of the official tables, without where they stood
-- grain: One row per report, indicator and applicant.
-- key: report_id, indicator, applicant
-- inputs: facts
select
    report_id,
    indicator,
    applicant,
    value,
    value_status,
    unit,
    raw_text
from facts
