create table if not exists quarantine (
    source_path varchar primary key,
    source_sha256 varchar,
    stage varchar not null,
    error varchar not null,
    message varchar,
    first_run_id varchar not null,
    last_run_id varchar not null
);

comment on table quarantine is 'One row per file that could not become a report.';
comment on column quarantine.source_path is 'Path relative to the inbox';
comment on column quarantine.source_sha256 is 'SHA-256 of the file, where it could be read';
comment on column quarantine.stage is 'Stage that failed';
comment on column quarantine.error is 'Kind of failure';
comment on column quarantine.message is 'Reason and advice';
comment on column quarantine.first_run_id is 'Run that first met the failure';
comment on column quarantine.last_run_id is 'Run that last met it';
