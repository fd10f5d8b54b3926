create table if not exists source_files (
    source_path varchar primary key,
    size bigint not null,
    mtime_ns bigint not null,
    sha256 varchar,
    report_id varchar,
    version varchar not null,
    outcome varchar not null,
    seen_run_id varchar not null,
    is_present boolean default true
);

-- for a warehouse made before files were marked
alter table source_files add column if not exists is_present boolean default true;

comment on table source_files is
'One row per file of the inbox that was dealt with; tells the next run what is unchanged.';
comment on column source_files.source_path is
'Path relative to the inbox; that of a member goes on behind its archive';
comment on column source_files.size is 'Bytes';
comment on column source_files.mtime_ns is
'Time of last change, nanoseconds since 1970 UTC';
comment on column source_files.sha256 is
'SHA-256 of the file, null where it could not be read';
comment on column source_files.report_id is
'Report the file became, null in quarantine and for an archive';
comment on column source_files.version is 'Version of the code that dealt with it';
comment on column source_files.outcome is
'report, quarantine, or archive, whose members have rows of their own';
comment on column source_files.seen_run_id is 'Run that last dealt with it';
comment on column source_files.is_present is
'Whether there was a file at the last run; where not, its report is kept';
