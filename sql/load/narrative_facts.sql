-- purpose: the rows of `narrative_facts` that came with the chosen copy of each report
-- inputs: incoming_narrative_facts, chosen_reports
insert into narrative_facts by name
select
    incoming.report_id,
    incoming.section_no,
    incoming.metric,
    incoming.qualifier,
    incoming.value,
    incoming.unit,
    incoming.is_approximate,
    incoming.sentence
from incoming_narrative_facts as incoming
semi join chosen_reports as chosen
    on
        incoming.report_id = chosen.report_id
        and incoming.shard = chosen.shard
