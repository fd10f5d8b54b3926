-- purpose: the rules a report can break
-- grain: One row per rule.
-- key: rule
-- inputs: rules
select
    rule,
    severity,
    title_zh
from rules
