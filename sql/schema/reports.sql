-- No primary key, so that a report can be deleted and loaded again in one transaction;
-- verify() proves report_id. The loader sets run_id and loaded_at, the end of a load
-- is_current and superseded_by. Timestamps are UTC, without a zone.
create table if not exists reports (
    report_id varchar not null,
    source_path varchar not null,
    source_sha256 varchar not null,
    source_bytes bigint not null,
    reader varchar not null,
    encoding varchar,
    encoding_method varchar,
    script varchar not null,
    is_scarred boolean not null,
    title varchar,
    org_name varchar,
    org_level varchar,
    township_code varchar,
    township_name varchar,
    county_name varchar,
    city_name varchar,
    province_name varchar,
    identity_status varchar not null,
    report_year integer,
    period_start date,
    period_end date,
    published_on date,
    format varchar,
    status varchar not null,
    is_current boolean,
    superseded_by varchar,
    run_id varchar not null,
    loaded_at timestamp not null,
    first_loaded_at timestamp
);

-- for a warehouse made before it was kept
alter table reports add column if not exists first_loaded_at timestamp;

comment on table reports is
'One row per ingested report: who reported, for which year, and how its file was read.';
comment on column reports.report_id is 'First 16 hex digits of the SHA-256 of the file';
comment on column reports.source_path is 'Path relative to the inbox';
comment on column reports.source_sha256 is 'SHA-256 of the file, 64 hex digits';
comment on column reports.source_bytes is 'Size of the file in bytes';
comment on column reports.reader is
'text, markdown, html, mhtml, docx, office (converted to docx), pdf or sheet';
comment on column reports.encoding is 'Encoding the bytes were decoded with';
comment on column reports.encoding_method is 'bom, declared, utf-8, statistics or fallback';
comment on column reports.script is 'simplified or traditional, as published';
comment on column reports.is_scarred is 'Whether pinyin scars were found in the text';
comment on column reports.title is 'Title of the report';
comment on column reports.org_name is 'Name of the reporting organisation';
comment on column reports.org_level is 'township, county, city, province or department';
comment on column reports.township_code is
'Division code of 9 digits, only where identity_status is matched';
comment on column reports.township_name is 'Name of the township';
comment on column reports.county_name is 'Name of the county or district';
comment on column reports.city_name is 'Name of the prefecture-level city';
comment on column reports.province_name is 'Name of the province';
comment on column reports.identity_status is 'matched, ambiguous or unmatched';
comment on column reports.report_year is 'Year reported on';
comment on column reports.period_start is 'First day of the period stated';
comment on column reports.period_end is 'Last day of the period stated';
comment on column reports.published_on is 'Date of publication';
comment on column reports.format is
'Official format of the tables, 2019 or 2021, told by content';
comment on column reports.status is 'complete, partial or text_only';
comment on column reports.is_current is
'Whether this is the report that stands for its organisation and year';
comment on column reports.superseded_by is 'report_id of the report that stands instead';
comment on column reports.run_id is 'Run that loaded the report';
comment on column reports.loaded_at is 'When it was loaded, UTC';
comment on column reports.first_loaded_at is
'When its content was first loaded, UTC; reading it again does not change it';
