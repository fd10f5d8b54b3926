-- purpose: reports of contents that are read as no report now, in place of those that come: they go
--          as what is loaded again goes, and nothing comes
-- grain: One row per report.
-- key: report_id
-- inputs: incoming_digests, reports
create or replace temp table chosen_reports as
select
    report_id,
    source_path,
    coalesce(first_loaded_at, loaded_at) as first_loaded_at
from reports
where source_sha256 in (select source_sha256 from incoming_digests)
