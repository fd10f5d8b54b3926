create table if not exists repairs (
    report_id varchar not null,
    step varchar not null,
    count integer,
    example_before varchar,
    example_after varchar
);

comment on table repairs is 'One row per repair step that changed a document.';
comment on column repairs.report_id is 'Report that was repaired';
comment on column repairs.step is 'Name of the repair';
comment on column repairs.count is 'How many places it changed';
comment on column repairs.example_before is 'One place before';
comment on column repairs.example_after is 'The same place after';
