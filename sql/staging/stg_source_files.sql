-- purpose: the files of the inbox that were dealt with, members of archives too. The path of a
--          member goes on behind that of its archive.
-- grain: One row per file.
-- key: source_path
-- inputs: source_files
select
    source_path,
    report_id,
    sha256,
    outcome = 'archive' as is_archive,
    is_present
from source_files
