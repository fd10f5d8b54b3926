create table if not exists indicators (
    indicator varchar primary key,
    "table" varchar not null,
    label_2019 varchar,
    label_2021 varchar,
    unit varchar not null,
    by_applicant boolean not null,
    sum_into varchar,
    note varchar
);

comment on table indicators is 'One row per indicator of the official tables.';
comment on column indicators.indicator is 'Code';
comment on column indicators."table" is 'disclosure, requests or disputes';
comment on column indicators.label_2019 is
'Label path in the format of 2019; null where the format lacks it';
comment on column indicators.label_2021 is
'Label path in the format of 2021; null where the format lacks it';
comment on column indicators.unit is 'Unit values are stored in';
comment on column indicators.by_applicant is 'Whether there is a value for each applicant';
comment on column indicators.sum_into is 'Indicator of the total it adds up to';
comment on column indicators.note is 'Remark';
