-- purpose: printed values of changed reports that a correction overrules. The cell must print what
--          the correction says it prints, else it is not the cell that was meant; a correction
--          without a new number says that none is known.
-- inputs: corrections, facts, changed_reports
update corrections
set
    printed_value = facts.value,
    printed_status = facts.value_status
from facts
where
    corrections.action = 'value'
    and corrections.report_id in (select report_id from changed_reports)
    and facts.report_id = corrections.report_id
    and facts.indicator = corrections.indicator
    and facts.applicant is not distinct from corrections.applicant
    and (
        -- Chinese offices fill blank cells with ideographic spaces, which trim() leaves
        regexp_replace(coalesce(facts.raw_text, ''), '^[\s\p{Z}]+|[\s\p{Z}]+$', '', 'g')
        = coalesce(corrections.old, '')
        or facts.value = try_cast(corrections.old as decimal(20, 4))
    );

update facts
set
    value = cast(corrections.new as decimal(20, 4)),
    value_status = if(corrections.new is null, 'unreadable', 'reported')
from corrections
where
    corrections.printed_status is not null
    and corrections.report_id in (select report_id from changed_reports)
    and facts.report_id = corrections.report_id
    and facts.indicator = corrections.indicator
    and facts.applicant is not distinct from corrections.applicant;
