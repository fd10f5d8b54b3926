-- purpose: files of the inbox with the report each became; members of archives are files too
-- grain: One row per file that was dealt with.
-- key: source_path
-- inputs: source_files
select
    source_path,
    report_id,
    sha256,
    outcome = 'archive' as is_archive
from source_files
