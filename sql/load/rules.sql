-- purpose: the rows of data/reference/rules.csv
insert into rules by name
select
    rule,
    severity,
    origin,
    title,
    title_zh,
    basis
from incoming_rules
