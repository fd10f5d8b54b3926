-- purpose: changed reports as printed: overruled cells get their printed value back, dismissed
--          findings stand again. So a correction that is changed or withdrawn leaves no trace, and
--          what is read anew is not taken for what was overruled.
-- inputs: corrections, dismissed_findings, changed_reports
update facts
set
    value = corrections.printed_value,
    value_status = corrections.printed_status
from corrections
where
    corrections.printed_status is not null
    and corrections.report_id in (select report_id from changed_reports)
    and facts.report_id = corrections.report_id
    and facts.indicator = corrections.indicator
    and facts.applicant is not distinct from corrections.applicant;

update corrections
set
    printed_value = null,
    printed_status = null
where
    printed_status is not null
    and report_id in (select report_id from changed_reports);

insert into findings by name
select
    report_id,
    rule,
    severity,
    indicator,
    applicant,
    expected,
    actual,
    difference,
    message,
    evidence
from dismissed_findings
where report_id in (select report_id from changed_reports);

delete from dismissed_findings
where report_id in (select report_id from changed_reports);
