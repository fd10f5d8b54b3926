-- purpose: what is known of each file of the inbox, the new in place of the old
-- inputs: incoming_source_files
insert or replace into source_files by name
select
    cast(source_path as varchar) as source_path,
    cast(size as bigint) as size,
    cast(mtime_ns as bigint) as mtime_ns,
    cast(sha256 as varchar) as sha256,
    cast(report_id as varchar) as report_id,
    cast(version as varchar) as version,
    cast(outcome as varchar) as outcome,
    cast(seen_run_id as varchar) as seen_run_id,
    true as is_present
from incoming_source_files
