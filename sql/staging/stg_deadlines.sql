-- purpose: until when the report of a year is due
-- grain: One row per level and division.
-- key: org_level, division_code
-- inputs: deadlines
select
    org_level,
    division_code,
    month,
    day
from deadlines
