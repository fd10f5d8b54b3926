-- purpose: the address each fetched report is from, by its content, so that it holds for copies
--          too; of a report that was fetched from several the one of the first path. A member of an
--          archive is from where the archive is from.
-- grain: One row per report that was fetched.
-- key: report_id
-- inputs: stg_fetched_files, stg_source_files
with

fetched as (
    select * from stg_fetched_files
),

archives as (
    select
        files.source_path,
        fetched.url
    from stg_source_files as files
    inner join fetched
        on files.source_path = fetched.source_path and files.sha256 = fetched.sha256
    where files.is_archive
),

places as (
    select
        files.report_id,
        fetched.source_path,
        fetched.url
    from stg_source_files as files
    inner join fetched on files.sha256 = fetched.sha256
    where files.report_id is not null

    union all

    -- what lies behind a path: 0 is the sign after the stroke
    select
        files.report_id,
        files.source_path,
        archives.url
    from stg_source_files as files
    inner join archives
        on
            files.source_path > archives.source_path || '/'
            and files.source_path < archives.source_path || '0'
    where files.report_id is not null
)

select
    report_id,
    min_by(url, source_path) as url
from places
group by report_id
