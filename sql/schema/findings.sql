-- severity is not declared not null so that a rule missing from rules is named by verify(),
-- not by a failed load.
create table if not exists findings (
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

comment on table findings is 'One row per broken rule.';
comment on column findings.report_id is 'Report that breaks the rule';
comment on column findings.rule is 'Code in rules';
comment on column findings.severity is 'error, warning or info, as rules has it';
comment on column findings.indicator is 'Indicator concerned, where it is one';
comment on column findings.applicant is 'Applicant column concerned, where it is one';
comment on column findings.expected is 'What the rule asks for';
comment on column findings.actual is 'What the report says';
comment on column findings.difference is 'actual less expected, where both are numbers';
comment on column findings.message is
'The finding in Chinese, for the office that must mend it';
comment on column findings.evidence is 'The figures or words the finding rests on';
