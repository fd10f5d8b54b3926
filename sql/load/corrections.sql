-- purpose: the lines of the corrections file
-- inputs: incoming_corrections
delete from corrections;

insert into corrections by name
select
    cast(line_no as integer) as line_no,
    report_id,
    action,
    indicator,
    applicant,
    rule,
    old,
    new,
    who,
    cast(corrected_on as date) as corrected_on,
    why
from incoming_corrections;
