-- purpose: what stands in quarantine, for people: why, and when it was first and last tried (UTC)
-- grain:   one row per file that could not become a report
-- key:     source_path
-- inputs:  quarantine, runs
select
    quarantine.source_path,
    quarantine.stage,
    quarantine.error,
    quarantine.message as reason_and_advice,
    date_trunc('second', first_run.started_at) as first_run,
    date_trunc('second', last_run.started_at) as last_run
from quarantine
left join runs as first_run on quarantine.first_run_id = first_run.run_id
left join runs as last_run on quarantine.last_run_id = last_run.run_id
order by quarantine.source_path;
