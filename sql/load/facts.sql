-- purpose: the rows of `facts` that came with the chosen copy of each report
-- inputs: incoming_facts, chosen_reports
insert into facts by name
select
    incoming.report_id,
    incoming.indicator,
    incoming.applicant,
    incoming.value,
    incoming.value_status,
    incoming.unit,
    incoming.raw_text,
    incoming.table_index,
    incoming.row_index,
    incoming.column_index
from incoming_facts as incoming
semi join chosen_reports as chosen
    on
        incoming.report_id = chosen.report_id
        and incoming.shard = chosen.shard
