-- purpose: the rows of data/reference/deadlines.csv; an empty division code is the country
insert into deadlines by name
select
    org_level,
    coalesce(division_code, '') as division_code,
    month,
    day,
    basis
from incoming_deadlines
