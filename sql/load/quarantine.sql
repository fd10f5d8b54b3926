-- purpose: files that could not become a report; a file met before keeps its first run
-- inputs: incoming_quarantine
insert into quarantine by name
select
    cast(source_path as varchar) as source_path,
    cast(source_sha256 as varchar) as source_sha256,
    cast(stage as varchar) as stage,
    cast(error as varchar) as error,
    cast(message as varchar) as message,
    getvariable('run_id') as first_run_id,
    getvariable('run_id') as last_run_id
from incoming_quarantine
on conflict (source_path) do update
    set
        source_sha256 = excluded.source_sha256,
        stage = excluded.stage,
        error = excluded.error,
        message = excluded.message,
        last_run_id = excluded.last_run_id
