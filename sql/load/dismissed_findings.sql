-- purpose: findings that a correction dismisses leave the findings
-- inputs: corrections, findings
insert into dismissed_findings by name
select
    corrections.line_no,
    findings.report_id,
    findings.rule,
    findings.severity,
    findings.indicator,
    findings.applicant,
    findings.expected,
    findings.actual,
    findings.difference,
    findings.message,
    findings.evidence
from findings
inner join corrections
    on
        corrections.action = 'dismiss'
        and findings.report_id = corrections.report_id
        and findings.rule = corrections.rule
        and (corrections.indicator is null or findings.indicator = corrections.indicator)
        and (corrections.applicant is null or findings.applicant = corrections.applicant);

delete from findings
using corrections
where
    corrections.action = 'dismiss'
    and findings.report_id = corrections.report_id
    and findings.rule = corrections.rule
    and (corrections.indicator is null or findings.indicator = corrections.indicator)
    and (corrections.applicant is null or findings.applicant = corrections.applicant);
