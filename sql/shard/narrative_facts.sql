-- purpose: the frame `narrative_facts` with the types of the contract
select
    cast(report_id as varchar) as report_id,
    cast(section_no as integer) as section_no,
    cast(metric as varchar) as metric,
    cast(qualifier as varchar) as qualifier,
    cast(value as decimal(20, 4)) as value,
    cast(unit as varchar) as unit,
    cast(is_approximate as boolean) as is_approximate,
    cast(sentence as varchar) as sentence
from frame_narrative_facts
