create table if not exists sections (
    report_id varchar not null,
    section_no integer not null,
    heading varchar,
    body varchar
);

comment on table sections is 'One row per section of a report, without its tables.';
comment on column sections.report_id is 'Report the section stands in';
comment on column sections.section_no is '1 to 6, as numbered in the official format';
comment on column sections.heading is 'Heading as printed';
comment on column sections.body is 'Prose of the section, a line a paragraph';
