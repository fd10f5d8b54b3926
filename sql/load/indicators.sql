-- purpose: the rows of data/reference/indicators.csv
insert into indicators by name
select
    indicator,
    "table",
    label_2019,
    label_2021,
    unit,
    cast(by_applicant as boolean) as by_applicant,
    sum_into,
    note
from incoming_indicators
