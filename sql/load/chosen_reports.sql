-- purpose: one copy of each report. The same bytes may lie under several paths and come in several
--          shards; the path may help to tell who reports, so a copy that is matched goes first.
-- grain: One row per report.
-- key: report_id
-- inputs: incoming_reports, reports
create or replace temp table chosen_reports as
select
    incoming.report_id,
    incoming.shard,
    incoming.source_path,
    coalesce(loaded.first_loaded_at, loaded.loaded_at) as first_loaded_at
from incoming_reports as incoming
left join reports as loaded on incoming.report_id = loaded.report_id
qualify
    row_number() over (
        partition by incoming.report_id
        order by
            case incoming.identity_status when 'matched' then 0 when 'ambiguous' then 1 else 2 end,
            incoming.source_path,
            incoming.shard
    ) = 1
