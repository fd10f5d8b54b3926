-- Timestamps are UTC, without a zone.
create table if not exists runs (
    run_id varchar primary key,
    started_at timestamp,
    finished_at timestamp,
    status varchar,
    files_seen bigint,
    files_new bigint,
    files_unchanged bigint,
    reports_loaded bigint,
    files_quarantined bigint,
    findings bigint,
    version varchar
);

comment on table runs is 'One row per run of the ingestion.';
comment on column runs.run_id is 'Identifier of the run';
comment on column runs.started_at is 'Start, UTC';
comment on column runs.finished_at is 'End, UTC';
comment on column runs.status is 'How the run ended';
comment on column runs.files_seen is 'Files found in the inbox';
comment on column runs.files_new is 'Files new or changed';
comment on column runs.files_unchanged is 'Files known and left alone';
comment on column runs.reports_loaded is 'Reports loaded';
comment on column runs.files_quarantined is 'Files that could not become a report';
comment on column runs.findings is 'Findings in the warehouse after the run';
comment on column runs.version is 'Version of the code';
