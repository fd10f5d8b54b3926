-- purpose: where files of the inbox were fetched from, the new in place of the old
-- inputs: incoming_fetched_files
insert or replace into fetched_files by name
select
    source_path,
    url,
    final_url,
    found_on,
    strptime(cast(fetched_at as varchar), '%Y-%m-%dT%H:%M:%SZ') as fetched_at,
    strptime(cast(checked_at as varchar), '%Y-%m-%dT%H:%M:%SZ') as checked_at,
    cast(status as integer) as status,
    etag,
    try_strptime(cast(last_modified as varchar), '%a, %d %b %Y %H:%M:%S GMT') as last_modified,
    content_type,
    sha256,
    cast(size as bigint) as size
from incoming_fetched_files
