-- purpose: the findings
-- grain: One row per finding; findings have no key.
-- key: -
-- inputs: findings
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
from findings
