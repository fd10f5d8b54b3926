-- Timestamps are UTC, without a zone.
create table if not exists fetched_files (
    source_path varchar primary key,
    url varchar not null,
    final_url varchar not null,
    found_on varchar,
    fetched_at timestamp not null,
    checked_at timestamp not null,
    status integer,
    etag varchar,
    last_modified timestamp,
    content_type varchar,
    sha256 varchar not null,
    size bigint not null
);

comment on table fetched_files is
'One row per file that gongkai fetch brought, as of the last run that published.';
comment on column fetched_files.source_path is 'Path relative to the inbox';
comment on column fetched_files.url is 'Address that was asked for: of the source or of the link';
comment on column fetched_files.final_url is 'Address that answered, after redirects';
comment on column fetched_files.found_on is
'Address of the page that links to it; null where the file of sources names it';
comment on column fetched_files.fetched_at is 'When this content was first received, UTC';
comment on column fetched_files.checked_at is 'When it was last asked for, UTC';
comment on column fetched_files.status is
'HTTP status then; other than 200 and 304, or null for no answer, it failed and the file stayed';
comment on column fetched_files.etag is 'Mark of this version, as the server gives it';
comment on column fetched_files.last_modified is
'Last change by the word of the server, UTC; no day of publication';
comment on column fetched_files.content_type is 'Type by the word of the server';
comment on column fetched_files.sha256 is 'SHA-256 of the file as fetched';
comment on column fetched_files.size is 'Bytes';
