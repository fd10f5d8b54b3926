-- purpose: where files of the inbox were fetched from
-- grain: One row per fetched file.
-- key: source_path
-- inputs: fetched_files
select
    source_path,
    url,
    sha256
from fetched_files
