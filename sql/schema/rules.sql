create table if not exists rules (
    rule varchar primary key,
    severity varchar not null,
    origin varchar not null,
    title varchar not null,
    title_zh varchar not null,
    basis varchar not null
);

comment on table rules is 'One row per rule a report can break.';
comment on column rules.rule is 'Code';
comment on column rules.severity is 'error, warning or info';
comment on column rules.origin is 'Where it is checked: sql or transform';
comment on column rules.title is 'What it says, in English';
comment on column rules.title_zh is 'What it says, in Chinese';
comment on column rules.basis is
'The official sentence or document it rests on, or why the program checks it';
