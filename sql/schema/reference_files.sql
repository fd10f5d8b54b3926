-- Loading 41,352 divisions anew every night would cost more than a night's reports.
create table if not exists reference_files (
    name varchar primary key,
    digest varchar not null
);

comment on table reference_files is
'One row per large reference table: what it was loaded from. When that changes it is loaded anew.';
comment on column reference_files.name is 'Reference table';
comment on column reference_files.digest is
'SHA-256 of its files and of the statement that loads them';
