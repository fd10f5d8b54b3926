-- purpose: the findings, without their wording
-- grain: One row per finding; findings have no key.
-- key: -
-- inputs: findings
select
    report_id,
    rule,
    severity
from findings
