-- The printed value is kept here, so that a correction that is withdrawn can be undone.
create table if not exists corrections (
    line_no integer primary key,
    report_id varchar not null,
    action varchar not null,
    indicator varchar,
    applicant varchar,
    rule varchar,
    old varchar,
    new varchar,
    who varchar not null,
    corrected_on date not null,
    why varchar not null,
    printed_value decimal(20, 4),
    printed_status varchar
);

comment on table corrections is
'One row per line of the corrections file: a printed value overruled, or a finding dismissed.';
comment on column corrections.line_no is 'Line of the file; the header is line 1';
comment on column corrections.report_id is 'Report concerned';
comment on column corrections.action is 'value overrules a cell, dismiss takes a finding back';
comment on column corrections.indicator is
'Code in indicators: of the cell or the finding; null dismisses findings whatever theirs is';
comment on column corrections.applicant is
'Code in applicants: of the cell or the finding; null dismisses findings whatever theirs is';
comment on column corrections.rule is 'Rule whose finding is dismissed';
comment on column corrections.old is 'The cell as printed; it must be what facts.raw_text says';
comment on column corrections.new is
'The number that holds instead, in the unit of the indicator; null where none is known';
comment on column corrections.who is 'Who decided it';
comment on column corrections.corrected_on is 'When it was decided';
comment on column corrections.why is 'What it rests on';
comment on column corrections.printed_value is
'The number printed, which facts.value no longer has';
comment on column corrections.printed_status is 'facts.value_status before the correction';
