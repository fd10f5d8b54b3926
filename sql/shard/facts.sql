-- purpose: the frame `facts` with the types of the contract
select
    cast(report_id as varchar) as report_id,
    cast(indicator as varchar) as indicator,
    cast(applicant as varchar) as applicant,
    cast(value as decimal(20, 4)) as value,
    cast(value_status as varchar) as value_status,
    cast(unit as varchar) as unit,
    cast(raw_text as varchar) as raw_text,
    cast(table_index as integer) as table_index,
    cast(row_index as integer) as row_index,
    cast(column_index as integer) as column_index
from frame_facts
