create table if not exists dismissed_findings (
    line_no integer not null,
    report_id varchar not null,
    rule varchar not null,
    severity varchar,
    indicator varchar,
    applicant varchar,
    expected varchar,
    actual varchar,
    difference decimal(20, 4),
    message varchar not null,
    evidence varchar
);

comment on table dismissed_findings is
'One row per finding that a line of the corrections file dismissed.';
comment on column dismissed_findings.line_no is 'Line in corrections, which says who and why';
comment on column dismissed_findings.report_id is 'Report that breaks the rule';
comment on column dismissed_findings.rule is 'Code in rules';
comment on column dismissed_findings.severity is 'error, warning or info, as rules has it';
comment on column dismissed_findings.indicator is 'Indicator concerned, where it is one';
comment on column dismissed_findings.applicant is 'Applicant column concerned, where it is one';
comment on column dismissed_findings.expected is 'What the rule asks for';
comment on column dismissed_findings.actual is 'What the report says';
comment on column dismissed_findings.difference is 'actual less expected, where both are numbers';
comment on column dismissed_findings.message is
'The finding in Chinese, for the office that must mend it';
comment on column dismissed_findings.evidence is 'The figures or words the finding rests on';
