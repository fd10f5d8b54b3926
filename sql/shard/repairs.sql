-- purpose: the frame `repairs` with the types of the contract
select
    cast(report_id as varchar) as report_id,
    cast(step as varchar) as step,
    cast(count as integer) as count,
    cast(example_before as varchar) as example_before,
    cast(example_after as varchar) as example_after
from frame_repairs
