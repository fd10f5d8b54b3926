-- purpose: the files of the inbox that were dealt with
-- grain: One row per file.
-- key: source_path
-- inputs: source_files
select
    source_path,
    size,
    mtime_ns,
    sha256,
    report_id,
    version,
    outcome
from source_files
order by source_path
