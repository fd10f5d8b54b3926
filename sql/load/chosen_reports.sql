-- purpose: one copy of each report. The same bytes may lie under several paths and come in several
--          shards; the path may help to tell who reports, so a copy that is matched goes first.
-- grain: One row per report.
-- key: report_id
-- inputs: incoming_reports
create or replace temp table chosen_reports as
select
    report_id,
    shard,
    source_path
from incoming_reports
qualify
    row_number() over (
        partition by report_id
        order by
            case identity_status when 'matched' then 0 when 'ambiguous' then 1 else 2 end,
            source_path,
            shard
    ) = 1
