-- purpose: the files of the inbox that were dealt with. The path of a file in an archive goes on
--          behind that of the archive.
-- grain: One row per file.
-- key: source_path
-- inputs: source_files
select
    source_path,
    report_id,
    outcome,
    is_present
from source_files
