-- Loading 41,352 divisions and making all views anew would cost more than a small night's reports.
create table if not exists reference_files (
    name varchar primary key,
    digest varchar not null
);

comment on table reference_files is
'One row per part made at every load: what it was made of. When that changes it is made anew.';
comment on column reference_files.name is 'What was made: divisions or views';
comment on column reference_files.digest is
'SHA-256 of the files and statements it is made of';
