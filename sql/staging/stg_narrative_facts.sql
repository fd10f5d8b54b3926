-- purpose: figures stated in prose
-- grain: One row per figure stated in a section of a report; figures have no key.
-- key: -
-- inputs: narrative_facts
select
    report_id,
    section_no,
    metric,
    qualifier,
    value,
    unit,
    is_approximate,
    sentence
from narrative_facts
