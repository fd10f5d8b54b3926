-- purpose: the lines of the corrections file. What a line overrules or dismisses stays with it
--          where its report has not changed (changed_by_corrections); its number may be another.
-- inputs: incoming_corrections, corrections, dismissed_findings, changed_reports
create or replace temp table next_corrections as
select
    cast(incoming.line_no as integer) as line_no,
    incoming.report_id,
    incoming.action,
    incoming.indicator,
    incoming.applicant,
    incoming.rule,
    incoming.old,
    incoming.new,
    incoming.who,
    cast(incoming.corrected_on as date) as corrected_on,
    incoming.why,
    earlier.line_no as earlier_line_no,
    earlier.printed_value,
    earlier.printed_status
from incoming_corrections as incoming
left join corrections as earlier
    on
        incoming.report_id = earlier.report_id
        and incoming.action = earlier.action
        and incoming.indicator is not distinct from earlier.indicator
        and incoming.applicant is not distinct from earlier.applicant
        and incoming.rule is not distinct from earlier.rule
        and earlier.report_id not in (select report_id from changed_reports);

update dismissed_findings
set line_no = next_corrections.line_no
from next_corrections
where dismissed_findings.line_no = next_corrections.earlier_line_no;

delete from corrections;

insert into corrections by name
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
    corrected_on,
    why,
    printed_value,
    printed_status
from next_corrections;

drop table next_corrections;
