-- purpose: one run; what is given replaces what was there, what is not given stays
-- inputs: incoming_runs
insert into runs by name
select
    cast(run_id as varchar) as run_id,
    cast(started_at as timestamp) as started_at,
    cast(finished_at as timestamp) as finished_at,
    cast(status as varchar) as status,
    cast(files_seen as bigint) as files_seen,
    cast(files_new as bigint) as files_new,
    cast(files_unchanged as bigint) as files_unchanged,
    cast(reports_loaded as bigint) as reports_loaded,
    cast(files_quarantined as bigint) as files_quarantined,
    cast(findings as bigint) as findings,
    cast(version as varchar) as version
from incoming_runs
on conflict (run_id) do update
    set
        started_at = coalesce(excluded.started_at, started_at),
        finished_at = coalesce(excluded.finished_at, finished_at),
        status = coalesce(excluded.status, status),
        files_seen = coalesce(excluded.files_seen, files_seen),
        files_new = coalesce(excluded.files_new, files_new),
        files_unchanged = coalesce(excluded.files_unchanged, files_unchanged),
        reports_loaded = coalesce(excluded.reports_loaded, reports_loaded),
        files_quarantined = coalesce(excluded.files_quarantined, files_quarantined),
        findings = coalesce(excluded.findings, findings),
        version = coalesce(excluded.version, version)
