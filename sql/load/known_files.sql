-- purpose: the files of the inbox that were dealt with; is_read_here tells the path under which the
--          report was read from others with the same content. All columns, for a warehouse made
--          before files were marked has no is_present.
-- grain: One row per file.
-- key: source_path
-- inputs: source_files, reports
select
    source_files.* exclude (seen_run_id), -- noqa: AM04
    reports.report_id is not null as is_read_here
from source_files
left join reports
    on
        source_files.report_id = reports.report_id
        and source_files.source_path = reports.source_path
order by source_files.source_path
