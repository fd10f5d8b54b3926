-- purpose: the rows of `sections` that came with the chosen copy of each report
-- inputs: incoming_sections, chosen_reports
insert into sections by name
select
    incoming.report_id,
    incoming.section_no,
    incoming.heading,
    incoming.body
from incoming_sections as incoming
semi join chosen_reports as chosen
    on
        incoming.report_id = chosen.report_id
        and incoming.shard = chosen.shard
