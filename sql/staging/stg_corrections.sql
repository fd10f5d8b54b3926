-- purpose: cells whose printed value people overruled: what they print is settled
-- grain: One row per overruled cell.
-- key: report_id, indicator, applicant
-- inputs: corrections
select
    report_id,
    indicator,
    applicant
from corrections
where printed_status is not null
