-- No primary key: an index over millions of rows would cost more than the load itself, so
-- verify() proves that (report_id, indicator, applicant) is unique.
create table if not exists facts (
    report_id varchar not null,
    indicator varchar not null,
    applicant varchar,
    value decimal(20, 4),
    value_status varchar not null,
    unit varchar,
    raw_text varchar,
    table_index integer,
    row_index integer,
    column_index integer
);

comment on table facts is 'One row per table cell of the official format in a report.';
comment on column facts.report_id is 'Report the cell stands in';
comment on column facts.indicator is 'Code in indicators';
comment on column facts.applicant is
'Code in applicants; null unless the indicator is by applicant';
comment on column facts.value is
'The number printed, unless a row of corrections overrules it; null unless reported. Money in 万元';
comment on column facts.value_status is 'reported, blank, not_applicable or unreadable';
comment on column facts.unit is 'Unit of value';
comment on column facts.raw_text is 'The cell as printed';
comment on column facts.table_index is 'Table of the document, 0-based';
comment on column facts.row_index is 'Row of the table, 0-based';
comment on column facts.column_index is 'Column of the table, 0-based';
