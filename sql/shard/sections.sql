-- purpose: the frame `sections` with the types of the contract
select
    cast(report_id as varchar) as report_id,
    cast(section_no as integer) as section_no,
    cast(heading as varchar) as heading,
    cast(body as varchar) as body
from frame_sections
