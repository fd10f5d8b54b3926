-- What text_reuse reads; sql/load/reused_texts.sql fills it.
create table if not exists reused_texts (
    report_id varchar not null,
    section_no integer not null,
    other_report_id varchar not null,
    relation varchar not null,
    count_sentences bigint not null,
    count_same bigint not null
);

comment on table reused_texts is
'One row per current report, section and other report with a sentence of it.';
