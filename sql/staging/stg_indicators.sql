-- purpose: the indicators, with one label to print, the format it belongs to where it is one only,
--          and whether a value may be below zero
-- grain: One row per indicator.
-- key: indicator
-- inputs: indicators
select
    indicator,
    "table" as table_name,
    coalesce(label_2021, label_2019) as label,
    unit,
    by_applicant,
    sum_into,
    case
        when label_2019 is null then '2021'
        when label_2021 is null then '2019'
    end as only_format,
    coalesce(note = 'may be negative', false) as is_signed
from indicators
