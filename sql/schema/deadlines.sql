create table if not exists deadlines (
    org_level varchar not null,
    division_code varchar not null,
    month integer not null,
    day integer not null,
    basis varchar not null,
    primary key (org_level, division_code)
);

comment on table deadlines is
'One row per level and division: until when the report of a year is due in the year after.';
comment on column deadlines.org_level is 'Level of the organisations it holds for';
comment on column deadlines.division_code is
'Code of the division it holds in, empty for the country; the longest code that fits counts';
comment on column deadlines.month is 'Month of the last day, of the year after the report year';
comment on column deadlines.day is 'Last day';
comment on column deadlines.basis is 'Sentence it rests on';
