-- purpose: which indicators each official format has; formats are the label columns of indicators
-- grain: One row per indicator and format that has it.
-- key: indicator, format
-- inputs: indicators
with

labels as (
    unpivot indicators
    on columns('label_[0-9]{4}')
    into name label_column value label
)

select
    indicator,
    "table" as table_name,
    by_applicant,
    sum_into,
    replace(label_column, 'label_', '') as format,
    label
from labels
