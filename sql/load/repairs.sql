-- purpose: the rows of `repairs` that came with the chosen copy of each report
-- inputs: incoming_repairs, chosen_reports
insert into repairs by name
select
    incoming.report_id,
    incoming.step,
    incoming.count,
    incoming.example_before,
    incoming.example_after
from incoming_repairs as incoming
semi join chosen_reports as chosen
    on
        incoming.report_id = chosen.report_id
        and incoming.shard = chosen.shard
