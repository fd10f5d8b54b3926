-- purpose: findings that were not there before a load
-- grain: One row per finding.
-- key: -
-- inputs: findings, findings_before
create or replace temp view news as
select
    findings.report_id,
    findings.rule,
    findings.severity,
    findings.message
from findings
anti join findings_before as earlier
    on
        findings.report_id = earlier.report_id
        and findings.rule = earlier.rule
        and findings.indicator is not distinct from earlier.indicator
        and findings.applicant is not distinct from earlier.applicant
        and findings.message = earlier.message
