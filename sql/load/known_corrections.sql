-- purpose: the lines of the corrections file that the warehouse was made with
-- grain: One row per line.
-- key: line_no
-- inputs: corrections
select
    line_no,
    report_id,
    action,
    indicator,
    applicant,
    rule,
    old,
    new,
    who,
    strftime(corrected_on, '%Y-%m-%d') as corrected_on,
    why
from corrections
order by line_no
