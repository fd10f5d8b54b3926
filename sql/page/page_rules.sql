-- purpose: the rules, in the order of their weight
-- grain: One row per rule.
-- key: rule
-- inputs: rules
select
    rule,
    severity,
    title,
    title_zh,
    basis
from rules
order by array_position(['error', 'warning', 'info'], severity), rule
